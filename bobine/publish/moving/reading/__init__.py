"""The feed of another host, read: values in their odd forms, notes, items, and the podcast."""
