"""Lengths and days as people write them."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.written.days import parse_day
from bobine.model.written.durations import format_duration, parse_duration

LENGTHS = [
    ("5", 300), ("90", 5400), ("5 minutes", 300), ("5 Minutes", 300), ("1 minute", 60), ("une minute", 60),
    ("5 min", 300), ("5min", 300), ("5 mn", 300), ("5 mins", 300), ("5 min.", 300), ("5m30", 330), ("5 min 30 s", 330),
    ("5 minutes 30", 330), ("5 minutes et 30 secondes", 330), ("5 minutes 30 secondes", 330), ("30 secondes", 30),
    ("30 sec", 30), ("210 s", 210), ("1h02", 3720), ("1 h 02", 3720), ("1h", 3600), ("1 heure", 3600),
    ("2 heures", 7200), ("une heure", 3600), ("1 heure 30", 5400), ("1 heure et 5 minutes", 3900),
    ("1h02m05s", 3725), ("1 h 02'05", 3725),
    ("1\u00a0h\u00a002", 3720), ("3'30", 210), ("3’30", 210), ("3'30''", 210), ("3:30", 210), ("1:02:00", 3720),
    ("45\"", 45), (" 5 ", 300), ("180", 10_800),
]  # fmt: skip

NO_LENGTHS = ["", "0", "00", "-5", "−5", "5,5", "5.30", "3.30", "3'75", "5 litres", "cinq", "5 5", "25 h", "h", "min",
              "'",            "1" * 5_000, "9" * 5_000 + " s", "９", "٥", "5 minutes 75", "181", "210"]  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), LENGTHS)
def test_a_length_is_read(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.boundary
@pytest.mark.parametrize("text", NO_LENGTHS)
def test_what_is_no_length_is_refused_in_one_sentence(text: str, attempt) -> None:  # type: ignore[no-untyped-def]
    with attempt("a text that is no length"), pytest.raises(ValueError, match=r"« .*crivez") as caught:
        parse_duration(text)
    assert len(str(caught.value)) < 200


def test_a_number_alone_is_refused_where_lengths_are_seconds() -> None:
    with pytest.raises(ValueError, match="n'est pas une durée"):
        parse_duration("5", bare=False)
    assert parse_duration("5 s", bare=False) == timedelta(seconds=5)


@given(st.integers(0, 86_400))
def test_what_is_printed_is_read_back(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(format_duration(length)) == length


@given(st.text(max_size=30))
def test_any_text_is_a_length_or_refused(text: str) -> None:
    length = timedelta()
    with contextlib.suppress(ValueError):
        length = parse_duration(text)
    assert timedelta() <= length <= timedelta(hours=24)


@pytest.mark.parametrize(
    "text",
    [
        "26/11/2026", "26.11.2026", "26-11-2026", "26 11 2026", "26/11/26", "2026-11-26", "2026/11/26",
        "26 novembre 2026", "jeudi 26 novembre 2026", "Jeudi 26 Novembre 2026", "jeu. 26 nov. 2026",
        "jeudi, 26 nov 2026", "26/11", "26 novembre", "jeudi 26 novembre", " 26\u00a0novembre\u00a02026 ",
        "jeudi 26/11",
    ],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert parse_day(text, date(2026, 12, 24)) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("1er décembre 2026", None, date(2026, 12, 1)),
        ("1er de\u0301cembre", date(2026, 11, 1), date(2026, 12, 1)),
        ("3/1", date(2026, 12, 20), date(2027, 1, 3)),
        ("20/12", date(2027, 1, 3), date(2026, 12, 20)),
        ("29/02", date(2028, 1, 1), date(2028, 2, 29)),
        ("jeudi 3 décembre", date(2026, 6, 1), date(2026, 12, 3)),
        ("juin 2026", None, None),
        ("2 juil 2026", None, date(2026, 7, 2)),
        ("2 jui 2026", None, None),
        ("2 ma 2026", None, None),
        ("2 mar 2026", None, date(2026, 3, 2)),
        ("26/11", None, None),
        ("29/02/2026", None, None),
        ("31/11/2026", None, None),
        ("26/11/999999", None, None),
        ("0/0/0", None, None),
        ("vendredi 26 novembre 2026", None, None),
        ("", None, None),
        ("demain", date(2026, 1, 1), None),
        ("٢٦/١١/٢٠٢٦", None, None),
        ("2" * 5_000, date(2026, 1, 1), None),
    ],
)
def test_a_day_without_a_year_is_the_closest_and_what_is_none_is_refused(
    text: str, near: date | None, day: date | None
) -> None:
    if day is not None:
        assert parse_day(text, near) == day
        return
    with pytest.raises(ValueError, match="jour"):
        parse_day(text, near)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_form_reads_the_same_day(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y"):
        assert parse_day(day.strftime(form)) == day
