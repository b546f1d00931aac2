"""Carts: sounds at hand, a key each: prepared before they are asked for, played and stopped without a click."""
