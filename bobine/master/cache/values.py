"""Measurements as bytes for the cache, and back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from bobine.master.levelling.curves import Point
from bobine.master.levelling.loudness import Reading
from bobine.master.levelling.rider import Ride
from bobine.sound.blocks import Blocks
from bobine.store.codec.json_text import json_text, read_json


def reading_bytes(reading: Reading) -> bytes:
    """A reading as bytes, exactly."""
    table = {"momentary": reading.momentary, "short_term": reading.short_term, "peak_db": reading.peak_db}
    return json_text(table, compact=True).encode()


def as_reading(content: bytes) -> Reading:
    """The reading that ``reading_bytes`` wrote."""
    table = read_json(content)
    return Reading(tuple(table["momentary"]), tuple(table["short_term"]), table["peak_db"])


def ride_bytes(ride: Ride) -> bytes:
    """A ride as bytes, exactly."""
    table = {"curve": [(one.at_s, one.db) for one in ride.curve], "blocks": ride.blocks, "held": ride.held}
    return json_text(table, compact=True).encode()


def as_ride(content: bytes) -> Ride:
    """The ride that ``ride_bytes`` wrote."""
    table = read_json(content)
    curve = tuple(Point(at_s, db) for at_s, db in table["curve"])
    return Ride(curve, tuple(table["blocks"]), tuple(table["held"]))


def blocks_bytes(blocks: Blocks) -> bytes:
    """Sums over blocks as bytes, exactly."""
    written = io.BytesIO()
    arrays: Mapping[str, Any] = {field.name: np.asarray(getattr(blocks, field.name)) for field in fields(blocks)}
    np.savez(written, **arrays)
    return written.getvalue()


def as_blocks(content: bytes) -> Blocks:
    """The sums that ``blocks_bytes`` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        arrays: dict[str, Any] = {field.name: found[field.name] for field in fields(Blocks)}
    whole: dict[str, Any] = {name: int(arrays.pop(name)) for name in ("rate", "samples")}
    return Blocks(**whole, **arrays)
