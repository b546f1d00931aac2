"""Repairs made to each item's sound before it is measured and levelled."""
