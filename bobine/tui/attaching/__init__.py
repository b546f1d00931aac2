"""A recording attached from a screen: which files, how far it is, what was found."""
