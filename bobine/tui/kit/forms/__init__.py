"""Forms over a record: their fields, the controls of these, and when what is written is kept."""
