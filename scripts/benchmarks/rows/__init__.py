"""The rows of the evening's table, each measured by the benchmark that knows how."""
