"""The file of a subsidy: the actions of a year that score, what they lack, own production, training, jobs. Pure."""
