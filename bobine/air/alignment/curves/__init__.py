"""Alignment of two recordings as figures: curves of energy, lags, lines, pieces. Pure."""
