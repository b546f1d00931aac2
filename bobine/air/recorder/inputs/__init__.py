"""Sound inputs: how ffmpeg opens each kind, and which source of the sound server is heard."""
