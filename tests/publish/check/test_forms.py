"""The forms of values: dates, addresses, languages, times, licences."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.check.rules import looking
from bobine.publish.check.rules.base.chapter_lists import timestamps


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("Thu, 26 Nov 2026 18:05:00 GMT", True),
        ("26 Nov 2026 18:05 +0100", True),
        ("Thu, 26 Nov 2026 18:05:00 -0000", True),
        ("Thu, 6 Nov 2026 18:05:00 EST", True),
        ("Thu, 26 Nov 26 18:05:00 GMT", False),
        ("Thu, 26 Nov 2026 18:05:00", False),
        ("Thu, 31 Nov 2026 18:05:00 GMT", False),
        ("2026-11-26T18:05:00Z", False),
        ("jeu., 26 nov. 2026 18:05:00 GMT", False),
        ("Thu, 26 Nov 2026 25:05:00 GMT", False),
        ("", False),
    ],
)
def test_a_date_of_a_feed(text: str, is_date: bool) -> None:
    assert (looking.rfc822_instant(text) is not None) is is_date


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_what_an_instant_is_written_as_is_read_again(instant: datetime) -> None:
    whole = instant.astimezone(UTC).replace(microsecond=0)
    text = format_datetime(whole)
    assert looking.rfc822_instant(text) == whole
    assert looking.has_right_weekday(text, whole)
    assert looking.iso_instant(whole.isoformat()) == whole


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        *(("https://radio.example/a%20b?c=d#e", True), ("http://[::1]:8470/", True), ("HTTPS://R.example/", True)),
        *(("https://radio.example/é", False), ("https://radio.example/a b", False), ("//radio.example/", False)),
        *(("https://", False), ("https://radio.example:port/", False), ("javascript:alert(1)", False), ("", False)),
        *(("https://[::1/", False), ("ftp://radio.example/", False)),
    ],
)
def test_an_address(text: str, is_address: bool) -> None:
    assert looking.is_address(text) is is_address


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Bonsoir", []),
        ("Rendez-vous à 18:00", []),
        ("18:00 : ouverture des portes", []),
        ("00:00:00 Générique", [0]),
        ("00:00 Générique\n12:30 Politique\n1:02:03 Fin", [0, 750, 3723]),
        ("<p>0:00 a<br/>(0:40) b</p><ul><li>[1:00] c</li></ul>", [0, 40, 60]),
        ("00:00 – a\n00:40 – b", [0, 40]),
        ("à 00:00 puis 01:00", []),
        ("10:30:00.500 x", []),
    ],
)
def test_times_in_a_description(text: str, seconds: list[int]) -> None:
    assert timestamps(text) == seconds


@given(st.text(max_size=60))
def test_any_text_has_a_form_or_none(text: str) -> None:
    looking.rfc822_instant(text)
    looking.iso_instant(text)
    looking.whole(text)
    looking.extension(f"https://{text}")
    looking.is_secure(f"https://{text}")
    timestamps(text)
