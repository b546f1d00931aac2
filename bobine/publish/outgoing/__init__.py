"""What goes out beside a release: episodes that were held until now, and word to the hub that followers listen to."""
