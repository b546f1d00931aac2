"""The podcast feed: its XML, its identity, and the state of the one that is online."""
