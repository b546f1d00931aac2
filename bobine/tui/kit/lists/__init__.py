"""Rows and lines: what they are, and how they are drawn."""
