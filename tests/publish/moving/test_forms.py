"""Values as the feeds of real hosts write them, met in the test suites of readers of feeds; each line is our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.publish.moving.reading.forms import instant, length_s, moment_ms, number, truth

NAIVE = datetime(2020, 1, 1)  # noqa: DTZ001 - the strategies want one
AT_18 = datetime(2026, 11, 26, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 26 Nov 2026 18:00:00 GMT",
        "Thu, 26 Nov 2026 19:00:00 +0100",
        "  Thu,  26 Nov\n 2026 18:00:00 +00:00 ",
        "Mon, 26 Nov 2026 18:00:00 GMT",  # the wrong day of the week
        "Thursday, 26 November 2026 18:00:00 UT",
        "Thurs, 26 Nov 2026 13:00:00 EST",
        "26 Nov 2026 18:00 Z",
        "Thu, 26 Nov 26 18:00:00 GMT",
        "Thu, 26-Nov-2026 18:00:00 GMT",
        "jeu., 26 nov. 2026 19:00:00 +0100",
        "jeudi 26 novembre 2026 19:00 +01:00",
        "Thu, 26 Nov 2026 19:00:00 GMT+1",
        "Do, 26 Nov 2026 18:00:00 +0000",
        "2026-11-26T18:00:00Z",
        "2026-11-26T19:00:00.123+01:00",
        "2026-11-26 18:00",
    ],
)
def test_an_instant_is_read_in_its_odd_forms(text: str) -> None:
    assert instant(text) == AT_18


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 26 Nov 2026 24:00:00 GMT", datetime(2026, 11, 27, tzinfo=UTC)),
        ("Thu, 26 Nov 2026", datetime(2026, 11, 26, tzinfo=UTC)),
        ("2026-11-26", datetime(2026, 11, 26, tzinfo=UTC)),
        ("13 août 2021 08:00:00 +0200", datetime(2021, 8, 13, 6, tzinfo=UTC)),
        ("1 févr. 2021 08:00:00 +0000", datetime(2021, 2, 1, 8, tzinfo=UTC)),
        ("12 juillet 2021 08:00:00 +0000", datetime(2021, 7, 12, 8, tzinfo=UTC)),
        ("hier", None),
        ("", None),
        ("11/26/2026", None),
        ("Thu, 31 Feb 2026 18:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 26 Nov 99999 18:00:00 GMT", None),
    ],
)
def test_what_is_no_instant_is_none(text: str, expected: datetime | None) -> None:
    assert instant(text) == expected


@given(st.datetimes(NAIVE.replace(1971), NAIVE.replace(2199)), st.integers(-12, 14))
def test_every_date_of_the_standard_is_read(naive: datetime, hours: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert instant(format_datetime(moment)) == moment == instant(moment.isoformat())


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_an_instant_or_none(text: str) -> None:
    found = instant(text)
    assert found is None or found.tzinfo is UTC
    for read in (length_s, moment_ms, truth):
        read(text)
    number(text, 99)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3300", 3300), ("55:00", 3300), ("0:55:00", 3300), ("00:55:00", 3300), ("3300.4", 3300), ("PT55M", 3300),
        ("PT1H2M3S", 3723), ("65:00", 3900), ("", None), ("0", None), ("55 min", None), ("-3", None), ("1e9", None),
        ("99999999999", None), ("PT", None),
    ],
)  # fmt: skip
def test_a_length_is_seconds_or_a_clock(text: str, expected: int | None) -> None:
    assert length_s(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("73", 73_000), ("73.25", 73_250), ("01:13.250", 73_250), ("00:01:13", 73_000), ("1.5s", None), ("", None)],
)
def test_a_place_in_the_sound(text: str, expected: int | None) -> None:
    assert moment_ms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("7", 7), ("07", 7), ("7.0", 7), ("3.5", None), ("0", None), ("100", None), ("S2", None)]
)
def test_a_number_counts_from_one(text: str, expected: int | None) -> None:
    assert number(text, 99) == expected


def test_a_parental_advisory() -> None:
    assert [truth(text) for text in ("yes", "True", "explicit", "no", "clean", "FALSE", "", "maybe")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip
