"""A whole show by keys: played into a sound server, run on the real screen, mastered and published from it."""

from __future__ import annotations

import json
import os
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bobine.air.recorder.link import control
from bobine.air.recorder.wav import HEADER_SIZE
from bobine.demo.show import make_show
from bobine.demo.workspace import make_demo_workspace
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import as_run_path, read_as_run
from tests.air.recorder.studio import FRAME, RATE, Server, sound_server, until
from tests.conftest import sound_folder
from tests.live.technician import ENTER, UP, Technician

pytestmark = pytest.mark.slow

MINUTES = float(os.environ.get("BOBINE_LIVE_MINUTES") or 2)
TRUE_S = 0.1
WHOLE_SECONDS = 0.51
"""The chapters' times are whole seconds."""


@dataclass(frozen=True)
class Studio:
    """A workspace that listens to a sound server, and the programme that is played to it."""

    root: Path
    reference: str
    episode: Path
    programme: Path
    marks: list[dict[str, Any]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with sound_server(tmp_path / "pulse") as found:
        yield found


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = make_show(tmp_path / "studio", MINUTES, 1, sound_folder())
    root = tmp_path / "atelier"
    slug, day = make_demo_workspace(root, tmp_path / "feed", date(2026, 11, 20), MINUTES)
    with (root / "shows.toml").open("a", encoding="utf-8") as shows:
        shows.write('\n[shows.demo.recording]\ninput = "pulse:studio.monitor"\n')
    marks = json.loads(made.marks.read_text(encoding="utf-8"))["items"]
    episode = root / "episodes" / slug / day.isoformat()
    yield Studio(root, f"{slug}/{day}", episode, made.recording, marks)
    if control.is_running(episode / "recording"):
        found = control.status(episode / "recording")
        assert found is not None
        for pid in (found.pid, found.standby, found.capture):
            os.kill(pid, 9)


def the_programme(path: Path) -> bytes:
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 2, 2)
        return bytes(sound.readframes(sound.getnframes()))


def test_a_show_by_keys_is_recorded_to_the_sample_and_published(
    studio: Studio, server: Server, note: Callable[[str], None]
) -> None:
    recording = studio.episode / "recording"
    with Technician(studio.root, "antenne", studio.reference) as hands:
        hands.open_anyway()
        hands.sees("PAS D'ENREGISTREMENT")
        hands.press(b"w")
        hands.sees("● ENR")
        begun = time.monotonic()
        server.play(studio.programme, latency_ms=2000)
        pressed = []
        for mark in studio.marks:
            hands.watch(begun + mark["start"] / RATE)
            pressed.append(time.monotonic())
            hands.press(b" ")
        hands.watch(begun + studio.marks[-1]["end"] / RATE)
        hands.press(b"f", UP, ENTER)
        hands.sees("Arrêter aussi l'enregistrement")
        hands.press(*[letter.encode() for letter in "arreter"], ENTER)
        hands.sees("Et maintenant")
        hands.watch(time.monotonic() + 1.2)
        hands.press(ENTER)
        hands.sees("Entrée : revenir aux écrans", 30 + 30 * MINUTES)
        assert "Flux du podcast" in hands.text
        assert "En ligne et audible" in hands.text
        hands.press(ENTER)
        hands.sees("ANTENNE RENDUE")
        hands.leave(b"q")
        until(lambda: not _there(hands.pid))

    as_run = read_as_run(as_run_path(recording))
    played, kept = the_programme(studio.programme), (recording / as_run.recording.file).read_bytes()[HEADER_SIZE:]
    shift = _shift(played, kept, studio.marks)
    first, last = studio.marks[0]["start"], studio.marks[-1]["end"]
    heard = kept[(first + shift) * FRAME : (last + shift) * FRAME]
    assert _difference(played[first * FRAME : last * FRAME], heard) == ""

    assert len(as_run.items) == len(studio.marks)
    starts = [item.start for item in as_run.items]
    by_script = [(at - pressed[0]) * RATE for at in pressed]
    errors = [(start - starts[0] - wanted) / RATE for start, wanted in zip(starts, by_script, strict=True)]
    late = [(start - mark["start"] - shift) / RATE for start, mark in zip(starts, studio.marks, strict=True)]
    note(f"{len(starts)} takes: at most {max(map(abs, errors)) * 1000:.0f} ms from the script; "
         f"from the sound that was played then {min(late) * 1000:+.0f} to {max(late) * 1000:+.0f} ms")  # fmt: skip
    assert max(map(abs, errors)) <= TRUE_S
    assert max(map(abs, late)) <= 3 * TRUE_S
    for before, after in pairwise(as_run.items):
        assert before.end == after.start

    manifest = read_manifest(studio.episode / "master" / "manifest.toml")
    chapters = json.loads((studio.episode / "master" / "chapters.json").read_text(encoding="utf-8"))["chapters"]
    wanted = {item.title: item.start_s for item in manifest.items if item.kept}
    assert len(chapters) >= 8
    for chapter in chapters[1:]:
        start_s = wanted[chapter["title"]]
        assert start_s is not None
        assert chapter["startTime"] == pytest.approx(start_s, abs=WHOLE_SECONDS)
    assert list((studio.root.parent / "feed").rglob("*.mp3"))


def _there(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def _difference(played: bytes, kept: bytes) -> str:
    """Where two sounds differ, in a few words; nothing where they are the same."""
    if kept == played:
        return ""
    if len(kept) != len(played):
        return f"{len(kept) // FRAME} samples instead of {len(played) // FRAME}"
    ours, theirs = (np.frombuffer(sound, "<i2").reshape(-1, FRAME // 2) for sound in (kept, played))
    others = np.flatnonzero((ours != theirs).any(axis=1))
    silent = int((~ours[others].any(axis=1)).sum())
    return f"{len(others)} samples of {len(ours)} differ, {silent} of them silent, from {others[0] / RATE:.3f} s on"


def _shift(played: bytes, kept: bytes, marks: list[dict[str, Any]]) -> int:
    """By how many samples the recording is later than what was played, found in the middle of an item."""
    middle = (marks[1]["start"] + marks[1]["end"]) // 2
    at = kept.find(played[middle * FRAME : (middle + 4800) * FRAME])
    assert at >= 0, "what was played is nowhere in the recording"
    assert at % FRAME == 0
    return int(at // FRAME - middle)
