"""The files of a master as tools that others use read them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Evening

pytestmark = pytest.mark.slow


def said(evening: Evening, *command: str) -> str:
    """What a tool of Debian says of a copy of the MP3; it may not change it."""
    program = shutil.which(command[0])
    if program is None:
        reason = f"{command[0]} manque (apt install {command[0].lower()})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    path = Path(evening.mastered["mp3"]["path"])
    before = path.read_bytes()
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([program, *command[1:], str(path)], capture_output=True, text=True, env=env, check=True)
    assert path.read_bytes() == before
    return done.stdout


def test_mp3val_finds_a_whole_file_of_one_rate(evening: Evening) -> None:
    out = said(evening, "mp3val")
    assert "WARNING" not in out
    assert "ERROR" not in out
    found = re.search(r"(\d+) MPEG frames \(MPEG 1 Layer III\), \+ID3v2, CBR\n", out)
    assert found is not None, out
    assert int(found[1]) * 1152 / 48_000 == pytest.approx(evening.mastered["mp3"]["duration_s"], abs=0.1)


def test_eyed3_reads_the_tags(evening: Evening) -> None:
    out = said(evening, "eyeD3", "--no-color", "-v")
    assert "ID3 v2.3" in out
    assert "recording date: 2026-11-19" in out
    assert "FRONT_COVER Image" in out
    assert "128 kb/s @ 48000 Hz" in out
    cover = re.search(r"\[Size: (\d+) bytes\] \[Type: image/jpeg\]", out)
    assert cover is not None
    assert int(cover[1]) <= 200_000
    folder = Path(evening.mastered["mp3"]["path"]).parent
    chapters = json.loads((folder / "chapters.json").read_text(encoding="utf-8"))["chapters"]
    assert f"CHAP x {len(chapters)} " in out
    assert "error" not in out.lower()
