"""The state of a live show: the sum of the events in its journal. Pure."""
