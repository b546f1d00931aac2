"""From a recording to the podcast's audio: edit list, loudness, rendering, verification."""
