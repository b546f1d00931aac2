"""Repairs of a rundown that does not fit: what to cut or add, and in which words it is proposed. Pure."""
