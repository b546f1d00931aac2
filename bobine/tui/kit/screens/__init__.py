"""Bases of the screens, and the application as they see it."""
