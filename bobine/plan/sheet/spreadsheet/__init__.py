"""The rundown as a spreadsheet: its cells as text, both ways. Pure."""
