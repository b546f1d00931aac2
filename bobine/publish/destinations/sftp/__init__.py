"""SFTP: connection, host keys, files."""
