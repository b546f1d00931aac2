"""« Réglages »: the settings of the show, edited in place in ``shows.toml``."""
