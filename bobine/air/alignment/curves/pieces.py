"""The alignment of two shows of which one has parts that the other lacks: piece by piece, with the breaks. Pure.

The best place of the whole gives the windows of one piece; what no window explains is searched again, between its
neighbours, so that pieces stay in order. A piece lasts a quarter of a minute or so at least.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bobine.air.alignment.curves.fourier import Curve
from bobine.air.alignment.curves.line import (
    FEWEST,
    LEAST_LIKENESS,
    LEAST_SHARE,
    MOST_DRIFT,
    ON_THE_LINE_S,
    Alignment,
    Break,
    line_through,
)
from bobine.air.alignment.curves.shape import RATE
from bobine.air.alignment.curves.whole import likely_offsets
from bobine.air.alignment.curves.windows import Window, compare, look

_SHORTEST = 12 * RATE
_WORTH_A_SEARCH = 8 * RATE
_LEAST_IN_PIECE_S = 12.0
_DEEPEST = 5
_AS_GOOD = 0.8
_COARSE_S = 0.25
_SAME_LINE_S = 0.05
_DRIFT_SEEN_S = 120.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Windows of one piece, in time order, and its offset at the first show's start once the drift is known."""

    windows: tuple[Window, ...]
    offset_s: float = 0.0


def align_shapes(one: Curve, other: Curve) -> Alignment | None:
    """Find where one show lies in another; None where they do not agree, or where several places would do.

    Args:
        one: a shape.
        other: another.
    """
    windows, found = _search(one, other, range(len(one)), range(len(other)), _DEEPEST)
    pieces = _in_order(_grouped(found))
    drift = _drift(pieces)
    pieces = _told_apart(one, other, pieces, drift or 0.0)
    if len(pieces) < 2:
        return line_through(windows)
    return _through(one, other, pieces, drift)


def _search(
    one: Curve, other: Curve, within: range, room: range, depth: int
) -> tuple[tuple[Window, ...], list[Window]]:
    """The windows of the best place of a part of one show in a part of the other, and all that agree, at any depth."""
    if min(len(within), len(room)) < _SHORTEST:
        return (), []
    offsets = likely_offsets(one[within.start : within.stop], other[room.start : room.stop])
    places = [offset + room.start - within.start for offset in offsets]
    windows, agreeing = _first_that_agrees(one, other, places, within, room)
    found = list(agreeing)
    if depth and agreeing:
        for before, after in pairwise([None, *agreeing, None]):
            left = _at(before.end_s) if before else within.start
            if (_at(after.start_s) if after else within.stop) - left < _WORTH_A_SEARCH:
                continue
            # a window at the edge may hold the break itself
            part = range(
                _at(before.middle_s) if before else within.start, _at(after.middle_s) if after else within.stop
            )
            hole = range(
                _at(before.middle_s + before.offset_s) if before else room.start,
                _at(after.middle_s + after.offset_s) if after else room.stop,
            )
            found += _search(one, other, part, hole, depth - 1)[1]
    return windows, found


def _first_that_agrees(
    one: Curve, other: Curve, places: Sequence[int], within: range, room: range
) -> tuple[tuple[Window, ...], list[Window]]:
    """The windows at the first of some offsets where several agree, and these; none where they repeat themselves."""
    tried: tuple[Window, ...] = ()
    for at, offset in enumerate(places):
        windows = compare(one, other, offset, within, room)
        tried = tried or windows
        groups = _grouped([window for window in windows if window.likeness >= LEAST_LIKENESS])
        agreeing = sorted((window for group in groups for window in group.windows), key=lambda window: window.middle_s)
        if agreeing:
            rivals = (*places[:at], *places[at + 1 :])
            if any(_repeats(one, other, agreeing, rival, _COARSE_S) for rival in rivals):
                return (), []
            return windows, agreeing
    return tried, []


def _repeats(one: Curve, other: Curve, agreeing: Sequence[Window], rival: int, reach_s: float) -> bool:
    """Whether a stretch that agrees at one place agrees just as well at another: the sound repeats itself."""
    twice, reach = 0, _at(reach_s)
    for window in agreeing:
        there = look(one, _at(window.start_s), _at(window.length_s), other, range(rival - reach, rival + reach + 1))
        twice += there is not None and there.likeness >= max(LEAST_LIKENESS, _AS_GOOD * window.likeness)
    return 2 * twice > len(agreeing)


def _grouped(windows: Sequence[Window]) -> list[_Piece]:
    """Windows that follow one another on a line, as far as a clock may drift; one alone is chance."""
    groups: list[list[Window]] = []
    for window in sorted(windows, key=lambda window: window.middle_s):
        for group in reversed(groups):
            if _follows(group[-1], window):
                group.append(window)
                break
            if _is_enough(group):
                groups.append([window])
                break
        else:
            groups.append([window])
    return [_Piece(tuple(group)) for group in groups if _is_enough(group)]


def _is_enough(group: Sequence[Window]) -> bool:
    return len(group) > 1 and sum(window.length_s for window in group) >= _LEAST_IN_PIECE_S


