"""Levels, silence and clipping as published, beside what ffmpeg measures in the file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.air.recorder.studio import RATE, Desk, until

pytestmark = pytest.mark.slow


def make(path: Path, *graph: str) -> None:
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", *graph, "-ar", str(RATE), "-c:a", "pcm_s16le", str(path)]
    subprocess.run(command, check=True)


def loudness(path: Path) -> tuple[float, float]:
    """The last momentary and short-term loudness that ffmpeg prints of a file, LUFS."""
    command = ["ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128", "-f", "null", "-"]
    log = subprocess.run(command, capture_output=True, text=True).stderr
    found = re.findall(r"M:\s*(-?[\d.]+) S:\s*(-?[\d.]+)", log)[-1]
    return float(found[0]), float(found[1])


def test_levels_are_those_of_ebur128(desk: Desk, tmp_path: Path) -> None:
    make(tmp_path / "tone.wav", "aevalsrc=0.1*sin(2*PI*1000*t)|0.05*sin(2*PI*300*t):s=48000:d=30")
    desk.start(f"file:{tmp_path / 'tone.wav'}")
    until(lambda: desk.status().position > 4 * RATE)
    levels = desk.status().levels
    desk.stop()
    momentary, short_term = loudness(desk.file)
    assert levels.momentary_lufs == pytest.approx(momentary, abs=0.3)
    assert levels.short_term_lufs == pytest.approx(short_term, abs=0.3)
    assert [*levels.peaks_dbfs] == pytest.approx([-20, -26], abs=0.1)
    assert levels.clipped == 0
    assert levels.silence_s == 0


def test_silence_and_clipping_are_told(desk: Desk, tmp_path: Path) -> None:
    channel = "if(lt(t\\,2)\\,2*sin(2*PI*100*t)\\,0.0003*random(0))"
    make(tmp_path / "odd.wav", f"aevalsrc={channel}|{channel}:s=48000:d=60")
    desk.start(f"file:{tmp_path / 'odd.wav'}", speed=4)
    until(lambda: desk.status().silent)
    status = desk.status()
    assert 5 < status.levels.silence_s < 12
    assert status.levels.clipped > 10_000
    desk.stop()
