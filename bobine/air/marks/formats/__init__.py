"""The formats of marks, a module for each family: text in, values out. The content tells the format. Pure."""
