"""The links of a chained Ogg file (RFC 3533, 4): streams one after the other, each with headers of its own. Pure.

Programs that record a web radio start one at each title; newer versions of ffmpeg refuse a link of another format.
"""

from __future__ import annotations

_MARK = b"OggS\0"
_HEADER = 27
_BEGINS = 2


def links(content: bytes) -> tuple[tuple[int, int], ...]:
    """The bounds of each link, in bytes from the start; none where the file is no Ogg file.

    Args:
        content: the file.
    """
    starts: list[int] = []
    at = content.find(_MARK)
    beginning = False
    size = len(content)
    while at >= 0 and at + _HEADER <= size:
        begins = bool(content[at + 5] & _BEGINS)
        if begins and not beginning:  # a film's streams begin together
            starts.append(at)
        beginning = begins
        end = at + _HEADER + content[at + 26]
        end += sum(content[at + _HEADER : end])
        at = end if content[end : end + len(_MARK)] == _MARK else content.find(_MARK, at + 1)
    return tuple(zip(starts, (*starts[1:], size), strict=True)) if starts else ()
