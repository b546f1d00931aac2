"""Shows made from nothing, each once for all processes."""

from __future__ import annotations

import pytest

from bobine.demo.show import MARKS_FILE, RECORDING_FILE, ShowFiles, make_show
from tests.conftest import made_once


def made_show(tmp_path_factory: pytest.TempPathFactory, minutes: int, seed: int) -> ShowFiles:
    """A show to be read by tests, never to be changed."""
    name = f"show of {minutes} minutes, {seed}"
    folder = made_once(tmp_path_factory, name, lambda to: make_show(to, minutes, seed))
    return ShowFiles(folder / RECORDING_FILE, folder / MARKS_FILE)
