"""What a season's report is made from, read from the workspace; and the hours of a show, proposed and noted."""
