"""The thread that leaves the ball of yarn: it swings like sound, and ends in the eye of a needle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from bobine.publish.cover.drawing import Pen, Point, pen_on
from bobine.publish.cover.palette import Palette, mix
from bobine.publish.cover.yarn import GOLDEN, Ball

_STEP = 3.0  # between the points of a thread, in pixels
_PERIOD = 4.6  # of the swing, in widths of the thread


def draw_thread(image: Image.Image, ball: Ball, eye: Point, tip: Point, palette: Palette, turn: int) -> None:
    """Draw the thread and its needle. Draw the ball after it: the ball covers where the thread begins.

    Args:
        image: what is drawn on.
        ball: the ball that the thread comes from.
        eye: middle of the needle's eye.
        tip: the needle's point, left of its eye.
        palette: its colours.
        turn: which sound it looks like: each whole number gives another.
    """
    width = ball.radius * 0.052
    swing = ball.radius * 0.34
    start_y = min(max(eye[1], ball.y - 0.8 * ball.radius), ball.y + 0.8 * ball.radius)
    start = (ball.x - math.sqrt(ball.radius**2 - (start_y - ball.y) ** 2) + ball.radius * 0.12, start_y)
    periods = max(3, round((start[0] - eye[0]) / (width * _PERIOD)))
    path = _evenly(_swinging(start, eye, swing, periods, turn))
    top, bottom = min(eye[1], tip[1]) - swing, max(eye[1], tip[1]) + swing
    with pen_on(image, (tip[0] - 60, top - 120, ball.x, bottom + 120)) as pen:
        _draw_yarn(pen, _evenly(_loose_end(eye, width)), width, palette)
        _draw_needle(pen, eye, tip, width, palette)
        _draw_yarn(pen, path, width, palette)


def _swinging(start: Point, end: Point, swing: float, periods: int, turn: int) -> list[Point]:
    """Points that swing about the line from start to end: louder and softer, calm at both ends."""
    count = 900
    points = []
    for index in range(count + 1):
        part = index / count
        calm = math.sin(math.pi * min(1.0, part / 0.90)) ** 1.4
        loud = 0.45 + 0.55 * math.sin(math.tau * (1.25 * part + turn * GOLDEN)) ** 2
        rise = swing * calm * loud * math.sin(math.tau * periods * part)
        points.append((start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part + rise))
    return points


def _loose_end(eye: Point, width: float) -> list[Point]:
    """The loose end of thread behind the needle's eye."""
    return [
        (eye[0] - width * (3.6 * part * part - 0.4 * part), eye[1] + width * (4.6 * part - 2.0 * part**3))
        for part in (index / 40 for index in range(41))
    ]


def _evenly(points: Sequence[Point]) -> list[Point]:
    """The same line, with points at even distances along it."""
    even, left_over = [points[0]], 0.0
    for (x, y), (next_x, next_y) in pairwise(points):
        length = math.dist((x, y), (next_x, next_y))
        walked = _STEP - left_over
        while walked <= length:
            even.append((x + (next_x - x) * walked / length, y + (next_y - y) * walked / length))
            walked += _STEP
        left_over = (left_over + length) % _STEP
    return even


def _edges(path: Sequence[Point], half_width: float) -> tuple[list[Point], list[Point]]:
    """The two edges of a line of that width."""
    left, right = [], []
    last = len(path) - 1
    for index, (x, y) in enumerate(path):
        before, after = path[max(0, index - 2)], path[min(last, index + 2)]
        length = math.dist(before, after) or 1.0
        dx, dy = (after[1] - before[1]) / length * half_width, (before[0] - after[0]) / length * half_width
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return left, right


def _draw_yarn(pen: Pen, path: Sequence[Point], width: float, palette: Palette) -> None:
    """A thread along evenly spaced points, round at its ends: a dark edge, the yarn, and marks of its twist."""
    for x, y in path:
        pen.disc(x, y, width * 0.60, palette.shadow)
    for x, y in path:
        pen.disc(x, y, width * 0.49, palette.yarn)
    left, right = _edges(path, width * 0.47)
    spacing, mark, lean = (max(1, round(width * part / _STEP)) for part in (0.52, 0.20, 0.42))
    dark = mix(palette.yarn, palette.shadow, 0.26)
    for index in range(0, len(path) - lean - mark, spacing):
        corners = (left[index], left[index + mark], right[index + lean + mark], right[index + lean])
        pen.polygon(corners, dark)


def _draw_needle(pen: Pen, eye: Point, tip: Point, width: float, palette: Palette) -> None:
    """A needle with an open eye, light where the ground is dark."""
    length = math.dist(eye, tip)
    along = ((tip[0] - eye[0]) / length, (tip[1] - eye[1]) / length)

    def at(distance: float, side: float) -> Point:
        return eye[0] + along[0] * distance - along[1] * side, eye[1] + along[1] * distance + along[0] * side

    head, half = width * 3.0, width * 1.02
    outline = [(-head * math.cos(turn) ** 0.8, half * math.sin(turn) ** 0.8) for turn in _turns(0.25, 32)]
    outline += [(length * part, half * (1 - part**1.7) ** 0.9) for part in (index / 40 for index in range(1, 41))]
    for side, shade in ((-1, 0.06), (1, 0.24)):
        edge = [at(distance, side * across) for distance, across in outline]
        spine = [at(outline[-1][0], 0.0), at(outline[0][0], 0.0)]
        pen.polygon([*edge, *spine], mix(palette.text, palette.ground, shade))
    hole = [at(width * 1.9 * math.cos(turn), half * 0.46 * math.sin(turn)) for turn in _turns(1.0, 64)]
    pen.polygon(hole, palette.ground)


def _turns(whole: float, count: int) -> list[float]:
    """Angles from 0 to that part of a whole turn, in radians."""
    return [math.tau * whole * index / count for index in range(count + 1)]
