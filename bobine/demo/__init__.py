"""A short show made from nothing, or from a folder of sounds, to try the whole way."""
