"""« Idées »: subjects that anybody proposed."""
