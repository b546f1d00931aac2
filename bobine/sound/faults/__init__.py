"""Faults in the sound of one item: its two sides, direct current, hum, drop-outs, spikes. Pure."""
