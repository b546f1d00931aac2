"""Where a podcast goes: a folder or a bucket, behind one protocol."""
