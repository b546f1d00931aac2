"""Somebody's data: all the places where it stands, and its removal."""
