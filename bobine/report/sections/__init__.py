"""The sections of a season's report, a module each. Pure."""
