"""Rows and lines, and the widgets that draw them."""
