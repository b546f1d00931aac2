"""The state of a live show: what the events of its journal add up to. Pure."""
