"""Good feeds, about which the checker has nothing to say."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.publish.check.public import check_bytes
from tests.publish.check.feeds import NOW, OURS, our_feed
from tests.publish.samples import FEED, NASTY_TITLES, SHOW, release

GOOD = Path(__file__).parent / "good"


@pytest.mark.parametrize(
    ("name", "address"),
    [("minimal", "https://radio.example/courts/flux.xml"), ("rich", "https://radio.example/quais/flux.xml")],
)
def test_nothing_is_said_of_a_good_feed(name: str, address: str) -> None:
    content = (GOOD / f"{name}.xml").read_bytes()
    assert check_bytes(content, NOW, address) == ()
    assert check_bytes(content, NOW) == ()


@pytest.mark.parametrize(
    "content",
    [
        OURS,
        our_feed(),
        our_feed(*(release(week) for week in range(40))),
        our_feed(release(people=(), audio=release().audio[:1])),
        our_feed(release(), show=dataclasses.replace(SHOW, description="Une ligne.")),
    ],
    ids=["two episodes", "none", "forty", "one file, nobody named", "a short description"],
)
def test_nothing_is_said_of_ours(content: bytes) -> None:
    assert check_bytes(content, NOW + timedelta(days=400), FEED) == ()


def test_other_vocabularies_have_rules_of_their_own() -> None:
    other = f'<item><media:description xmlns:media="http://search.yahoo.com/mrss/"> <![CDATA[<b>{"x" * 900}</b>]]> '
    content = OURS.replace(b"<item>", f"{other}</media:description>".encode(), 1)
    assert check_bytes(content, NOW, FEED) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_nothing_is_said_of_a_good_encoding(encoding: str) -> None:
    text = OURS.decode().replace("encoding='UTF-8'", f"encoding='{encoding.removesuffix('-sig')}'")
    assert check_bytes(text.encode(encoding), NOW, FEED) == ()
    assert check_bytes(text.replace("\n", "\r\n").encode(encoding), NOW, FEED) == ()


@pytest.mark.parametrize("title", NASTY_TITLES)
def test_whatever_a_title_holds_our_feed_has_no_error(title: str) -> None:
    show = dataclasses.replace(SHOW, title=title, description=title)
    found = check_bytes(our_feed(release(title=title, description=title), show=show), NOW, FEED)
    assert [finding for finding in found if finding.severity == "error"] == []
    assert {finding.rule for finding in found} <= {"text/html"}


@settings(max_examples=60)
@given(st.binary(max_size=2000) | st.text(max_size=2000).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_judged_and_nothing_is_raised(content: bytes) -> None:
    assert check_bytes(content, NOW)


@settings(max_examples=150)
@given(st.integers(0, len(OURS) - 1), st.binary(max_size=12), st.integers(0, 40))
def test_a_damaged_feed_is_judged_and_nothing_is_raised(place: int, put: bytes, cut: int) -> None:
    for finding in check_bytes(OURS[:place] + put + OURS[place + cut :], NOW, FEED):
        assert finding.text.endswith((".", "…", "/>."))
        assert "\n" not in finding.text + finding.where
        assert finding.rule.count("/") == 1


@pytest.mark.parametrize("value", ["", " ", "[", "http://[", "é", "-1", "9" * 40, "١٢", "1e999", "nan", "a:b", "&#9;"])
def test_whatever_stands_in_the_place_of_a_value_nothing_is_raised(value: str) -> None:
    text = (GOOD / "rich.xml").read_text("utf-8")
    places = [found.span(1) for found in re.finditer(r'(?:(?<==")|(?<=>))([^"<>]+)(?="|</)', text)]
    for start, end in places:
        check_bytes((text[:start] + value + text[end:]).encode(), NOW)


def test_now_is_the_callers() -> None:
    early = datetime(2026, 11, 20, tzinfo=UTC)
    assert "psp1/future-date" in {finding.rule for finding in check_bytes(OURS, early, FEED)}
