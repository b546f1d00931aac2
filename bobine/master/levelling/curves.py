"""Gain over time as straight lines between points, and as an expression that ffmpeg works out. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Point:
    """A gain at a time: seconds, dB."""

    at_s: float
    db: float


Curve = tuple[Point, ...]
"""Points in time order; before the first and after the last the gain stays as it is there. An empty one is 0 dB."""


def value_at(curve: Curve, at_s: float) -> float:
    """The gain at a time, dB."""
    if not curve:
        return 0.0
    after = bisect_right(curve, at_s, key=lambda point: point.at_s)
    if after == 0:
        return curve[0].db
    if after == len(curve):
        return curve[-1].db
    one, other = curve[after - 1], curve[after]
    return one.db + (other.db - one.db) * (at_s - one.at_s) / (other.at_s - one.at_s)


def between(curve: Curve, start_s: float, end_s: float) -> Curve:
    """The part of a curve from one time to a later one, both in it as points."""
    inner = [point for point in curve if start_s < point.at_s < end_s]
    return (Point(start_s, value_at(curve, start_s)), *inner, Point(end_s, value_at(curve, end_s)))


def shifted(curve: Curve, by_s: float, by_db: float) -> Curve:
    """The same curve later by some seconds and higher by some decibels."""
    return tuple(Point(point.at_s + by_s, point.db + by_db) for point in curve)


def joined(one: Curve, other: Curve, ramp_s: float) -> Curve:
    """Two curves that meet in time as one, with a ramp in the higher one, so that neither is raised above its own."""
    if not one:
        return other
    at_s = other[0].at_s
    if other[0].db > one[-1].db:
        return (*one, *between(other, at_s + ramp_s, other[-1].at_s))
    if other[0].db < one[-1].db:
        return (*between(one, one[0].at_s, at_s - ramp_s), *other)
    return (*one, *other[1:])


def simplified(curve: Sequence[Point], within_db: float) -> Curve:
    """Fewer points that give the same gain within a tolerance: each line goes on as long as one line will do."""
    if len(curve) < 3:
        return tuple(curve)
    kept = [curve[0]]
    low, high = float("-inf"), float("inf")
    for before, point in pairwise(curve[1:]):
        start = kept[-1]
        span = before.at_s - start.at_s
        low = max(low, (before.db - within_db - start.db) / span)
        high = min(high, (before.db + within_db - start.db) / span)
        if not low <= (point.db - start.db) / (point.at_s - start.at_s) <= high:
            kept.append(before)
            low, high = float("-inf"), float("inf")
    kept.append(curve[-1])
    return tuple(kept)


def expression(curve: Curve) -> str:
    """The gain for ffmpeg's ``volume``: decibels where it never changes, else an expression of ``t`` in seconds."""
    first = curve[0].db if curve else 0.0
    if all(abs(point.db - first) < 0.0005 for point in curve):
        return f"{first:.3f}dB"
    return f"pow(10,({_branch(curve, 1, len(curve))})/20)"


def _branch(curve: Curve, first: int, last: int) -> str:
    """The lines that end in the points ``first`` to ``last`` (out of it), found by halving."""
    if last - first == 1:
        return _line(curve, first)
    middle = (first + last) // 2
    return f"if(lt(t,{curve[middle - 1].at_s:.6f}),{_branch(curve, first, middle)},{_branch(curve, middle, last)})"


def _line(curve: Curve, n: int) -> str:
    before, point = curve[n - 1], curve[n]
    if abs(point.db - before.db) < 0.0005:
        return f"{point.db:.3f}"
    slope = (point.db - before.db) / (point.at_s - before.at_s)
    return f"{before.db:.3f}+{slope:.6f}*(t-({before.at_s:.6f}))"
