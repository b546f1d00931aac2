"""Sound files: what they really hold, read whatever the header says."""
