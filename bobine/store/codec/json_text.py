"""JSON texts read strictly and written deterministically; the one place where JSON is parsed or made. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

_SPACED_COLON = re.compile(r'"[ \t\n\r]+:')
_LONE = re.compile("[\ud800-\udfff]")


class JsonFault(ValueError):
    """The fault of a text that is not JSON, in a few French words.

    Attributes:
        line: 1-based line; 0 for the whole text.
        column: 1-based column; 0 for the whole text.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_json(content: str | bytes, *, distinct: bool = True) -> Any:
    """The value that a JSON text holds.

    Args:
        content: the text, or its bytes in UTF-8.
        distinct: refuse an object that holds a key twice; otherwise the last one counts.

    Raises:
        JsonFault: if it is not JSON.
    """
    try:
        text = content.decode() if isinstance(content, bytes) else content
        if not distinct:
            return json.loads(text)
        sizes: list[int] = []

        def counted(table: dict[str, Any]) -> dict[str, Any]:
            sizes.append(len(table))
            return table

        value = json.loads(text, object_hook=counted)
        return value if _has_keys(text, sum(sizes)) else json.loads(text, object_pairs_hook=_distinct)
    except JsonFault:
        raise
    except json.JSONDecodeError as error:
        raise JsonFault("ce n'est pas du JSON lisible", error.lineno, error.colno) from error
    except UnicodeDecodeError as error:
        raise JsonFault("ce n'est pas du texte UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise JsonFault("ce JSON contient un nombre démesuré ou trop d'imbrications") from error


def json_text(
    table: Mapping[str, Any], *, indent: int | None = None, compact: bool = False, ordered: bool = False
) -> str:
    """A table as JSON; equal tables give equal texts. Half a character, which UTF-8 cannot say, is written escaped.

    Args:
        table: what ``encode`` gave.
        indent: spaces of one level, for one value a line; everything is on one line by default.
        compact: leave out the spaces after ``,`` and ``:``.
        ordered: sort the keys.
    """
    separators = (",", ":") if compact else None
    text = _encoder(indent, separators, ordered).encode(table)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text


@cache
def _encoder(indent: int | None, separators: tuple[str, str] | None, ordered: bool) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, indent=indent, separators=separators, sort_keys=ordered)


def _has_keys(text: str, count: int) -> bool:
    """Whether a JSON text surely has no more keys than that: if each is followed by its colon, those are counted.

    A quotation mark inside of a text may stand before a colon, too: then there may be fewer, and it is not sure.
    """
    return text.count('":') == count and _SPACED_COLON.search(text) is None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise JsonFault("une clé y est deux fois")
    return table
