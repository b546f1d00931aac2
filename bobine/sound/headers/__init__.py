"""The headers of sound files, and how far the file bears them out."""
