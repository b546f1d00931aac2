"""S3-compatible stores as they really are: weak lines, other addressing, other ETags."""
