"""The declaration of each field of an episode, an idea and a team: its name, its type, where it is written. Pure."""
