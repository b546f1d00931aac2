"""Edits of a rundown: moves and additions, merges with what others wrote, undo, differences. Pure."""
