"""« Bilan »: the figures of a season, their charts, and where each comes from."""
