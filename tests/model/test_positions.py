from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.written.positions import format_position, parse_position

GOOD = [
    ("1:23.4", Fraction(834, 10)),
    ("1:23,4", Fraction(834, 10)),
    ("0:00", Fraction(0)),
    ("1:02:05", Fraction(3725)),
    ("1:02:05,125", Fraction(3725125, 1000)),
    ("83.4", Fraction(834, 10)),
    ("83,4 s", Fraction(834, 10)),
    ("7", Fraction(7)),
    ("90:00", Fraction(5400)),
    ("1'31", Fraction(91)),
    ("1’31,5", Fraction(183, 2)),
    (" 1:31 ", Fraction(91)),
    ("0:12.345678", Fraction(12345678, 10**6)),
]
BAD = ["", "x", "1:2", "1:60", "1:99:00", "-1:23", "−3", "1:23:4", "1.2.3", "1h02", "1:23:45:67", "1e3", "²", "inf",
       ":30", "1:", "9" * 40]  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), GOOD)
def test_positions_are_read_as_people_write_them(text: str, seconds: Fraction) -> None:
    assert parse_position(text) == seconds


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_position_is_refused_in_french(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas une position"):
        parse_position(text)


@given(st.integers(0, 10**7))
def test_what_is_written_is_read_back_to_the_millisecond(thousandths: int) -> None:
    assert parse_position(format_position(Fraction(thousandths, 1000))) == Fraction(thousandths, 1000)
