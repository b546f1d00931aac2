"""Moving house: what a podcast needs to live elsewhere, and what is kept of one that comes from elsewhere."""
