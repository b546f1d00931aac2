"""The show's settings: each key of ``shows.toml`` declared once, for the new file and for the screen."""
