"""The local server of ``bobine servir``."""
