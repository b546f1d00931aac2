"""The fields of a form: what is shown reads back as the same value, and what cannot be read says what is accepted."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.french import is_one_safe_line
from bobine.model.written.days import parse_day
from bobine.store.rules import texts
from bobine.tui.kit.entry import one_line
from bobine.tui.kit.forms.fields import Control, FieldSpec, parse_hour, text_of, text_of_day, value_of


def spec(control: Control, *, optional: bool = False) -> FieldSpec:
    return FieldSpec(name="x", label="X", control=control, optional=optional)


@given(st.integers(1, 86_400).map(lambda seconds: timedelta(seconds=seconds)))
def test_durations_read_back(duration: timedelta) -> None:
    assert value_of(spec(Control.DURATION), text_of(duration)) == duration


@given(st.times().map(lambda one: one.replace(microsecond=0, fold=0)))
def test_hours_read_back(hour: time) -> None:
    assert value_of(spec(Control.HOUR), text_of(hour)) == hour


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_days_read_back(day: date) -> None:
    assert value_of(spec(Control.DAY), text_of_day(day)) == day
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18:53:10", time(18, 53, 10)),
        ("18:53", time(18, 53)),
        ("18 h 53", time(18, 53)),
        ("18h53", time(18, 53)),
        ("18H", time(18)),
        ("18 h 5", time(18, 5)),
        ("18 h 53 min 10", time(18, 53, 10)),
    ],
)
def test_hours_as_people_write_them(text: str, hour: time) -> None:
    assert parse_hour(f" {text} ") == hour


@pytest.mark.parametrize(
    ("control", "text", "message"),
    [
        (Control.HOUR, "25:00", "n'est pas une heure : écrivez 18:53:10"),
        (Control.HOUR, "18", "n'est pas une heure"),
        (Control.DAY, "31/02/2026", "n'est pas un jour : écrivez 26/11/2026"),
        (Control.DAY, "demain", "n'est pas un jour"),
        (Control.DURATION, "demain", "n'est pas une durée : écrivez 3'30"),
        (Control.DURATION, "0 s", "au-dessus de zéro"),
        (Control.DURATION, "", "il faut une valeur ici"),
        (Control.NUMBER, "0", "à partir de 1"),
        (Control.NUMBER, "٣", "à partir de 1"),
        (Control.LINE, "a\x07b", "caractère invisible"),
        (Control.LINE, "a" * 256, "255 au plus"),
        (Control.LINES, "é" * 2001, "4000 au plus"),
    ],
)
def test_what_cannot_be_read_says_what_is_accepted(control: Control, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        value_of(spec(control), text)


@pytest.mark.parametrize("control", [Control.DURATION, Control.HOUR, Control.DAY, Control.NUMBER])
def test_an_empty_optional_field_is_no_value(control: Control) -> None:
    assert value_of(spec(control, optional=True), "  ") is None


def test_words_come_once_each_in_their_order() -> None:
    assert value_of(spec(Control.WORDS), " M2, M1;M2  L1 ") == ("M2", "M1", "L1")


@given(st.text())
def test_what_is_pasted_becomes_one_safe_line(text: str) -> None:
    line = one_line(text)
    assert is_one_safe_line(line)
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line) == line
    assert not line or len(line) > 255 or texts.one_line(line) is None


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Zs", "Cn"]), max_size=200))
def test_a_line_that_is_safe_is_pasted_as_it_is(text: str) -> None:
    assert one_line(text) == text


@given(st.text(max_size=900))
def test_notes_are_read_into_what_a_file_may_hold(text: str) -> None:
    kept = value_of(spec(Control.LINES), text)
    assert kept == "" or texts.several_lines(kept) is None
    assert value_of(spec(Control.LINES), kept) == kept
