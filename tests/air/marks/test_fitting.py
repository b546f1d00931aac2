"""What hands do to marks: out of order, a little over one another, a closing « Fin »; and what stays refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.marks.fitting import FittedMarks, Mark, fit
from bobine.air.marks.formats.written import Faults, WrittenMark
from bobine.errors import MarksError
from bobine.model.aired.remarks import RemarkKind

RATE = 1000
SAMPLES = 60 * RATE


def written(*rows: tuple[float, float | None, str]) -> list[WrittenMark]:
    return [
        WrittenMark(number, 0, title, Fraction(str(start)), None if end is None else Fraction(str(end)))
        for number, (start, end, title) in enumerate(rows, 1)
    ]


def fitted(*rows: tuple[float, float | None, str], titles: tuple[str, ...] = ()) -> FittedMarks:
    return fit(written(*rows), RATE, SAMPLES, Faults("r.txt"), titles)


SHOW = ((0, 8, "Générique"), (8, 24, "Accueil"), (24, 40, "Portrait"), (40, 52, "Live"), (52, 60, "Générique de fin"))
EXPECTED = tuple(Mark(title, start * RATE, end * RATE) for start, end, title in SHOW)


@given(st.permutations(SHOW))
def test_any_order_is_sorted(rows: list[tuple[int, int, str]]) -> None:
    found = fitted(*rows)
    assert found.marks == EXPECTED
    assert len(found.remarks) == (tuple(rows) != SHOW)
    assert all(remark.kind is RemarkKind.MARKS and "triés" in remark.text for remark in found.remarks)


@pytest.mark.parametrize("over_s", [0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 1.7, 2.0])
def test_a_small_overlap_is_trimmed_with_a_word(over_s: float) -> None:
    found = fitted(*((start, min(60, end + over_s), title) for start, end, title in SHOW))
    assert found.marks == EXPECTED
    assert len(found.remarks) == (over_s > 0.2)
    if found.remarks:
        assert found.remarks[0].at_s == 8
        assert f"{str(over_s).replace('.', ',')} s" in found.remarks[0].text


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        (((0, 11, "a"), (8, 24, "b")), "repère 2"),
        (((0, 30, "a"), (8, 24, "b")), "repère 2"),
        (((0, 9, "a"), (8, 9.5, "b")), "repère 2"),
        (((0, 4, "a"), (2, 4, "b"), (2.5, 9, "c")), "repère 3"),
        (((0, 8, "a"), (8, 67, "b")), "0,0, après la fin"),
    ],
)
def test_one_inside_another_stays_refused(rows: tuple[tuple[float, float, str], ...], part: str) -> None:
    with pytest.raises(MarksError, match="après") as caught:
        fitted(*rows, (30, 40, "z")) if rows[-1][1] < 30 else fitted(*rows)
    if "fin" not in part:
        assert part in str(caught.value)


@pytest.mark.parametrize(("end_s", "words"), [(60.1, 0), (60.5, 1), (61, 1), (62, 1), (61.9, 1)])
def test_a_little_past_the_end_is_trimmed(end_s: float, words: int) -> None:
    found = fitted(*SHOW[:-1], (52, end_s, "Générique de fin"))
    assert found.marks == EXPECTED
    assert len(found.remarks) == words


def test_a_long_item_may_be_trimmed_by_more() -> None:
    found = fit(written((0, 605, "a"), (600, 1200, "b")), RATE, 1200 * RATE, Faults("r.txt"))
    assert [mark.end for mark in found.marks] == [600 * RATE, 1200 * RATE]
    assert "5,0 s" in found.remarks[0].text
    with pytest.raises(MarksError):
        fit(written((0, 615, "a"), (600, 1200, "b")), RATE, 1200 * RATE, Faults("r.txt"))


POINTS = tuple((start, None, title) for start, _, title in SHOW)
TITLES = tuple(title for _, _, title in SHOW)


@pytest.mark.parametrize(
    ("at_s", "title", "end_s"),
    [
        (60, "Fin", 60), (59.5, "FIN.", 59.5), (60.4, "fin", 60), (59, "", 59), (60, "Générique de fin", 60),
        (57, "Stop", 57),
        (56, "End", 56), (60.9, "terminé", 60), (55.5, "Fin de l'émission", 55.5), (59.7, "coupez !", 59.7),
        (61.5, "Fin", 60),
    ],
)  # fmt: skip
def test_a_closing_mark_ends_the_one_before(at_s: float, title: str, end_s: float) -> None:
    found = fitted(*POINTS, (at_s, None, title), titles=TITLES)
    assert found.marks == (*EXPECTED[:-1], Mark("Générique de fin", 52 * RATE, round(end_s * RATE)))
    assert any("finit le précédent" in remark.text for remark in found.remarks)


@pytest.mark.parametrize(
    ("at_s", "title", "titles"),
    [
        (52, "Fin", (*TITLES[:-1], "Fin")),
        (52, "Fin", TITLES),
        (58, "Stop", (*TITLES[:-1], "Stop ou encore")),
        (59.4, "Générique de fin", TITLES),
        (52, "Fine", (*TITLES[:-1], "Fine équipe")),
    ],
)
def test_a_last_mark_that_is_an_item_stays_one(at_s: float, title: str, titles: tuple[str, ...]) -> None:
    found = fitted(*POINTS[:-1], (at_s, None, title), titles=titles)
    assert found.marks[-1] == Mark(title, round(at_s * RATE), SAMPLES)


def test_a_mark_written_twice_counts_once() -> None:
    found = fitted(SHOW[0], SHOW[1], SHOW[1], *SHOW[2:])
    assert found.marks == EXPECTED
    assert "plusieurs fois" in found.remarks[0].text


TIMES = st.floats(-5, 70, allow_nan=False).map(lambda value: round(value, 3))


@given(st.lists(st.tuples(TIMES, st.none() | TIMES, st.sampled_from(["", "a", "Fin"])), min_size=1, max_size=8))
def test_any_marks_come_out_in_order_and_inside_or_are_refused(rows: list[tuple[float, float | None, str]]) -> None:
    try:
        found = fitted(*rows, titles=("a",))
    except MarksError:
        return
    assert found.marks
    assert all(0 <= mark.start < mark.end <= SAMPLES for mark in found.marks)
    assert all(one.end <= other.start for one, other in pairwise(found.marks))
