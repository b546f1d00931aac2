"""The facts of a season's report, read from the workspace; and the hours of a show, proposed and noted."""
