"""Align two sound files of one show."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from bobine.air.alignment.curves.line import Alignment
from bobine.air.alignment.curves.pieces import align_shapes
from bobine.air.alignment.curves.shape import shape
from bobine.air.alignment.envelope import energies
from bobine.errors import Interrupted


def align(
    one: Path,
    other: Path,
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Alignment | None:
    """Find where one sound lies in another; None where they do not agree, or where several places would do.

    Args:
        one: a file that ffmpeg decodes.
        other: another, of any rate, level, format and length; their common part must last half a minute or so.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the work stops.

    Raises:
        SoundError: if one of them cannot be decoded.
        Interrupted: if ``cancel`` was set.
    """
    tell = progress or (lambda _share: None)
    with ThreadPoolExecutor(2) as both:
        decoded = [both.submit(energies, path, cancel) for path in (one, other)]
        for done, _ in enumerate(as_completed(decoded), 1):
            tell(0.4 * done)
    shapes = [shape(curve.result()) for curve in decoded]
    if cancel is not None and cancel.is_set():
        raise Interrupted
    found = align_shapes(*shapes)
    tell(1.0)
    return found
