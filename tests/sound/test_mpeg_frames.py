"""Bare streams of frames: what is torn is found, counted in frames, and replaced by silence."""

from __future__ import annotations

import random
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.sound.headers.mpeg_frames import adts_frame, mend, mpeg_frame

pytestmark = pytest.mark.integration

HEADERS = {
    "MP3, 128 kb/s, 48 kHz": (b"\xff\xfb\x94\x00", 384, 1152, 48_000),
    "MP3, 128 kb/s, 44.1 kHz, mono": (b"\xff\xfb\x90\xc0", 417, 1152, 44_100),
    "MP3, 320 kb/s, 44.1 kHz": (b"\xff\xfb\xe0\x00", 1044, 1152, 44_100),
    "MP3, 64 kb/s, 22.05 kHz": (b"\xff\xf3\x80\x00", 208, 576, 22_050),
    "MP3, 32 kb/s, 11.025 kHz": (b"\xff\xe3\x40\xc0", 208, 576, 11_025),
    "MP2, 256 kb/s, 48 kHz": (b"\xff\xfd\xc4\x00", 768, 1152, 48_000),
}


def body(size: int, seed: int) -> bytes:
    """Bytes without a header among them."""
    return bytes(random.Random(seed).randrange(0xFF) for _ in range(size))


def stream(header: bytes, size: int, count: int) -> list[bytes]:
    return [header + body(size - 4, n) for n in range(count)]


@pytest.mark.parametrize(("header", "size", "samples", "rate"), HEADERS.values(), ids=HEADERS.keys())
def test_headers_are_read(header: bytes, size: int, samples: int, rate: int) -> None:
    frame = mpeg_frame(header, 0)
    assert frame is not None
    assert (frame.size, frame.samples, frame.rate) == (size, samples, rate)


@pytest.mark.parametrize(("header", "size", "samples", "rate"), HEADERS.values(), ids=HEADERS.keys())
@pytest.mark.parametrize("lost", [1, 7, 52])
def test_what_is_torn_is_counted_in_frames(header: bytes, size: int, samples: int, rate: int, lost: int) -> None:
    frames = stream(header, size, 120)
    torn = b"".join(frames[:60]) + body(size * lost, 9) + b"".join(frames[60 + lost :])
    found = mend(torn, "mp3")
    assert [round(one.missing_s * rate / samples) for one in found.torn] == [lost]
    assert found.torn[0].at_s == pytest.approx(60 * samples / rate)
    mended = b"".join(found.stream(torn))
    assert len(mended) == 120 * size
    assert mend(mended, "mp3").is_whole


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(4, 30), st.integers(0, 9000)), min_size=1, max_size=6), st.randoms())
def test_marks_stay_right_after_any_tears(parts: list[tuple[int, int]], chance: random.Random) -> None:
    """Frames and garbage in turn: the length is that of the bytes, to half a frame a tear."""
    header, size, _, _ = HEADERS["MP3, 128 kb/s, 48 kHz"]
    content = b"".join(
        b"".join(stream(header, size, count)) + chance.randbytes(garbage).replace(b"\xff", b"\0")
        for count, garbage in parts
    ) + b"".join(stream(header, size, 5))
    found = mend(content, "mp3")
    length = len(b"".join(found.stream(content))) / size
    assert abs(length - len(content) / size) <= 0.5 * len(parts) + 0.01


TAGS = {
    "ID3v2": b"ID3\x04\0\0\0\0\x02\x00" + bytes(256),
    "ID3v1": b"TAG" + bytes(125),
    "an APE footer": b"APETAGEX" + struct.pack("<IIII", 2000, 32, 0, 0) + bytes(8),
    "two tags": b"TAG" + bytes(125) + b"ID3\x03\0\0\0\0\x01\x00" + bytes(128),
    "nothing": b"",
}


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS.keys())
def test_tags_are_not_sound(tag: bytes) -> None:
    header, size, _, _ = HEADERS["MP3, 128 kb/s, 48 kHz"]
    frames = b"".join(stream(header, size, 20))
    for content in (tag + frames, frames + tag, frames + tag + frames, tag + frames + tag + frames + tag):
        found = mend(content, "mp3")
        assert found.torn == ()
        assert b"".join(found.stream(content)) == frames * content.count(frames)


