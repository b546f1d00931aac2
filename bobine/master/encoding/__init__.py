"""Encoding: ffmpeg graphs, and the frames of MP3 and Opus that segments are joined by."""
