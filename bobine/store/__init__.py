"""The workspace's files: strict reading, edits in place, atomic writes, locks."""
