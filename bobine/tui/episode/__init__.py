"""Parts of an episode that several screens show: its forms, and names completed while they are typed."""
