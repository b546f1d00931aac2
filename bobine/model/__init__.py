"""A show as frozen values, and the rules that bind them. No clock, file, process, network or third-party library."""
