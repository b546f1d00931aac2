"""Whatever comes in the place of a feed: it is read as far as it can be, and its faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.publish.check import reading
from bobine.publish.check.public import check_bytes
from bobine.publish.check.reading import read_feed
from bobine.publish.check.rules.finding import MOST_OF_A_RULE
from tests.publish.check.feeds import NOW, OURS
from tests.publish.check.mutations import many_items
from tests.publish.samples import FEED

TEXT = OURS.decode()


def rules(content: bytes) -> set[str]:
    return {finding.rule for finding in check_bytes(content, NOW, FEED)}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.replace("'UTF-8'", "'iso-8859-1'").replace("🎄", "").encode("latin-1", "replace"), {"xml/utf-8"}),
        (TEXT.replace("Une fanfare", "Été").encode("cp1252", "replace"), {"xml/encoding"}),
        (b"<html><body>403 Forbidden</body></html>", {"xml/html"}),
        (b"<!-- page --><!doctype HTML><html/>", {"xml/html"}),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', {"rss/root"}),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', {"xml/not-well-formed"}),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {"xml/control-character", "xml/encoding", "xml/not-well-formed"}),
        (b"", {"xml/empty"}),
        (b"\xff\xfe", {"xml/empty"}),
        (b"<rss", {"xml/not-well-formed"}),
        (b"<a>" * 100_000, {"xml/not-well-formed", "rss/root"}),
    ],
    ids=["latin-1", "not utf-8", "html", "a page", "atom", "json", "an image", "nothing", "a mark", "cut", "deep"],
)
def test_the_form_is_told(content: bytes, expected: set[str]) -> None:
    found = rules(content)
    assert expected <= found
    assert {rule for rule in found if rule.startswith(("xml/", "rss/root"))} == expected


def test_an_accent_in_another_encoding_does_not_hide_the_rest() -> None:
    spoilt = TEXT.replace("Une fanfare", "Été").replace("<itunes:explicit>false", "<itunes:explicit>no", 1)
    assert {"xml/encoding", "psp1/explicit-value"} <= rules(spoilt.encode("cp1252", "replace"))


def test_entities_stay_closed_and_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SESAME")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for inner, use in ((f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"), (f'<!ENTITY l0 "ha">{laughs}', "&l11;")):
        content = f"<!DOCTYPE rss [{inner}]><rss version='2.0'><channel><title>{use}</title></channel></rss>".encode()
        found = check_bytes(content, NOW)
        assert {finding.rule for finding in found} == {"xml/doctype"}
        assert "SESAME" not in str(found)


def test_a_doctype_that_hides_is_found_as_well() -> None:
    content = b"<?xml version='1.0'?><!-- <rss> --><?x y?>\n<!DOCTYPE rss><rss version='2.0'/>"
    assert rules(content) == {"xml/doctype"}
    assert "ligne 2" in check_bytes(content, NOW)[0].where


def test_an_enormous_feed_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    assert rules(OURS) == {"xml/too-large"}


def test_lines_are_those_of_the_file() -> None:
    line = TEXT.splitlines().index("    <language>fr</language>") + 1
    for text in (TEXT, "\n\n" + TEXT, TEXT.replace("\n", "\r\n")):
        found = check_bytes(text.replace("<language>fr", "<language>français").encode(), NOW, FEED)
        shift = 2 if text.startswith("\n") else 0
        assert f"ligne {line + shift}" in {finding.where for finding in found if finding.rule == "psp1/language-code"}


def test_a_place_names_the_item() -> None:
    bad = TEXT.replace("<itunes:season>8", "<itunes:season>huit", 1)
    where = next(finding.where for finding in check_bytes(bad.encode(), NOW, FEED) if finding.rule == "apple/number")
    assert where.endswith(", « La fanfare de la Presle, semaine 1 »")


def test_one_fault_in_a_thousand_items_is_told_a_few_times() -> None:
    bad = many_items(TEXT, 1000).replace("<itunes:season>8", "<itunes:season>huit")
    found = [finding for finding in check_bytes(bad.encode(), NOW, FEED) if finding.rule == "apple/number"]
    assert len(found) == MOST_OF_A_RULE + 1
    assert f"encore {1000 - MOST_OF_A_RULE} fois" in found[-1].text


def test_namespaces_are_known_by_address_and_by_prefix() -> None:
    root = read_feed(TEXT.replace("itunes:", "i:").replace(":itunes", ":i").encode()).root
    assert root is not None
    assert root.children[0].value("itunes:author") == "La Bobine Romanaise"
    undeclared = read_feed(b"<rss><channel><itunes:author>x</itunes:author></channel></rss>").root
    assert undeclared is not None
    assert undeclared.children[0].value("itunes:author") == "x"
