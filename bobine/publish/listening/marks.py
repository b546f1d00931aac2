"""Marks of what of a log was read before: digests without addresses or agents. Pure.

A log grows, is renamed, is compressed and is read again. A digest over its first lines (their times, paths, statuses
and sizes) tells how much of it was counted; what follows is new, or is another log that was put behind. A log that
overlaps another from its middle on is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from itertools import islice

from bobine.model.published.listening import ReadMark
from bobine.publish.listening.requests import Request

_DIGEST_BYTES = 8


class Portion:
    """The digest of lines, as they are read."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=_DIGEST_BYTES)
        self._head = ""
        self.lines = 0

    def add(self, line: bytes, request: Request | None) -> None:
        """Add a line: what it says without the listener, or its length where it says nothing."""
        if request is None:
            said = f"?{len(line)}"
        else:
            said = (
                f"{request.at.timestamp()} {request.method} {request.path} {request.status} {request.sent} {request.id}"
            )
        self._digest.update(f"{said}\n".encode(errors="replace"))
        self.lines += 1
        if self.lines == 1:
            self._head = self._digest.hexdigest()

    def copy(self) -> Portion:
        """The same portion, to go on with apart."""
        other = Portion()
        other._digest, other._head, other.lines = self._digest.copy(), self._head, self.lines
        return other

    def mark(self) -> ReadMark:
        """The mark of the lines until here."""
        return ReadMark(self._head, self.lines, self._digest.hexdigest())


class Marks:
    """The marks of all that was read, found by the first line of a log."""

    def __init__(self, marks: Iterable[ReadMark]) -> None:
        self._by_head: dict[str, set[ReadMark]] = {}
        for mark in marks:
            self.add(mark)

    def add(self, mark: ReadMark) -> None:
        """Add the mark of what was read just now."""
        self._by_head.setdefault(mark.head, set()).add(mark)

    def beginning_with(self, head: str) -> AbstractSet[ReadMark]:
        """The marks of logs whose first line has that digest."""
        return self._by_head.get(head, frozenset())


def lines_known(
    lines: Callable[[], Iterable[bytes]], parse: Callable[[bytes], Request | None], marks: Marks
) -> tuple[int, Portion]:
    """Count the lines at the start of a log that were read before.

    Args:
        lines: reads the log from its start, each time it is called.
        parse: gives the request of a line.
        marks: of all that was read.

    Returns:
        The number of lines, and the portion that goes on after them: the last one that was known, or a new one.
    """
    known, last = 0, Portion()
    while (portion := _known_start(islice(lines(), known, None), parse, marks)) is not None:
        known, last = known + portion.lines, portion
    return known, last


def _known_start(lines: Iterator[bytes], parse: Callable[[bytes], Request | None], marks: Marks) -> Portion | None:
    """The longest known portion that some lines begin with; None if there is none."""
    portion = Portion()
    found: Portion | None = None
    candidates: AbstractSet[ReadMark] = frozenset()
    ends: set[int] = set()
    for line in lines:
        portion.add(line, parse(line))
        if portion.lines == 1:
            candidates = marks.beginning_with(portion.mark().head)
            ends = {mark.lines for mark in candidates}
        if portion.lines in ends and portion.mark() in candidates:
            found = portion.copy()
        if portion.lines >= max(ends, default=0):
            break
    return found
