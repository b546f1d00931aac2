"""Readiness: what a show still lacks, who owes it, and the gesture that settles it. Pure."""
