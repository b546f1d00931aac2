"""What this computer knows by itself, outside of any workspace: in the home of whoever works here."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """The folder for it; it need not exist. ``BOBINE_STATE`` names another."""
    from platformdirs import user_state_path

    chosen = os.environ.get("BOBINE_STATE")
    return Path(chosen) if chosen else user_state_path("bobine", appauthor=False)
