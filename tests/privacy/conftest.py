"""Removals of somebody, which also remove the covers that this computer keeps: never those of the other tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_covers(new_state: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    state = new_state()
    shared = (state / "covers").resolve()
    (state / "covers").unlink()
    shutil.copytree(shared, state / "covers", copy_function=os.link)
    monkeypatch.setenv("BOBINE_STATE", str(state))
