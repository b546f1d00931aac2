"""The link to the recorder: start it, watch it, stop it, and believe what it says."""
