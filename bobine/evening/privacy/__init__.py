"""What is known about somebody: where it stands, and its removal."""
