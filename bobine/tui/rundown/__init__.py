"""« Conducteur »: one show, item by item."""
