"""Checks before going on air: the machine, the folder, the input, the carts."""
