"""Paths of files as they are typed, dropped on the terminal or pasted; and the rest of one, as far as it is known."""

from __future__ import annotations

import os
import re
from pathlib import Path

_MOST_LOOKED_AT = 2_000


def typed_path(text: str) -> Path:
    """The path that a text means: quotes around it and backslashes before spaces are a terminal's, ``~`` is home."""
    plain = text.strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"":
        plain = plain[1:-1]
    elif os.sep == "/":
        plain = re.sub(r"\\([ '()&\[\]])", r"\1", plain)
    try:
        return Path(plain).expanduser()
    except RuntimeError:
        return Path(plain)


def complete_path(text: str) -> str | None:
    """The text with the rest of the first name that begins so; a folder ends with a slash. None where none does."""
    if not text or text[0] in "'\"" or text != text.strip():
        return None
    head, _, start = text.rpartition("/")
    if not start:
        return None
    folder = typed_path(f"{head}/" if head or text.startswith("/") else ".")
    try:
        with os.scandir(folder) as entries:
            near = [entry for _, entry in zip(range(_MOST_LOOKED_AT), entries, strict=False)]
            found = min(
                (entry for entry in near if entry.name.startswith(start) and entry.name[0] != "."),
                key=lambda entry: entry.name,
                default=None,
            )
            return None if found is None else text + found.name[len(start) :] + ("/" if found.is_dir() else "")
    except (OSError, ValueError):
        return None
