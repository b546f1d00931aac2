"""Outgoing beside a release: its files, episodes that were held until now, and word to those who follow the feed."""
