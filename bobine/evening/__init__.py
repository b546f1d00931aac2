"""The evening after the show: what ties the stages together, from off air to the podcast."""
