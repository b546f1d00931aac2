"""Volunteers: the hours that they give, and the dates on which they are expected."""
