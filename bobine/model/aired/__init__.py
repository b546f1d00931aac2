"""The show as it was aired: the as-run, remarks on its sound, and edits made to it."""
