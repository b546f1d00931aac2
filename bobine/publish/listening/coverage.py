"""Bytes of a file that many requests were answered with, in any order, none twice where that can be told. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from bobine.publish.listening.requests import Request

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)
_PARTIAL = 206


@dataclass(slots=True)
class Coverage:
    """The bytes that were sent.

    Attributes:
        starts: where each stretch begins, ascending; stretches neither touch nor overlap.
        ends: where each ends (not in it).
        unplaced: bytes of answers of which the log does not say where they lie; these are added up.
        requests: how many requests there were.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    unplaced: int = 0
    requests: int = 0

    @property
    def bytes(self) -> int:
        """The number of bytes."""
        return sum(self.ends) - sum(self.starts) + self.unplaced

    def add(self, request: Request) -> None:
        """Add what a request was sent: a whole file from its start, a range from where it begins."""
        self.requests += 1
        start = 0 if request.status != _PARTIAL else _start(request.asked)
        if start is None:
            self.unplaced += request.sent
        elif request.sent:
            self._cover(start, start + request.sent)

    def _cover(self, start: int, end: int) -> None:
        first = bisect_left(self.ends, start)
        last = bisect_right(self.starts, end)
        if first < last:
            start, end = min(start, self.starts[first]), max(end, self.ends[last - 1])
        self.starts[first:last] = [start]
        self.ends[first:last] = [end]


def _start(asked: str) -> int | None:
    """The start of a single range; None for several, for a file's last bytes, and where the log does not say."""
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    return None if found is None else int(found[1])
