"""The transcript of an episode: attached to its sound, and put where that is heard in the podcast."""
