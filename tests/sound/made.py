"""Sounds for the tests of reading: each sample tells where it stands, in any header and container."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import ffmpeg as graph
import numpy as np
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.sound.blocks import Samples
from bobine.sound.header_reading import plain_samples
from bobine.sound.pcm_reading import read_samples

RATE = 48_000


def chunk(name: bytes, body: bytes, size: int | None = None, order: str = "<") -> bytes:
    """A RIFF chunk, its size as told or as it is."""
    told = len(body) if size is None else size & 0xFFFFFFFF
    return name + struct.pack(f"{order}I", told) + body + b"\0" * (len(body) % 2)


def form(channels: int = 2, rate: int = RATE, bits: int = 16, tag: int = 1, mask: int | None = None) -> bytes:
    """A ``fmt `` chunk; extensible where a mask is given."""
    frame = channels * bits // 8
    fields = struct.pack("<HHIIHH", tag if mask is None else 0xFFFE, channels, rate, rate * frame, frame, bits)
    if mask is not None:
        guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
        fields += struct.pack("<HHI", 22, bits, mask) + guid
    return chunk(b"fmt ", fields)


def riff(*chunks: bytes, kind: bytes = b"RIFF") -> bytes:
    """A RIFF file of chunks."""
    body = b"WAVE" + b"".join(chunks)
    return kind + struct.pack("<I", len(body) & 0xFFFFFFFF) + body


def noise(seconds: float, channels: int = 2, rate: int = RATE, seed: int = 1) -> NDArray[np.int16]:
    """Noise at about −20 dBFS, the same for the same seed."""
    shape = (round(seconds * rate), channels)
    return (np.random.default_rng(seed).standard_normal(shape) * 3000).clip(-32000, 32000).astype("<i2")


def wav(path: Path, samples: NDArray[Any], rate: int = RATE, mask: int | None = None) -> Path:
    """Write a truthful WAV of whole numbers or floats."""
    tag, bits = (3, 32) if samples.dtype.kind == "f" else (1, 16)
    fields = form(samples.shape[1], rate, bits, tag, mask)
    path.write_bytes(riff(fields, chunk(b"data", samples.tobytes())))
    return path


def coded(target: Path, *inputs: Path, **options: Any) -> Path:
    """Code sounds into a file: the first track of each."""
    sounds = [ffmpeg.read_file(path) for path in inputs]
    ffmpeg.run(["-y", *map(str, graph.get_args(graph.output(*sounds, ffmpeg.local_file(target), **options)))])
    return target


def content(path: Path) -> Samples:
    """All samples of a PCM file, shape (samples, channels)."""
    pcm = plain_samples(path)
    assert pcm is not None
    return np.concatenate(list(read_samples(path, pcm)))


def level_db(sound: NDArray[np.floating[Any]]) -> float:
    """Root mean square of a stretch, dBFS."""
    return float(10 * np.log10(max(1e-14, float((sound.astype(np.float64) ** 2).mean()))))
