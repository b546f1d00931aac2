"""The people of a show: names as they are typed, the team and its roles, authorisations. Pure."""
