"""Smooth shapes on an image: what Pillow draws with jagged edges is drawn enlarged, then reduced."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageDraw

from bobine.publish.cover.palette import Colour

Point = tuple[float, float]

_ENLARGED = 2


class Pen:
    """Fills shapes on an enlarged part of an image, in the coordinates of the image."""

    def __init__(self, part: Image.Image, left: int, top: int) -> None:
        self._draw = ImageDraw.Draw(part)
        self._left, self._top = left, top

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        enlarged = [((x - self._left) * _ENLARGED, (y - self._top) * _ENLARGED) for x, y in points]
        self._draw.polygon(enlarged, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a disc."""
        left, top = x - radius - self._left, y - radius - self._top
        box = (left, top, left + 2 * radius, top + 2 * radius)
        self._draw.ellipse(tuple(corner * _ENLARGED for corner in box), fill=colour)


@contextmanager
def pen_on(image: Image.Image, box: tuple[float, float, float, float]) -> Iterator[Pen]:
    """Enlarge a part of an image, let it be drawn on, and put it back smoothed.

    Args:
        image: what is drawn on.
        box: left, top, right and bottom of the part; what lies outside of the image is left out.
    """
    left, top = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
    right, bottom = min(image.width, math.ceil(box[2])), min(image.height, math.ceil(box[3]))
    size = ((right - left) * _ENLARGED, (bottom - top) * _ENLARGED)
    part = image.crop((left, top, right, bottom)).resize(size, Image.Resampling.NEAREST)
    yield Pen(part, left, top)
    image.paste(part.reduce(_ENLARGED), (left, top))
