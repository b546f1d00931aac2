"""The files that the program writes about an episode: recording, edits, master, release."""
