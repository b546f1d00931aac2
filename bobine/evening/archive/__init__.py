"""A whole archive mastered: each episode is a unit of work, for processes of this computer or workers of a cluster."""
