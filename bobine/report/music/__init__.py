"""The music log: the works heard in half a year, as a station declares them. Pure."""
