"""What goes out with a release and beside it: its files, episodes that were held until now, word to followers."""
