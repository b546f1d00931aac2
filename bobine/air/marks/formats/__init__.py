"""The ways marks are written, a module a family: text in, values out. What a file is, its content tells. Pure."""
