"""The screens, a folder each, and what they share in ``kit/``."""
