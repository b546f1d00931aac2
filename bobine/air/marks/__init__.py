"""Marks: where things begin and end in a recording, as people and programs write them, laid on the rundown."""
