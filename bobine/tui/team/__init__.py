"""« Équipe »: who holds which role, and who can."""
