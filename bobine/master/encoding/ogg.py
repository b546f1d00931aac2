"""Opus packets in and out of Ogg (RFC 3533, RFC 7845), on mutagen's page reader and writer."""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mutagen.ogg import OggPage, error

PACKET_SAMPLES = 960
"""Samples in a packet: 20 ms at 48 kHz."""

_PACKETS_A_PAGE = 25
_VENDOR = b"bobine"


@dataclass(frozen=True, slots=True)
class OpusStream:
    """The sound packets of an Ogg Opus file, and how many samples a decoder drops at its start."""

    packets: list[bytes]
    pre_skip: int


def read_packets(data: bytes) -> OpusStream:
    """Take an Ogg Opus stream apart.

    Raises:
        ValueError: if it is not one.
    """
    source = io.BytesIO(data)
    pages = []
    try:
        while source.tell() < len(data):
            pages.append(OggPage(source))
    except (error, EOFError) as problem:
        raise ValueError("not an Ogg stream") from problem
    packets = OggPage.to_packets(pages)
    if len(packets) < 2 or not packets[0].startswith(b"OpusHead"):
        raise ValueError("not an Ogg Opus stream")
    return OpusStream(packets[2:], struct.unpack_from("<H", packets[0], 10)[0])


def stream_pages(packets: Iterable[bytes], count: int, pre_skip: int, samples: int) -> Iterator[bytes]:
    """Put packets of 48 kHz stereo Opus into an Ogg stream, page by page.

    Args:
        packets: 20 ms packets, in order.
        count: how many there are.
        pre_skip: samples that the decoder drops at the start.
        samples: samples that it gives after those; what the packets hold beyond is trimmed.
    """
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 2, pre_skip, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", len(_VENDOR)) + _VENDOR + struct.pack("<I", 0)
    yield _page([head], 0, 0, first=True)
    yield _page([tags], 1, 0)
    rest = iter(packets)
    end = 0
    for sequence in itertools.count(2):
        group = list(itertools.islice(rest, _PACKETS_A_PAGE))
        if not group:
            return
        end += len(group)
        yield _page(group, sequence, min(end * PACKET_SAMPLES, pre_skip + samples), last=end == count)


def _page(packets: list[bytes], sequence: int, position: int, *, first: bool = False, last: bool = False) -> bytes:
    page = OggPage()
    page.packets = packets
    page.sequence = sequence
    page.serial = 1
    page.position = position
    page.first = first
    page.last = last
    written: bytes = page.write()
    return written
