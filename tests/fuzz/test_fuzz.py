"""Every reader, on thousands of damaged files that are the same at each run: nothing comes out but our own errors."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.fuzz.mutations import mutated
from tests.fuzz.readers import Place, Reader, survives

Attempt = Callable[[str], AbstractContextManager[None]]

ROUNDS = 250
"""Damaged files a reader, the same ones at each run: half a minute in all. For more: scripts/fuzz SECONDS."""

SEED = 20261126
DAMAGED = Path(__file__).parent / "damaged"
NAMES = (
    "shows.toml", "episode.toml", "team.toml", "hours.toml", "ideas.toml", "hold.toml", "purged.toml",
    "corrections.toml", "edits.toml", "transcript.toml", "as_run.toml",
    "manifest.toml", "release.toml", "history", "journal.jsonl", "record", "status", "order", "transcript",
    "feed", "feed, words",
    "marks, JSON", "marks, Audacity", "marks, podcast", "marks, lines", "marks, mp4chaps", "marks, table",
    "marks, Audition", "marks, Reaper", "marks, SRT", "marks, VTT", "marks, ffmetadata", "marks, WAV",
    "marks, CUE", "CSV", "hours, CSV", "agenda", "WAV header", "RF64 header",
)  # fmt: skip
KNOWN = sorted(path.name for path in DAMAGED.iterdir())


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return {one.name: one for one in Place(tmp_path_factory.mktemp("atelier")).readers()}


def test_every_reader_is_named(readers: dict[str, Reader]) -> None:
    assert tuple(readers) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_good_file_is_read(readers: dict[str, Reader], name: str) -> None:
    readers[name].read(readers[name].good)


@pytest.mark.slow
@pytest.mark.boundary
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_told(readers: dict[str, Reader], name: str, attempt: Attempt) -> None:
    reader, dice = readers[name], random.Random(f"{SEED}-{name}")
    for _ in range(ROUNDS):
        content = mutated(reader.good, reader.by, dice)
        with attempt("a damaged file, by fuzzing"):
            found = survives(reader, content)
            assert found is None, f"{name}: {found!r}\n{content[:2000]!r}"


@pytest.mark.boundary
@pytest.mark.parametrize("file", KNOWN)
def test_what_was_found_before_stays_mended(readers: dict[str, Reader], file: str, attempt: Attempt) -> None:
    content = (DAMAGED / file).read_bytes()
    kinds = {"journal": "journal.jsonl", "record": "record", "as_run": "as_run.toml"}
    word = file.removeprefix("fuzz_")
    name = next((kinds[kind] for kind in kinds if word.startswith(kind)), f"{word.split('_')[0]}.toml")
    with attempt("a damaged file, by fuzzing"):
        found = survives(readers[name], content)
        assert found is None, repr(found)
