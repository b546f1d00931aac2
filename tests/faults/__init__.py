"""Disks that fail at a chosen call, for real processes."""
