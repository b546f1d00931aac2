"""What more than one screen shows of an episode: its forms, and names completed while they are typed."""
