"""Bobine: the workshop of a community radio show, from the rundown to the podcast."""

__version__ = "0.1.0"
