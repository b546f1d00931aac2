"""Completion of a path while it is typed."""

from __future__ import annotations

import os

from bobine.store.typed_paths import typed_path

_MOST_LOOKED_AT = 2_000


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
