"""The figures of a season, each with what it rests on and the episodes and people behind it. Pure."""
