"""« Antenne »: Thursday's live slot, run from one screen."""
