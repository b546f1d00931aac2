"""The published episode: its master, its release, what is online, what is kept."""
