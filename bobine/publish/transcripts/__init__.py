"""Transcripts: WebVTT and SRT, read as tools really write them, and written as apps read them."""
