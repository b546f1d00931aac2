"""ffmpeg is asked for its version once for each state of its file, whatever becomes of the note of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bobine import ffmpeg_tool
from bobine.errors import ToolError

pytestmark = pytest.mark.integration


class Fake:
    """A program that says it is an ffmpeg, and counts how often it was asked."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ffmpeg"
        self._asked = folder / "asked"
        self.becomes("7.1")

    def becomes(self, version: str) -> None:
        self.path.unlink(missing_ok=True)
        self.path.write_text(f"#!/bin/sh\necho x >>'{self._asked}'\necho 'ffmpeg version {version} of a test'\n")
        self.path.chmod(0o755)

    @property
    def asked(self) -> int:
        return len(self._asked.read_text().split()) if self._asked.exists() else 0


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    fake = Fake(tmp_path)
    monkeypatch.setenv("BOBINE_FFMPEG", str(fake.path))
    yield fake
    ffmpeg_tool.find.cache_clear()


def version() -> str:
    """The version that a program that starts now finds."""
    ffmpeg_tool.find.cache_clear()
    return ffmpeg_tool.find().version


@pytest.mark.usefixtures("state")
def test_it_is_asked_once_until_it_is_another(fake: Fake) -> None:
    assert [version() for _ in range(3)] == ["7.1"] * 3
    assert fake.asked == 1
    fake.becomes("7.2")  # of the same size
    assert [version() for _ in range(2)] == ["7.2"] * 2
    assert fake.asked == 2


@pytest.mark.parametrize(
    "note",
    [b"", b"{", b"\xff\xfe", b"STATE", b"STATE ", b"STATE \x1b[31m7.0", b"STATE 7.0 beta", b"\n" * 9_000],
    ids=["empty", "something else", "no text", "cut off", "no version", "no sign", "two words", "lines"],
)
def test_a_damaged_note_is_made_anew(state: Path, fake: Fake, note: bytes) -> None:
    assert version() == "7.1"
    noted = state / "ffmpeg.txt"
    noted.write_bytes(note.replace(b"STATE", noted.read_bytes().split()[0]))
    assert [version() for _ in range(2)] == ["7.1"] * 2
    assert fake.asked == 2
    assert [path.name for path in state.iterdir()] == ["ffmpeg.txt"]


def test_where_nothing_can_be_noted_it_is_asked_each_time(state: Path, fake: Fake) -> None:
    state.write_text("a file where the folder would be")
    assert [version() for _ in range(2)] == ["7.1"] * 2
    assert fake.asked == 2


@pytest.mark.usefixtures("state")
def test_a_note_does_not_stand_for_a_program_that_is_gone(fake: Fake) -> None:
    version()
    fake.path.unlink()
    with pytest.raises(ToolError, match="BOBINE_FFMPEG"):
        version()
