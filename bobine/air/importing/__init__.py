"""Importing a recording made elsewhere: judged, laid on the rundown, copied beside the others."""
