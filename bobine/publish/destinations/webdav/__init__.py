"""WebDAV: requests, answers, files."""
