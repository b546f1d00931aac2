"""The state that this computer keeps for itself, outside any workspace, in the user's home."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """The folder of that state, which need not exist; ``BOBINE_STATE`` names another."""
    from platformdirs import user_state_path

    chosen = os.environ.get("BOBINE_STATE")
    return Path(chosen) if chosen else user_state_path("bobine", appauthor=False)
