"""Sound is known again wherever it lies, and what was digested is digested once."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from bobine.master.cache import digests
from bobine.master.cache.cache import Cache
from bobine.master.cache.digests import Digests, file_state
from bobine.master.edit import RATE, Segment
from bobine.master.pieces import Piece

SECOND = [bytes([n % 251, (n // 251) % 128]) * 2 for n in range(RATE)]


def wav(path: Path, frames: bytes, channels: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return path


def of(path: Path, segments: tuple[Segment, ...] = (), cache: Cache | None = None) -> Digests:
    return Digests({"": path}, {"": file_state(path)}, segments, cache or Cache(None))


def test_the_same_samples_have_one_name_wherever_they_lie(tmp_path: Path) -> None:
    sound = b"".join(SECOND)
    one = of(wav(tmp_path / "a.wav", sound + bytes(400)))
    other = of(wav(tmp_path / "b.wav", bytes(4000) + sound))
    assert one.name(Piece("", 0, RATE)) == other.name(Piece("", 1000, RATE))
    assert one.name(Piece("", 0, RATE)) != other.name(Piece("", 999, RATE))
    assert one.name(Piece("", 10, RATE - 10)) == other.name(Piece("", 1000, RATE, muted=10))


def test_more_or_other_samples_have_another_name(tmp_path: Path) -> None:
    sound = b"".join(SECOND)
    names = {
        of(wav(tmp_path / "a.wav", sound)).name(Piece("", 0, RATE)),
        of(wav(tmp_path / "a.wav", sound)).name(Piece("", 0, RATE + 1)),
        of(wav(tmp_path / "a.wav", sound[:-1] + b"\x00")).name(Piece("", 0, RATE)),
        of(wav(tmp_path / "a.wav", sound, channels=1)).name(Piece("", 0, RATE)),
    }
    assert len(names) == 4


def test_a_stretch_is_read_once_for_as_long_as_its_file_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wav(tmp_path / "a.wav", b"".join(SECOND))
    segments = (Segment("a", 0, 0, 20_000, follows=False), Segment("b", 20_000, 20_000, 20_000, follows=True))
    read: list[tuple[int, int]] = []
    whole = digests._Sound._read

    def counted(self: digests._Sound, first: int, last: int) -> str:
        read.append((first, last))
        return whole(self, first, last)

    monkeypatch.setattr(digests._Sound, "_read", counted)
    cache = Cache(tmp_path / "cache")
    for _ in range(2):
        found = of(path, segments, cache)
        names = [found.name(Piece("", *span)) for span in ((0, 20_000), (0, 21_000), (20_000, 20_000))]
        found.remember()
    assert read == [(0, 20_000), (20_000, 21_000), (20_000, 40_000)]
    wav(path, b"".join(reversed(SECOND)))
    assert of(path, segments, cache).name(Piece("", 0, 20_000)) != names[0]
