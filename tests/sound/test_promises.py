"""Files whose index shows no hole are decoded without time stamps: nothing else changes, and damage is found."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.sound.headers.flac import StreamInfo, stream_info
from bobine.sound.headers.mp4 import even_seconds
from bobine.sound.plan import Source
from bobine.sound.survey import SoundInfo, survey
from bobine.sound.timeline import Incident
from tests.sound.made import RATE, coded, noise, wav

SECONDS = 6
FRAMES_AHEAD_S = 0.5
"""How far the decoder, in threads of its own, may be ahead of what is told of its frames."""


def plain(folder: Path) -> Path:
    return wav(folder / "a.wav", noise(SECONDS))


def flac(folder: Path) -> Path:
    return coded(folder / "a.flac", plain(folder))


def flac_24(folder: Path) -> Path:
    return coded(folder / "a.flac", plain(folder), sample_fmt="s32", ar=44_100)


def aac(folder: Path) -> Path:
    return coded(folder / "a.m4a", plain(folder))


def alac(folder: Path) -> Path:
    return coded(folder / "a.m4a", plain(folder), acodec="alac", ac=1)


def in_quicktime(folder: Path) -> Path:
    return coded(folder / "a.mov", plain(folder), acodec="pcm_s16le")


def torn(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def tear(folder: Path) -> Path:
        path = make(folder)
        content = bytearray(path.read_bytes())
        content[len(content) // 2 : len(content) // 2 + 3000] = np.random.default_rng(1).bytes(3000)
        path.write_bytes(content)
        return path

    return tear


def cut_off(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def cut(folder: Path) -> Path:
        path = make(folder)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
        return path

    return cut


def with_a_hole(folder: Path) -> Path:
    return coded(folder / "a.m4a", plain(folder), af=r"asetpts=PTS+gte(T\,2)/TB")


def in_fragments(folder: Path) -> Path:
    return coded(folder / "a.m4a", plain(folder), movflags="frag_keyframe+empty_moov", frag_duration=1_000_000)


def two_tracks(folder: Path) -> Path:
    other = wav(folder / "b.wav", noise(SECONDS, seed=2))
    return coded(folder / "a.m4a", plain(folder), other)


def surveyed_by_stamps(path: Path, monkeypatch: pytest.MonkeyPatch) -> SoundInfo:
    with monkeypatch.context() as patch:
        patch.setattr("bobine.sound.plan._with_promise", lambda _path, _listing, source: source)
        return survey(path)


def sources(info: SoundInfo) -> tuple[Source, ...]:
    assert info.plan is not None
    return info.plan.sources


def placed(torn: tuple[Incident, ...]) -> list[tuple[float, float]]:
    """Where sound is torn; how many complaints are told of a place is the decoder's threads' affair."""
    return [(place.at_s, place.lasts_s) for place in torn]


@pytest.mark.integration
@pytest.mark.parametrize(
    ("make", "kept"),
    [
        *((make, True) for make in (flac, flac_24, aac, alac, in_quicktime)),
        *((make, False) for make in (torn(flac), torn(aac), cut_off(flac), with_a_hole, in_fragments, two_tracks)),
    ],
)
def test_a_promise_changes_nothing_but_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path], kept: bool
) -> None:
    path = make(tmp_path)
    quick, slow = survey(path), surveyed_by_stamps(path, monkeypatch)
    assert all((source.promised > 0) is kept for source in sources(quick))
    names = ("rate", "channels", "samples", "declared_s", "peak_dbfs", "full_scale_samples")
    assert {name: getattr(quick, name) for name in names} == {name: getattr(slow, name) for name in names}
    assert (quick.holes, quick.formats) == (slow.holes, slow.formats)
    assert bool(quick.damage) is bool(slow.damage)  # in which of its words is the decoder's threads' affair too
    assert placed(quick.torn) == [pytest.approx((place.at_s, place.lasts_s), abs=FRAMES_AHEAD_S) for place in slow.torn]
    assert quick.blocks is not None
    assert slow.blocks is not None
    for name in ("mean", "power", "cross", "peak", "fine"):
        one, other = getattr(quick.blocks, name), getattr(slow.blocks, name)
        assert np.allclose(one, other, rtol=1e-6, atol=1e-9), name


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def movie(
    stamps: list[tuple[int, int]],
    *,
    edits: list[tuple[int, int]] | None = None,
    more: bytes = b"",
    table: bytes = b"",
    tracks: int = 1,
) -> bytes:
    """A movie of 1000 units a second, its sound of ``RATE``; ``edits`` are (length, first sample)."""
    length = sum(count * step for count, step in stamps)
    stts = box(b"stts", struct.pack(">II", 0, len(stamps)), *(struct.pack(">II", *one) for one in stamps))
    stsd = box(b"stsd", struct.pack(">II", 0, 1))
    media = box(
        b"mdia",
        box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, RATE, length)),
        box(b"hdlr", bytes(8), b"soun"),
        box(b"minf", box(b"stbl", stsd, stts, table)),
    )
    elst = b""
    if edits is not None:
        entries = (struct.pack(">IiI", lasts, begins, 1 << 16) for lasts, begins in edits)
        elst = box(b"edts", box(b"elst", struct.pack(">II", 0, len(edits)), *entries))
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 1000 * length // RATE))
    return box(b"ftyp", b"M4A ") + box(b"moov", header, *[box(b"trak", elst, media)] * tracks, more)


def even(content: bytes) -> float:
    return even_seconds(BytesIO(content), len(content), 0.05)


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (movie([(480, 1000)]), 10),
        (movie([(479, 1000), (1, 500)]), 479_500 / RATE),
        (movie([(480, 1000)], edits=[(9000, 24_000)]), 9),
        (movie([(480, 1000)], edits=[(0, 24_000)]), 9.5),
        (movie([(100, 1000), (1, 50_000), (379, 1000)]), 0),  # a hole
        (movie([(480, 1000)], edits=[(1000, -1), (9000, 0)]), 0),  # begins late
        (movie([(480, 1000)], edits=[(4000, 0), (4000, 240_000)]), 0),  # a part is left out
        (movie([(480, 1000)], more=box(b"mvex")), 0),  # goes on in fragments
        (movie([(480, 1000)], table=box(b"ctts", bytes(8))), 0),
        (movie([(480, 1000)], tracks=2), 0),
        (movie([]), 0),
        (b"RIFF" + bytes(40), 0),
        (b"", 0),
    ],
)
def test_only_an_even_row_of_samples_is_a_promise(content: bytes, seconds: float) -> None:
    assert even(content) == pytest.approx(seconds, abs=0.001)


@given(st.integers(0, 400), st.binary(max_size=8))
def test_no_index_is_too_broken_to_be_read(at: int, put: bytes) -> None:
    whole = movie([(480, 1000)], edits=[(9000, 24_000)])
    content = bytearray(whole)
    content[at : at + len(put)] = put
    assert even(bytes(content)) >= 0
    assert even(whole[: min(at, len(whole) - 1)]) == 0


@given(st.integers(1, (1 << 20) - 1), st.integers(1, 8), st.integers(4, 32), st.integers(0, (1 << 36) - 1))
def test_a_flac_stream_tells_its_length_and_its_bits(rate: int, channels: int, bits: int, samples: int) -> None:
    fields = rate << 44 | channels - 1 << 41 | bits - 1 << 36 | samples
    head = b"fLaC\x80\x00\x00\x22" + bytes(10) + fields.to_bytes(8, "big") + bytes(16)
    assert stream_info(BytesIO(head)) == StreamInfo(samples, bits)
    assert stream_info(BytesIO(head[:40])) is None
    assert stream_info(BytesIO(b"ID3" + head)) is None