def test_the_frame_that_tells_a_length_is_left_out_where_files_were_joined() -> None:
    header, size, _, _ = HEADERS["MP3, 128 kb/s, 48 kHz"]
    told = header + bytes(32) + b"Xing" + bytes(size - 40)
    frames = b"".join(stream(header, size, 20))
    content = told + frames + told + frames
    assert b"".join(mend(content, "mp3").stream(content)) == told + frames * 2


def test_a_change_of_format_is_followed() -> None:
    first, second = HEADERS["MP3, 128 kb/s, 44.1 kHz, mono"], HEADERS["MP3, 128 kb/s, 48 kHz"]
    content = b"".join(stream(first[0], first[1], 20) + stream(second[0], second[1], 20))
    found = mend(content, "mp3")
    assert (found.varies, found.is_whole, found.torn) == (True, False, ())
    assert b"".join(found.stream(content)) == content


def test_adts() -> None:
    size = 400
    header = bytes([0xFF, 0xF1, 0x4C, 0x80 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5 | 0x1F, 0xFC])
    frame = adts_frame(header, 0)
    assert frame is not None
    assert (frame.size, frame.samples, frame.rate, frame.channels) == (size, 1024, 48_000, 2)
    frames = [header + body(size - 7, n) for n in range(40)]
    torn = b"".join(frames[:20]) + body(size * 5, 1) + b"".join(frames[25:])
    found = mend(torn, "aac")
    assert [one.missing_s for one in found.torn] == [pytest.approx(5 * 1024 / 48_000)]
    assert mend(b"".join(found.stream(torn)), "aac").is_whole


@given(st.binary(max_size=3000), st.sampled_from(["mp3", "aac"]))
def test_any_content_ends(content: bytes, form: str) -> None:
    found = mend(content, form)
    assert sum(piece.end - piece.start for piece in found.pieces) <= len(content)


def vbr_frame(chance: random.Random, *, names_length: bool = False) -> bytes:
    """A frame of 44.1 kHz stereo of any bit rate, padded or not, protected or not."""
    third = chance.randrange(1, 15) << 4 | chance.randrange(2) << 1
    head = bytes((0xFF, 0xFA | chance.randrange(2), third, chance.choice((0x00, 0x44, 0x64, 0xC0))))
    frame = mpeg_frame(head, 0)
    assert frame is not None
    content = bytearray(head + chance.randbytes(frame.size - 4))
    if names_length:
        content[36:40] = b"Xing"
    return bytes(content)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["frame"] * 12 + ["Xing", "garbage", "tag", "mono"]), max_size=80),
    st.integers(0, 400),
    st.integers(0, 2**32),
)
def test_frames_followed_many_at_a_time_are_those_followed_one_by_one(kinds: list[str], cut: int, seed: int) -> None:
    chance = random.Random(seed)
    parts = {
        "frame": lambda: vbr_frame(chance),
        "Xing": lambda: vbr_frame(chance, names_length=True),
        "garbage": lambda: chance.randbytes(chance.randrange(1500)),
        "tag": lambda: b"TAG" + bytes(125),
        "mono": lambda: b"\xff\xfb\x90\xc0" + chance.randbytes(413),
    }
    content = b"".join(parts[kind]() for kind in kinds)
    content = content[: len(content) - cut] + b"\xff"
    with pytest.MonkeyPatch.context() as patched:
        at_once = mend(content, "mp3")
        patched.setattr("bobine.sound.headers.mpeg_frames._row", lambda _content, at: np.array([at]))
        assert at_once == mend(content, "mp3")
