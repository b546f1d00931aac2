"""Headers of plain samples: the length comes from the file wherever they cannot be right."""

from __future__ import annotations

import io
import math
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bobine.sound.header_reading import read_header
from bobine.sound.headers.pcm import Pcm, held, is_placeholder
from tests.sound.made import chunk, form, riff

FRAME = 4
GUID_TAIL = bytes.fromhex("f3acd3118cd100c04f8edb8a")
AFTER = {
    "nothing": b"",
    "LIST": chunk(b"LIST", b"INFOISFT\x04\0\0\0Lavf"),
    "an odd id3": chunk(b"id3 ", b"ID3\x03\0\0\0\0\0\0\0"),
    "cue and adtl": chunk(b"cue ", bytes(28)) + chunk(b"LIST", b"adtllabl\x06\0\0\0\x01\0\0\0a\0"),
    "an unknown chunk": chunk(b"xyz ", b"12345678") + chunk(b"abcd", b"12"),
    "an ID3v1 tag": b"TAG" + bytes(125),
    "an APE tag": b"APETAGEX" + bytes(24),
    "padding": bytes(2000),
}


def sound(frames: int) -> bytes:
    """Sound that is no chunk and no padding."""
    return b"".join(struct.pack("<hh", n * 37 % 20_000 - 10_000, n * 91 % 20_000 - 9_999) for n in range(frames))


def read(content: bytes) -> Pcm | None:
    return read_header(io.BytesIO(content), len(content))


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER.keys())
@pytest.mark.parametrize("before", [b"", chunk(b"bext", bytes(602)), chunk(b"JUNK", b"odd")])
def test_a_true_header_is_believed(before: bytes, after: bytes) -> None:
    found = read(riff(before, form(), chunk(b"data", sound(999)), after))
    assert found is not None
    assert (found.samples, found.promised, found.truthful) == (999, None, True)


@pytest.mark.parametrize("declared", [0, 4, 400, 30 * 4, 998 * 4, 0x7FFFF000, 0xFFFFFFFF, 0x80000000, 0x7FFFFF80])
@pytest.mark.parametrize("kind", [b"RIFF", b"RF64", b"BW64"])
def test_the_length_is_the_files_where_the_header_cannot_be_right(kind: bytes, declared: int) -> None:
    ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, 0, 0, 0)) if kind != b"RIFF" else b""
    found = read(riff(ds64, form(), chunk(b"data", sound(1000), declared), kind=kind))
    assert found is not None
    assert (found.samples, found.promised, found.truthful) == (1000, None, False)


@pytest.mark.parametrize("declared", [1001 * 4, 5000 * 4, 48_000 * 4 * 60, 0x7FFF0000 - 0x10000, 3_000_000_000])
def test_what_the_file_does_not_hold_is_promised(declared: int) -> None:
    found = read(riff(form(), chunk(b"data", sound(1000), declared)))
    assert found is not None
    assert (found.samples, found.promised) == (1000, declared // 4)


def test_rf64_counts_beyond_four_gigabytes() -> None:
    ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, 192_000 * 90_000, 0, 0))
    found = read(riff(ds64, form(), chunk(b"data", sound(10), 0xFFFFFFFF), kind=b"RF64"))
    assert found is not None
    assert found.promised == 48_000 * 90_000


@given(real=st.integers(0, 1 << 34), after=st.integers(0, 3), whole=st.booleans())
@example(real=(1 << 32) + 8, after=0, whole=True)
def test_a_size_counted_modulo_four_gigabytes_is_found_again(real: int, after: int, whole: bool) -> None:
    """Whatever stands behind: the end is the first place, a multiple of 2³² further, where it can be."""
    rest = real + (100 * after if whole else 0)
    found = held(real % (1 << 32), rest, lambda end: end == real, may_wrap=True)
    assert (found.size, found.promised) == (real, None)
    assert found.truthful == (real < 1 << 32)


@given(declared=st.integers(0, (1 << 64) - 1), rest=st.integers(0, 1 << 40), ends=st.booleans(), wrap=st.booleans())
def test_never_more_is_held_than_is_there(declared: int, rest: int, ends: bool, wrap: bool) -> None:
    found = held(declared, rest, lambda _end: ends, may_wrap=wrap)
    assert 0 <= found.size <= rest
    assert found.promised is None or (found.promised > rest and not is_placeholder(found.promised))


