"""The names and words of fields and their values, in French, and their usual values. Pure."""
