"""What a sound file is and holds: read as it really comes, whatever its header says."""
