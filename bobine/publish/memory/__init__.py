"""The memory of what was made before: prints, and the pages of feeds."""
