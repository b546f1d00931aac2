"""Notes from elsewhere: nothing that acts is left of them, and none of their words is lost."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.moving.reading import notes

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jav&#x09;ascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>1</script>">x</a>',
    "<svg><script>alert(1)</script></svg>",
    "<p onclick=alert(1) style='background:url(x)'>x</p>",
    "<iframe src='//x'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<b><i>unclosed",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            assert name != "href" or (value or "").startswith(("http:", "https:", "mailto:"))


def assert_harmless(html: str) -> None:
    tags = _Tags()
    tags.feed(html)
    tags.close()
    for tag, attributes in tags.found:
        assert tag in {"a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "pre",
                       "strong", "u", "ul"}  # fmt: skip
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())


@pytest.mark.boundary
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_is_left(attack: str) -> None:
    for html in (attack, f"<p>avant {attack} après</p>", attack * 3):
        assert_harmless(notes.clean(html))
        assert_harmless(notes.page("x", html).decode().partition("</title>")[2].removesuffix("</html>\n"))


@given(st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=12), st.sampled_from(("<p>", "</p>", "<", '"')))))
def test_no_mixture_acts(pieces: list[str]) -> None:
    assert_harmless(notes.clean("".join(pieces)))
    notes.plain("".join(pieces))


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), min_size=1, max_size=8))
def test_the_words_of_paragraphs_are_all_there(words: list[str]) -> None:
    html = "".join(f"<p>{escape(word)}</p>" for word in words)
    assert notes.words_of(html).split("\n\n") == [" ".join(word.split()) for word in notes_of(words)]


def notes_of(words: list[str]) -> list[str]:
    import unicodedata

    return [unicodedata.normalize("NFC", word) for word in words]


def test_words_keep_their_lines_lists_and_links() -> None:
    html = (
        '<p>Un <a href="https://x.example/a">lien</a>,<br>deux <a href="https://y.example">https://y.example</a></p>'
        '<ul><li>le <b>premier</b></li><li>le second</li></ul><a href="mailto:a@b.example">écrire</a>'
    )
    assert notes.words_of(html) == (
        "Un lien (https://x.example/a),\ndeux https://y.example\n\n– le premier\n– le second\n\nécrire (a@b.example)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom & Jerry <3", "Tom & Jerry <3"),
        ("a < b et c > d", "a < b et c > d"),
        ("une ligne\nune autre", "une ligne\nune autre"),
        ("&lt;p&gt;échappé deux fois&lt;/p&gt;", "<p>échappé deux fois</p>"),
    ],
)
def test_plain_text_stays_plain(text: str, expected: str) -> None:
    assert notes.plain(text) == expected
