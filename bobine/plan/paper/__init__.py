"""The rundown on paper: A4 pages, role cards, and the rundown as it was aired."""
