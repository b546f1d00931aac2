"""Widgets and dialogs that every screen may use."""
