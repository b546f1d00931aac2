"""A folder of another machine as a destination: what SFTP and WebDAV have in common."""
