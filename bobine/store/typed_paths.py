"""Paths as people give them: typed, pasted, or dropped on a terminal."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ESCAPED = re.compile(r"\\([ '()&\[\]])")


def typed_path(text: str) -> Path:
    """The one path that a text means.

    A name that is there as it is written is that file. Else an address ``file://`` is read as one, quotes around it and
    backslashes are a terminal's, and ``~`` is home.
    """
    plain = text.strip()
    if os.path.lexists(_at_home(plain)):
        return _at_home(plain)
    words = _words(plain)
    if len(words) == 1 and os.path.lexists(_word(words[0])):
        return _word(words[0])
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"" and plain[0] not in plain[1:-1]:
        return _word(plain[1:-1])
    return _word(_ESCAPED.sub(r"\1", plain) if os.sep == "/" else plain)


def typed_paths(text: str) -> list[Path]:
    """The paths that a text means: one a line, or several on one line where the terminal has put them so."""
    found: list[Path] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        path = typed_path(line)
        several = [] if os.path.lexists(path) else [_word(word) for word in _words(line)]
        found += several if len(several) > 1 and any(map(os.path.lexists, several)) else [path]
    return found


def _words(text: str) -> list[str]:
    """The words that a shell would read; none where it would wait for a closing quote."""
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _word(word: str) -> Path:
    try:
        address = urlsplit(word)
    except ValueError:
        return _at_home(word)
    if address.scheme == "file":
        return Path(unquote(address.path, errors="surrogateescape"))
    return _at_home(word)


def _at_home(word: str) -> Path:
    return Path(os.path.expanduser(word))  # noqa: PTH111 - it never raises
