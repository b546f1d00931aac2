"""A line of an access log of any format that is known. Pure."""

from __future__ import annotations

from bobine.publish.listening.json_lines import parse_json
from bobine.publish.listening.requests import Request
from bobine.publish.listening.text_lines import parse_combined, parse_s3

LONGEST = 64 << 10
"""Most bytes of a line; what is longer is no request that a server took."""


def parse_line(line: bytes) -> Request | None:
    """The request of a line; None if it is of no known format, or what it says cannot be.

    Args:
        line: of the log, with or without its end.
    """
    if len(line) > LONGEST:
        return None
    text = line.decode(errors="replace").strip("\r\n ")
    if text.startswith("{"):
        return parse_json(text)
    return parse_s3(text) or parse_combined(text)
