"""TOML texts: strict reading with every fault placed, and edits in place."""
