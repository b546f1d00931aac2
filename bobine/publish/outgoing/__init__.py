"""Outgoing messages beside a release: episodes held until now, and word to the hub that followers use."""
