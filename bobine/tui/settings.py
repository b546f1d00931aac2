"""A person's settings on this machine, outside the workspace: the theme."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path


def _file() -> Path:
    from platformdirs import user_config_path

    chosen = os.environ.get("BOBINE_CONFIG")
    return (Path(chosen) if chosen else user_config_path("bobine", appauthor=False)) / "theme"


def read_theme(names: Collection[str]) -> str | None:
    """The theme of last time, if it is one of these."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        name = _file().read_text(encoding="utf-8").strip()
        return name if name in names else None
    return None


def write_theme(name: str) -> None:
    """Remember a theme; a home that cannot be written is no reason to trouble anybody."""
    with contextlib.suppress(OSError):
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
