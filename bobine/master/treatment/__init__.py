"""What each item's sound is treated for before it is measured and levelled."""
