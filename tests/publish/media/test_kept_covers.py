"""Covers that were made before are taken from this computer's state, and only those."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bobine.errors import BobineError
from bobine.evening.online import kept_covers
from bobine.evening.online.kept_covers import forget_covers, kept_cover, kept_small_cover, kept_thumbnail
from bobine.publish.cover.images import small_cover, thumbnail


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "covers"


def never() -> bytes:
    raise AssertionError("it was made before")


def test_a_cover_is_made_once_for_the_same_words(folder: Path) -> None:
    assert kept_cover(("episode", "La fanfare"), lambda: b"fanfare") == b"fanfare"
    assert kept_cover(("episode", "La fanfare"), never) == b"fanfare"
    assert kept_cover(("episode", "Le marché"), lambda: b"other words") == b"other words"
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"x" * 100])
def test_a_damaged_one_is_made_again(folder: Path, damage: bytes) -> None:
    kept_cover("words", lambda: b"image")
    (kept,) = folder.iterdir()
    kept.write_bytes(damage)
    assert kept_cover("words", lambda: b"image") == b"image"
    assert kept_cover("words", never) == b"image"


def test_another_way_of_drawing_draws_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_cover("words", lambda: b"before")
    monkeypatch.setattr(kept_covers, "_drawing_digest", lambda: "another")
    assert kept_cover("words", lambda: b"after") == b"after"
    assert folder.is_dir()


def test_a_state_that_cannot_be_written_only_costs_time(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where a folder should be")
    assert kept_cover("words", lambda: b"image") == b"image"


def test_what_was_made_longest_ago_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_covers, "_MOST", 3)
    for number in range(5):
        kept_cover(number, lambda number=number: bytes([number]) * 9)  # type: ignore[misc]
    assert len(list(folder.iterdir())) == 3
    assert kept_cover(4, never) == b"\4" * 9


def test_the_small_copies_are_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (1400, 1400), "teal").save(stream, "JPEG")
    cover = stream.getvalue()
    expected = small_cover(cover), thumbnail(cover)
    assert (kept_small_cover(cover), kept_thumbnail(cover)) == expected
    for name in ("small_cover", "thumbnail"):
        monkeypatch.setattr(kept_covers, name, lambda _cover: never())
    assert (kept_small_cover(cover), kept_thumbnail(cover)) == expected


def test_none_is_left_that_may_show_a_name(folder: Path) -> None:
    forget_covers()
    kept_cover(("episode", "Avec Amélie"), lambda: b"image")
    forget_covers()
    assert not list(folder.iterdir())


@pytest.mark.parametrize("in_the_way", ["a file in place of the folder", "a folder in place of a file"])
def test_one_that_stays_is_said(folder: Path, in_the_way: str) -> None:
    if in_the_way.startswith("a file"):
        folder.parent.mkdir()
        folder.write_bytes(b"")
        named = folder
    else:
        named = folder / f"{'a' * 64}.bin"
        named.mkdir(parents=True)
    with pytest.raises(BobineError, match=re.escape(str(named))):
        forget_covers()
