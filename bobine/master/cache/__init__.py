"""Encoded segments and measurements kept from one master to the next, addressed by their content."""
