"""What the feed of another host says: values in their odd forms, notes, items, and the podcast."""
