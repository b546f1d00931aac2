from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.languages import iso_639_2
from bobine.publish.text import ascii_url, one_line, paragraphs

ANYTHING = st.text(st.characters(codec=None), max_size=400)


def has_controls(text: str, but: str = "") -> bool:
    return any(
        unicodedata.category(char) in ("Cc", "Cs") or char in "\u202a\u202b\u202c\u202d\u202e\ufffe\uffff"
        for char in text
        if char not in but
    )


@given(ANYTHING, st.integers(2, 60))
def test_one_line_is_short_clean_and_encodable(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == line.strip()
    assert not has_controls(line)
    line.encode()


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text, 200), 200) == paragraphs(text, 200)


@given(ANYTHING, st.integers(3, 300))
def test_paragraphs_stay_within_bytes(text: str, max_bytes: int) -> None:
    whole = paragraphs(text, max_bytes)
    assert len(whole.encode()) <= max_bytes
    assert not has_controls(whole, but="\n")
    assert "\n\n\n" not in whole


def test_a_cut_falls_at_the_end_of_a_word() -> None:
    assert one_line("La fanfare de la Presle", 16) == "La fanfare de…"
    assert one_line("x" * 300) == "x" * 254 + "…"


def test_a_cut_does_not_tear_a_family_or_an_accent_apart() -> None:
    family = "👩‍👩‍👧"
    assert one_line(f"ab{family}", 4) == "ab…"
    assert one_line("abq\u0307c", 4) == "ab…"


def test_description_is_cut_between_characters() -> None:
    text = paragraphs("é" * 3000)
    assert text == "é" * 1998 + "…"
    assert len(text.encode()) <= 4000


def test_lines_keep_their_breaks_but_not_their_edges() -> None:
    assert paragraphs("  a \r\nb\r\r\r\n\n c\x00\x0b d\n") == "a\nb\n\n c  d"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://é.example/à b?x=1&y=%C3%A9#h", "https://%C3%A9.example/%C3%A0%20b?x=1&y=%C3%A9#h"),
        ("https://a.example/\r\nX: y", "https://a.example/%20%20X:%20y"),
        ("https://a.example/\ud800", "https://a.example/"),
        ("", ""),
    ],
)
def test_addresses_are_ascii(url: str, expected: str) -> None:
    assert ascii_url(url) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "fra"), ("fr-CA", "fra"), ("oc", "oci"), ("FR_fr", "fra"), ("gsw", "gsw"), ("xx", "und"), ("", "und")],
)
def test_languages_have_three_letters(language: str, expected: str) -> None:
    assert iso_639_2(language) == expected
