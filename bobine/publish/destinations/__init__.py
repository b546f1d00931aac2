"""The destinations of a podcast: a folder or a bucket, behind one protocol."""
