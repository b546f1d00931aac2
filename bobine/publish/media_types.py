"""The media types of published files: one table for every destination and for the local server."""

from __future__ import annotations

FEED = "application/rss+xml"
"""Media type of a podcast feed."""

JSON = "application/json"
"""Media type of the episodes' records."""

CHAPTERS = "application/json+chapters"
"""Media type of JSON chapters (Podcasting 2.0, chapters 1.2.0)."""

HTML = "text/html"
"""Media type of pages."""

UNKNOWN = "application/octet-stream"
"""Media type of anything else."""

_BY_SUFFIX = {
    ".aac": "audio/aac",
    ".css": "text/css",
    ".flac": "audio/flac",
    ".html": HTML,
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": JSON,
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".xml": FEED,
}


def media_type(key: str) -> str:
    """The media type of a file of the destination, without parameters.

    Args:
        key: its path below the destination's root; JSON in a folder named ``chapters`` holds JSON chapters.
    """
    folder, _, name = key.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    found = _BY_SUFFIX.get(dot + suffix.lower(), UNKNOWN) if stem else UNKNOWN
    return CHAPTERS if found == JSON and folder.rpartition("/")[2] == "chapters" else found
