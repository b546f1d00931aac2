"""The means of every benchmark: the machine, what processes cost, and a terminal."""
