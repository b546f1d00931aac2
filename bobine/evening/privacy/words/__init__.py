"""A name in any text: how it may be written, where it stands, and what is put in its place. Pure."""
