"""The season: its calendar, what is due, the objectives, the ideas, and how a new episode starts. Pure."""
