"""The pure part: the transform, the line, and the items moved along it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.alignment.curves.fourier import cross_correlation
from bobine.air.alignment.curves.items import move_items
from bobine.air.alignment.curves.line import Alignment, line_through
from bobine.air.alignment.curves.pieces import align_shapes
from bobine.air.alignment.curves.shape import RATE, coarse, shape
from bobine.air.alignment.curves.windows import Window, compare
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem
from tests.air.alignment.energies import programme
from tests.examples import at_most

VALUES = st.lists(st.floats(-10, 10), min_size=1, max_size=40)


@given(VALUES, VALUES)
def test_the_fast_correlation_is_the_plain_one(one: list[float], other: list[float]) -> None:
    found = cross_correlation(np.array(one), np.array(other))
    lags = range(-(len(one) - 1), len(other))
    plain = [sum(v * other[i + lag] for i, v in enumerate(one) if 0 <= i + lag < len(other)) for lag in lags]
    assert list(found) == pytest.approx(plain, abs=1e-8)


def test_nothing_correlates_with_nothing() -> None:
    assert len(cross_correlation(np.zeros(0), np.ones(1))) == len(cross_correlation(np.ones(1), np.zeros(0))) == 0


@at_most(20)
@given(st.integers(0, 50), st.integers(-2500, 2500), st.floats(1e-3, 10))
def test_a_shift_is_found_whatever_the_level(seed: int, shift: int, gain: float) -> None:
    whole = programme(seed, 120)
    one, other = whole[max(0, -shift) :], [gain * value for value in whole[max(0, shift) :]]
    found = align_shapes(shape(one), shape(other))
    assert found is not None
    assert found.breaks == ()
    assert found.offset_s == pytest.approx(-shift / RATE, abs=0.01)
    assert found.agreement > 0.9


@at_most(20)
@given(st.integers(0, 30))
def test_two_programmes_do_not_agree(seed: int) -> None:
    one, other = shape(programme(seed, 90)), shape(programme(seed + 1000, 90))
    assert align_shapes(one, other) is None


def test_silence_and_what_repeats_itself_say_nothing() -> None:
    silence = shape([0.0] * 6000)
    assert set(silence) == {0.0}
    assert align_shapes(silence, shape(programme(1, 60))) is None
    loop = shape(programme(2, 10) * 8)
    assert align_shapes(loop, loop) is None
    assert align_shapes(np.zeros(0), loop) is None
    assert compare(silence, shape(programme(1, 60)), 0) == ()


@given(st.lists(st.floats(-1e-6, 1)))
def test_a_shape_is_finite_and_as_long(energies: list[float]) -> None:
    found = shape(energies)
    assert len(found) == len(energies)
    assert all(map(math.isfinite, found))


def test_coarse_values_are_means() -> None:
    assert list(coarse([1, 3, 5, 7, 100], 2)) == [2, 6]


def window(middle_s: float, offset_s: float, likeness: float = 0.9) -> Window:
    return Window(middle_s=middle_s, length_s=20, offset_s=offset_s, likeness=likeness)


@given(
    st.floats(-1000, 1000),
    st.floats(-200e-6, 200e-6),
    st.lists(st.tuples(st.floats(-0.004, 0.004), st.floats(0.5, 1)), min_size=20, max_size=60),
    st.data(),
)
def test_the_line_is_found_through_wrong_windows(
    offset_s: float, drift: float, noise: list[tuple[float, float]], data: st.DataObject
) -> None:
    wrong = data.draw(st.sets(st.integers(0, len(noise) - 1), max_size=len(noise) // 5))
    windows = [
        window(30 * at, offset_s + 30 * at * drift + (0.5 if at in wrong else error), likeness)
        for at, (error, likeness) in enumerate(noise)
    ]
    found = line_through(windows)
    assert found is not None
    assert found.drift is not None
    for at in range(len(noise)):
        seconds = 30.0 * at
        assert found.there(seconds) == pytest.approx(seconds * (1 + drift) + offset_s, abs=0.02)
    assert [fits for _, _, fits in found.windows] == [at not in wrong for at in range(len(noise))]


def test_too_few_that_agree_make_no_line() -> None:
    assert line_through([]) is None
    assert line_through([window(20 * at, 3.0) for at in range(3)]) is None
    assert line_through([window(20 * at, 3.0, 0.2) for at in range(30)]) is None
    assert line_through([window(20 * at, 3.0, 0.9 if at % 2 else 0.1) for at in range(30)]) is None
    assert line_through([window(20 * at, 0.002 * at * at % 1) for at in range(30)]) is None
    assert line_through([window(60 * at, 0.06 * at) for at in range(30)]) is None  # 1000 ppm is no clock


def test_a_short_common_part_gives_no_drift() -> None:
    found = line_through([window(10 * at, 3.0) for at in range(6)])
    assert found is not None
    assert found.drift is None
    assert (found.offset_s, found.there(10)) == pytest.approx((3, 13))


@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=12), st.floats(-30, 30), st.floats(-1e-4, 1e-4))
def test_moved_items_stay_in_order_and_inside(lengths: list[int], offset_s: float, drift: float) -> None:
    items, position = [], 0
    for number, length in enumerate(lengths):
        items.append(AiredItem(id=f"i{number}", start=position, end=position + length))
        position += length
    samples = 44_100 * 20
    alignment = Alignment(offset_s=offset_s, drift=drift, agreement=0.9, windows=())
    try:
        found = move_items(items, 48_000, alignment, 44_100, samples, {}).items
    except MarksError:
        found = ()
    by_id = {item.id: item for item in items}
    for item in found:
        assert 0 <= item.start < item.end <= samples
        for at, was in ((item.start, by_id[item.id].start), (item.end, by_id[item.id].end)):
            true = (offset_s + was / 48_000 * (1 + drift)) * 44_100
            assert at == pytest.approx(min(max(true, 0), samples), abs=1)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_what_is_cut_missing_or_doubtful_is_said() -> None:
    items = [
        AiredItem(id=name, start=at * 1000, end=(at + 10) * 1000)
        for name, at in zip("abcd", range(0, 40, 10), strict=True)
    ]
    windows = ((0.0, 20.0, True), (20.0, 30.0, False), (30.0, 40.0, True))
    alignment = Alignment(offset_s=-9.5, drift=None, agreement=0.9, windows=windows)
    found = move_items(items, 1000, alignment, 1000, 28_000, {"a": "Un", "b": "Deux", "c": "Trois"})
    assert [(item.id, item.start, item.end) for item in found.items] == [
        ("b", 500, 10_500), ("c", 10_500, 20_500), ("d", 20_500, 28_000),
    ]  # fmt: skip
    assert found.notes == (
        "Ce fichier ne contient pas « Un » : le podcast s'en passera.",
        "Le début ou la fin de ce fichier coupe « d ».",
        "Le fichier s'écarte de l'enregistrement pendant « Trois » : vérifiez à l'écoute.",
    )
    with pytest.raises(MarksError, match="aucun des éléments"):
        move_items(items, 1000, alignment, 1000, 100, {})
