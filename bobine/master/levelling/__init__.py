"""Levelling: loudness, gains of items and inside them, as figures. Pure."""