def _follows(before: Window, after: Window) -> bool:
    allowed = ON_THE_LINE_S + MOST_DRIFT * (after.middle_s - before.middle_s)
    return abs(after.offset_s - before.offset_s) <= allowed


def _in_order(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces that lie in both shows in the same order, the longest first."""
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: -sum(window.length_s for window in piece.windows)):
        if all(_apart(*sorted((piece, other), key=lambda one: one.windows[0].middle_s)) for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda piece: piece.windows[0].middle_s)


def _apart(before: _Piece, after: _Piece) -> bool:
    last, first = before.windows[-1], after.windows[0]
    return last.middle_s < first.middle_s and last.middle_s + last.offset_s < first.middle_s + first.offset_s


def _drift(pieces: Sequence[_Piece]) -> float | None:
    """One drift for all: clocks do not change at a hole. Least squares with an offset a piece; None for short ones."""
    spans = [piece.windows[-1].middle_s - piece.windows[0].middle_s for piece in pieces]
    if not spans or max(spans) < _DRIFT_SEEN_S:
        return None
    above = below = 0.0
    for piece in pieces:
        middles = np.array([window.middle_s for window in piece.windows])
        offsets = np.array([window.offset_s for window in piece.windows])
        middles = middles - middles.mean()
        above += float(middles @ (offsets - np.median(offsets)))
        below += float(middles @ middles)
    return above / below if below else None


def _told_apart(one: Curve, other: Curve, pieces: Sequence[_Piece], drift: float) -> list[_Piece]:
    """The pieces with their offsets; neighbours on one line are one.

    What lies beside a line, between two parts of it, and agrees on the line as well, is a sound that repeats itself.
    """
    found: list[_Piece] = []
    for piece in pieces:
        offset = statistics.median(window.offset_s - drift * window.middle_s for window in piece.windows)
        same = next(
            (at for at in reversed(range(len(found))) if abs(found[at].offset_s - offset) <= _SAME_LINE_S), None
        )
        if same is not None and all(
            _repeats(one, other, beside.windows, _at(offset), ON_THE_LINE_S) for beside in found[same + 1 :]
        ):
            found = [*found[:same], _Piece((*found[same].windows, *piece.windows), found[same].offset_s)]
        else:
            found.append(_Piece(piece.windows, offset))
    return found


def _through(one: Curve, other: Curve, pieces: Sequence[_Piece], drift: float | None) -> Alignment | None:
    """The line of each piece, the breaks between them, and how the whole agrees."""
    slope = drift or 0.0
    breaks: list[Break] = []
    for before, after in pairwise(pieces):
        at_s = _break_at(one, other, before, after, slope)
        if breaks:
            at_s = max(at_s, breaks[-1].at_s + max(0.0, -breaks[-1].shift_s))
        breaks.append(Break(at_s, before.offset_s + at_s * (1 + slope), after.offset_s - before.offset_s))
    starts = [0, *(_at(one.at_s + max(0.0, -one.shift_s)) for one in breaks)]
    ends = [*(_at(one.at_s) for one in breaks), len(one)]
    windows: list[tuple[Window, bool]] = []
    for piece, start, end in zip(pieces, starts, ends, strict=True):
        middle_s = statistics.median(window.middle_s for window in piece.windows)
        for window in compare(one, other, _at(piece.offset_s + slope * middle_s), range(start, end)):
            away_s = abs(window.offset_s - piece.offset_s - slope * window.middle_s)
            windows.append((window, window.likeness >= LEAST_LIKENESS and away_s <= ON_THE_LINE_S))
    agreeing = sum(fits for _, fits in windows)
    if agreeing < max(FEWEST, LEAST_SHARE * len(windows)) or abs(slope) > MOST_DRIFT:
        return None
    return Alignment(
        offset_s=pieces[0].offset_s,
        drift=drift,
        agreement=statistics.median(window.likeness if fits else 0.0 for window, fits in windows),
        windows=tuple((window.start_s, window.end_s, fits) for window, fits in windows),
        breaks=tuple(breaks),
    )


def _break_at(one: Curve, other: Curve, before: _Piece, after: _Piece, slope: float) -> float:
    """The point where one piece's line gives way to the next, seconds: where both together are most alike.

    What the other show lacks lies behind it in the first one, and is compared with nothing.
    """
    start, end = _at(before.windows[0].start_s), _at(after.windows[-1].end_s)
    lacking = max(0, _at(before.offset_s - after.offset_s))
    places = np.arange(start, max(start + 1, end))
    alike = []
    for piece in (before, after):
        there = places + np.round((piece.offset_s + slope * places / RATE) * RATE).astype(np.int64)
        inside = (there >= 0) & (there < len(other)) & (places < len(one))
        alike.append(
            np.where(inside, one[np.minimum(places, len(one) - 1)] * other[there.clip(0, len(other) - 1)], 0.0)
        )
    first = np.concatenate((np.zeros(1), np.cumsum(alike[0])))
    second = np.concatenate((np.zeros(1), np.cumsum(alike[1])))
    behind = np.minimum(np.arange(len(first)) + lacking, len(second) - 1)
    return (start + int((first + second[-1] - second[behind]).argmax())) / RATE


def _at(seconds: float) -> int:
    return round(seconds * RATE)
