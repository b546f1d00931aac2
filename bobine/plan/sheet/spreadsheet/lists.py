"""Several values in one cell: parts between separators, and a backslash before a separator inside a part. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def join(parts: Iterable[str], separator: str) -> str:
    """Put parts in one cell; a separator inside of a part is written after a backslash."""
    escaped = (re.sub(rf"([\\{separator}])", r"\\\1", part) for part in parts)
    return f" {separator} ".join(escaped) if separator == "|" else f"{separator} ".join(escaped)


def split(cell: str, separator: str) -> list[str]:
    """The parts that ``join`` put together, without the spaces around them."""
    parts = [""]
    for piece in re.findall(rf"\\.|[^\\{separator}]+|[\\{separator}]", cell):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece[1:] if len(piece) == 2 and piece[0] == "\\" else piece
    return [part.strip() for part in parts]
