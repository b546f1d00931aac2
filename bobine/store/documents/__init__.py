"""The files that people write: shows, episodes and their history, ideas, the team."""
