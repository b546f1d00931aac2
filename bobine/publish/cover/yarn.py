"""A ball of yarn, in the round: windings of threads side by side, the last ones on top."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

from bobine.publish.cover.drawing import Pen, pen_on
from bobine.publish.cover.palette import Colour, Palette, mix

Vector = tuple[float, float, float]

GOLDEN = 0.6180339887498949

_WINDINGS = 13
_THREADS = 7  # in a winding
_HALF_WIDTH = 0.30  # of a winding, as a part of the ball's radius
_FACETS = 120  # of a thread, over the half turn that is seen
_BEYOND = 16  # facets looked at beyond the half turn: a thread off the middle is seen for more of it
_LEAN = 2.4  # how far a facet leans along its thread, in facets: the twist of the plies
_LIGHT: Vector = (-0.48, -0.62, 0.62)


@dataclass(frozen=True, slots=True)
class Ball:
    """The place of a ball of yarn, in pixels."""

    x: float
    y: float
    radius: float


def draw_ball(image: Image.Image, ball: Ball, palette: Palette, turn: int) -> None:
    """Draw a ball of yarn.

    Args:
        image: what is drawn on.
        ball: where.
        palette: its colours.
        turn: which way it is wound: each whole number gives another ball.
    """
    reach = ball.radius * 1.02
    with pen_on(image, (ball.x - reach, ball.y - reach, ball.x + reach, ball.y + reach)) as pen:
        pen.disc(ball.x, ball.y, ball.radius, palette.shadow)
        for index in range(_WINDINGS):
            dye = palette.second if index % 4 == 2 or index == _WINDINGS - 1 else palette.yarn
            _Winding(pen, ball, _axis(index, turn), dye, palette.shadow).draw()


def _axis(index: int, turn: int) -> Vector:
    """The axis of a winding: axes are spread over the half sphere by the golden angle."""
    height = ((index * GOLDEN + turn * 0.37) % 1.0) * 0.86
    angle = math.tau * ((index * GOLDEN * GOLDEN + turn * GOLDEN) % 1.0)
    level = math.sqrt(1 - height * height)
    return level * math.cos(angle), level * math.sin(angle), height


class _Winding:
    """A belt of threads around an axis of the ball."""

    def __init__(self, pen: Pen, ball: Ball, axis: Vector, dye: Colour, shadow: Colour) -> None:
        self._pen, self._ball, self._axis, self._dye, self._shadow = pen, ball, axis, dye, shadow
        x, y, z = axis
        level = math.hypot(x, y)
        self._across: Vector = (-y / level, x / level, 0.0)
        self._along: Vector = (-x * z / level, -y * z / level, level)

    def draw(self) -> None:
        """Draw the belt's shade, then thread beside thread."""
        self._ribbon(-_HALF_WIDTH - 0.012, _HALF_WIDTH + 0.012, None)
        pitch = 2 * _HALF_WIDTH / _THREADS
        for thread in range(_THREADS):
            middle = -_HALF_WIDTH + pitch * (thread + 0.5)
            self._ribbon(middle - pitch * 0.43, middle + pitch * 0.43, thread)

    def _ribbon(self, low: float, high: float, thread: int | None) -> None:
        """Fill between two circles around the axis, as far as it is seen; in plain shade where it is no thread."""
        step = math.pi / _FACETS
        lean = 0.0 if thread is None else _LEAN
        for index in range(-_BEYOND, _FACETS + _BEYOND):
            angle = index * step
            corners = (
                self._at(low, angle),
                self._at(high, angle + lean * step),
                self._at(high, angle + (lean + 1) * step),
                self._at(low, angle + step),
            )
            if any(corner[2] >= 0 for corner in corners):
                colour = self._shadow if thread is None else self._lit(corners[0], (index + thread) % 2)
                self._pen.polygon([self._seen(corner) for corner in corners], colour)

    def _at(self, offset: float, angle: float) -> Vector:
        """A point of the unit sphere, so far along the axis and so far around it."""
        ring = math.sqrt(1 - offset * offset)
        cosine, sine = ring * math.cos(angle), ring * math.sin(angle)
        (ax, ay, az), (ux, uy, uz), (vx, vy, vz) = self._axis, self._across, self._along
        return (
            offset * ax + cosine * ux + sine * vx,
            offset * ay + cosine * uy + sine * vy,
            offset * az + cosine * uz + sine * vz,
        )

    def _seen(self, at: Vector) -> tuple[float, float]:
        """The place where a point is seen; one just behind the ball, at the ball's edge."""
        reach = self._ball.radius * (1.0 if at[2] >= 0 else 1.0 / math.hypot(at[0], at[1]))
        return self._ball.x + reach * at[0], self._ball.y + reach * at[1]

    def _lit(self, at: Vector, ply: int) -> Colour:
        """The colour of a facet: light from the upper left, and the two plies of the yarn in turn."""
        light = at[0] * _LIGHT[0] + at[1] * _LIGHT[1] + at[2] * _LIGHT[2]
        shade = 0.42 - 0.50 * light + 0.10 * ply
        bright = mix(self._dye, (255, 255, 255), (light - 0.72) * 0.9)
        return mix(bright, self._shadow, min(0.85, shade))
