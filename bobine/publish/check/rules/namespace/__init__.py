"""The rules of Podcasting 2.0: https://podcastindex.org/namespace/1.0."""
