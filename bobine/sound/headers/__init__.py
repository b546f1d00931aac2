"""What the headers of sound files say, and how much of it the file bears out."""
