"""Forms over a record: their fields, the controls of these, and the rules for keeping what is typed."""
