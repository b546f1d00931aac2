"""Mastering while the show is on air: each item as soon as it is taken off, in a process of its own."""
