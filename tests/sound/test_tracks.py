"""The tracks that ffmpeg's log names, and the lengths that an MP4's index tells."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.sound.headers.mp4 import track_seconds
from bobine.sound.headers.ogg_links import links
from bobine.sound.tracks import read_listing

FILM = """Input #0, matroska,webm, from 'x.mkv':
  Metadata:
    title           : Le film
  Duration: 01:02:03.50, start: 0.000000, bitrate: 193 kb/s
  Stream #0:0: Video: h264 (High), yuv420p, 160x120, 15 fps (default)
    Metadata:
      DURATION        : 01:02:06.500000000
  Stream #0:1(fra): Audio: ac3, 48000 Hz, 5.1(side), fltp, 448 kb/s (default)
    Metadata:
      title           : Studio
      DURATION        : 01:02:03.500000000
  Stream #0:2(und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, stereo, fltp
    Metadata:
      handler_name    : SoundHandler
Stream mapping:
  Stream #0:1 -> #0:0 (ac3 (native) -> pcm_s16be (native))
Output #0, au, to 'pipe:1':
  Stream #0:0: Audio: pcm_s16be, 48000 Hz, 5.1(side), s16, 4608 kb/s
"""


def test_tracks_are_named() -> None:
    found = read_listing(FILM)
    assert (found.form, found.has_picture) == ("matroska,webm", True)
    assert not found.may_have_chapters
    assert read_listing(
        FILM.replace("  Stream #0:0", "  Chapters:\n    Chapter #0:0: start 0.0, end 9\n  Stream #0:0", 1)
    ).may_have_chapters
    assert read_listing("").may_have_chapters
    assert [(one.codec, one.layout, one.name) for one in found.tracks] == [
        ("ac3", "5.1(side)", "Studio (fra)"),
        ("aac", "stereo", ""),
    ]
    assert found.tracks[0].declared_s == 3723.5
    assert found.declared_s == 3723.5


@pytest.mark.parametrize(
    ("line", "codec", "layout"),
    [
        ("  Stream #0:0: Audio: vorbis, 44100 Hz, stereo, fltp, 112 kb/s", "vorbis", "stereo"),
        ("  Stream #0:0[0x1](eng): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, mono, fltp", "aac", "mono"),
        ("  Stream #0:0: Audio: flac, 48000 Hz, 6 channels, s16", "flac", "6 channels"),
        ("  Stream #0:3[0x1100]: Audio: mp2 ([3][0][0][0] / 0x0003), 48000 Hz, stereo, fltp", "mp2", "stereo"),
        ("  Stream #0:0: Audio: opus, 48000 Hz, 7.1, fltp (default)", "opus", "7.1"),
    ],
)
def test_lines_of_streams(line: str, codec: str, layout: str) -> None:
    found = read_listing(f"Input #0, x, from 'a':\n  Duration: N/A, bitrate: N/A\n{line}\n")
    assert [(one.codec, one.layout) for one in found.tracks] == [(codec, layout)]
    assert found.declared_s is None


def test_a_length_from_the_bit_rate_is_none_and_a_cover_no_picture() -> None:
    log = (
        "[mp3 @ 0x1] Estimating duration from bitrate, this may be inaccurate\nInput #0, mp3, from 'a':\n"
        "  Duration: 00:01:00.00, start: 0.0\n  Stream #0:0: Audio: mp3, 44100 Hz, stereo, fltp\n"
        "  Stream #0:1: Video: mjpeg, 300x300 (attached pic)\n"
    )
    found = read_listing(log)
    assert (found.declared_s, found.has_picture) == (None, False)


@given(st.text(max_size=300))
def test_any_log_is_read(text: str) -> None:
    assert len(read_listing("Input #0, x, from 'a':\n  Stream #0:0: Audio: " + text).tracks) <= 1 + text.count("Audio")


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def track(kind: bytes, scale: int, length: int, *, long: bool = False) -> bytes:
    header = struct.pack(">B3xQQIQ", 1, 0, 0, scale, length) if long else struct.pack(">IIIII", 0, 0, 0, scale, length)
    return box(b"trak", box(b"mdia", box(b"mdhd", header + bytes(4)) + box(b"hdlr", bytes(8) + kind + bytes(12))))


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("before", [b"", box(b"mdat", bytes(100)), struct.pack(">I4sQ", 1, b"mdat", 16)])
def test_lengths_of_sound_tracks(before: bytes, long: bool) -> None:
    index = box(b"moov", track(b"vide", 15, 945) + track(b"soun", 48_000, 2_880_000, long=long) + track(b"soun", 1, 5))
    content = box(b"ftyp", b"isom") + before + index
    assert track_seconds(io.BytesIO(content), len(content)) == (60.0, 5.0)


@given(st.binary(max_size=200))
def test_any_index_is_read(content: bytes) -> None:
    for whole in (content, box(b"moov", content), box(b"moov", box(b"trak", box(b"mdia", content)))):
        assert all(seconds >= 0 for seconds in track_seconds(io.BytesIO(whole), len(whole)))


def page(flags: int, serial: int, size: int = 300) -> bytes:
    """An Ogg page whose content is one packet."""
    laces = bytes([255] * (size // 255) + [size % 255])
    return b"OggS\0" + bytes([flags]) + struct.pack("<qIIIB", 0, serial, 0, 0, len(laces)) + laces + bytes(size)


LINK = page(2, 1) + page(0, 1) + page(4, 1)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (LINK, 1),
        (LINK * 3, 3),
        (page(2, 1) + page(2, 2) + page(0, 1) + page(0, 2), 1),
        ((page(2, 1) + page(2, 2) + page(0, 1)) * 2, 2),
        (page(2, 1) + page(0, 1) + b"torn" * 99 + page(0, 1) + LINK, 2),
        (b"", 0),
        (b"RIFF" * 40, 0),
    ],
)
def test_links_of_a_chained_file(content: bytes, count: int) -> None:
    found = links(content)
    assert len(found) == count
    assert b"".join(content[start:end] for start, end in found) == (content if count else b"")


@given(st.binary(max_size=500))
def test_any_pages_are_read(content: bytes) -> None:
    assert all(start < end for start, end in links(LINK + content))