def w64(data: bytes, declared: int | None = None, after: bytes = b"") -> bytes:
    def box(name: bytes, body: bytes, size: int | None = None) -> bytes:
        told = len(body) + 24 if size is None else size
        return name + GUID_TAIL + struct.pack("<Q", told) + body + bytes(-len(body) % 8)

    inside = b"wave" + GUID_TAIL + box(b"fmt ", form()[8:]) + box(b"data", data, declared) + after
    return b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000") + struct.pack("<Q", 24 + len(inside)) + inside


@pytest.mark.parametrize("declared", [None, 24, 0, 24 + 400, (1 << 64) - 1])
def test_wave64(declared: int | None) -> None:
    found = read(w64(sound(1000), declared))
    assert found is not None
    assert (found.coding, found.samples, found.promised) == ("s16le", 1000, None)
    assert found.truthful == (declared is None)


def aiff(data: bytes, declared: int | None = None, kind: bytes = b"", rate: float = 48_000) -> bytes:
    mantissa, exponent = math.frexp(rate)
    extended = struct.pack(">HQ", exponent + 16382, int(mantissa * (1 << 64)))
    comm = chunk(b"COMM", struct.pack(">hIh", 2, 0, 16) + extended + (kind + b"\0\0" if kind else b""), order=">")
    told = None if declared is None else declared + 8
    inside = (b"AIFC" if kind else b"AIFF") + comm + chunk(b"SSND", bytes(8) + data, told, ">")
    return b"FORM" + struct.pack(">I", len(inside)) + inside


@pytest.mark.parametrize("declared", [None, 0, 400, 0x7FFFF000 - 8, 0xFFFFFFFF - 8])
@pytest.mark.parametrize(("kind", "coding"), [(b"", "s16be"), (b"sowt", "s16le"), (b"NONE", "s16be")])
def test_aiff(kind: bytes, coding: str, declared: int | None) -> None:
    found = read(aiff(sound(1000), declared, kind))
    assert found is not None
    assert (found.coding, found.rate, found.samples, found.promised) == (coding, 48_000, 1000, None)


@pytest.mark.parametrize("rate", [8000, 11_025, 22_050, 44_100, 96_000, 192_000])
def test_rates_of_aiff_are_exact(rate: int) -> None:
    found = read(aiff(sound(10), rate=rate))
    assert found is not None
    assert found.rate == rate


@pytest.mark.parametrize(
    ("bits", "tag", "coding"), [(8, 1, "u8"), (16, 1, "s16le"), (24, 1, "s24le"), (32, 1, "s32le"), (32, 3, "f32le")]
)
@pytest.mark.parametrize("mask", [None, 0, 3, 0x33])
def test_codings_and_masks(bits: int, tag: int, coding: str, mask: int | None) -> None:
    found = read(riff(form(2, 44_100, bits, tag, mask), chunk(b"data", b"\x01\x7f\x03" * 800)))
    assert found is not None
    assert (found.coding, found.rate, found.mask) == (coding, 44_100, mask or 0)
    assert found.samples == 2400 // (2 * bits // 8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF\0\0\0\0WAVE",
        riff(chunk(b"data", sound(9))),
        riff(form(tag=2), chunk(b"data", sound(9))),
        riff(form(tag=0x55), chunk(b"data", sound(9))),
        riff(form(channels=0), chunk(b"data", sound(9))),
        riff(form(rate=0), chunk(b"data", sound(9))),
        b"RIFF\0\0\0\0WAVE" + b"junk\xff\xff\xff\xff" * 9,
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0",
        b"FORM\0\0\0\0AIFFCOMM",
        b"fLaC" + bytes(100),
    ],
)
def test_what_is_no_header_of_plain_samples(content: bytes) -> None:
    assert read(content) is None


@given(st.binary(max_size=400), st.sampled_from([b"RIFF\0\0\0\0WAVE", b"FORM\0\0\0\0AIFC", w64(b"")[:60], b""]))
def test_any_content_is_read_or_not(content: bytes, head: bytes) -> None:
    found = read(head + content)
    assert found is None or 0 <= found.samples <= len(content) + 60
