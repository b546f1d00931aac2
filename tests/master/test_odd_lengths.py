"""Whole masters of shows with very many items, or with a very long hole."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from bobine.air.recorder.wav import GrowingWav
from tests.ahead.evening import RATE, speech
from tests.master.test_produce import assert_on_target, master

pytestmark = pytest.mark.slow

ITEM_S = 0.6
"""A little more than the shortest item that counts as one, seconds."""

SILENCE_MINUTES = int(os.environ.get("BOBINE_SILENCE_MINUTES", "6"))
"""Length of the hole; half an hour of it takes more than a minute of processor time."""

ITEMS = int(os.environ.get("BOBINE_ITEMS", "30"))
"""So many in a show: each costs more than a second of processor time, 200 of them some minutes."""


def recorded(path: Path, *sounds: np.ndarray) -> Path:
    """A WAV of some sounds, one after another."""
    wav = GrowingWav(path, RATE, 2)
    for sound in sounds:
        wav.append(sound.tobytes())
    wav.close()
    return path


def test_very_many_items_are_all_there(tmp_path: Path) -> None:
    count = ITEMS
    recording = recorded(tmp_path / "r.wav", *(speech(ITEM_S, 0.05 + 0.3 * (n % 2), n) for n in range(count)))
    manifest = master(recording, [ITEM_S] * count, tmp_path)
    assert len(manifest.kept_items) == count
    starts = [item.start_s for item in manifest.items]
    assert starts == pytest.approx([n * ITEM_S for n in range(count)], abs=0.13)
    assert_on_target(manifest, tmp_path)


def test_a_long_silence_in_the_middle_is_kept_and_said(tmp_path: Path) -> None:
    silence = np.zeros((60 * RATE, 2), "<i2")
    recording = recorded(tmp_path / "r.wav", speech(8, 0.3, 1), *[silence] * SILENCE_MINUTES, speech(8, 0.1, 2))
    manifest = master(recording, [8, 60 * SILENCE_MINUTES, 8], tmp_path)
    assert [item.lufs_before is None for item in manifest.items] == [False, True, False]
    assert any(hole.duration_s > 60 * SILENCE_MINUTES - 10 for hole in manifest.dead_air)
    assert_on_target(manifest, tmp_path)
