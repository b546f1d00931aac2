"""Listening figures from access logs: lines read, downloads counted by the IAB's rules, nobody tracked."""
