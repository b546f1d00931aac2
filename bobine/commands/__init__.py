"""One module a command of ``bobine``."""
