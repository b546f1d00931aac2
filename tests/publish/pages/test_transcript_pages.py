"""What is said in an episode, as its pages tell it: whatever the tool that wrote it, and gone when it is to be gone."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.published.release import Release
from bobine.publish.destinations.store import Store
from bobine.publish.pages.episode_page import MOST_PAGE_BYTES
from bobine.publish.pages.keys import episode_of, state_key, transcript_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.pages.site import pages_of
from bobine.publish.pages.transcript import FORMS, Paragraph, file_of, paragraphs_of
from bobine.publish.transcripts.reading import Cue, cues_of
from tests.publish.pages.pages_samples import ATTACKS, MAGAZINE, SAID, hostile, hostile_show, told, withdrawn
from tests.publish.samples import BASE, DAY, SHOW, stored
from tests.publish.stores import opened_folder

SLUG = SHOW.slug
OWN = transcript_key(SLUG, DAY)
PAGE = episode_of(OWN)
SRT = SAID.replace(b"WEBVTT\n\nNOTE of a machine\n\n", b"").replace(b".000", b",000").replace(b".500", b",500")


def test_it_is_read_in_both_forms() -> None:
    said = [
        Cue(1.0, 4.0, "Nadia Ferhat", "Bonsoir & bienvenue,"),
        Cue(4.0, 6.5, "Nadia Ferhat", "ici La Bobine !"),
        Cue(12.0, 15.0, "Thi-Lan Nguyen", "Je couds depuis vingt ans."),
    ]
    assert cues_of(SAID) == cues_of(SRT) == said
    assert paragraphs_of(SAID) == [
        Paragraph(1, "Nadia Ferhat", "Bonsoir & bienvenue, ici La Bobine !"),
        Paragraph(12, "Thi-Lan Nguyen", "Je couds depuis vingt ans."),
    ]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nUn\r\ndeux\r\n\r\n", ["Un deux"]),
        ("1\n00:00:01,000 --> 00:00:02,000\nété".encode("cp1252"), ["été"]),
        (b"1\n0:0:1,0 --> 0:0:2,0\nUn\n2\n0:0:2,0 --> 0:0:3,0\nDeux", ["Un", "Deux"]),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Oui <v.loud Bob>Non</v>", ["Oui", "Non"]),
        (b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<b>Haut</b> 1 < 2", ["Haut 1 < 2"]),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nUn\n\n00:03.000 --> 00:04.000\n12", ["Un", "12"]),
        (b"WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE rien\n", []),
        (b"", []),
        (b"<html>rien</html>", []),
    ],
)
def test_files_as_tools_write_them(content: bytes, texts: list[str]) -> None:
    assert [cue.text for cue in cues_of(content)] == texts


@given(st.binary(max_size=200) | st.text("0123:.,-> \n<v>a&;", max_size=80).map(str.encode))
def test_whatever_comes_is_read(content: bytes) -> None:
    for one in paragraphs_of(content):
        assert one.text
        assert one.second >= 0


_CUES = st.lists(
    st.tuples(st.integers(0, 3000), st.sampled_from(["", "A", "B"]), st.text("ab.", min_size=1)), max_size=20
)


@given(_CUES)
def test_every_word_is_in_a_paragraph_in_the_order_of_time(said: list[tuple[int, str, str]]) -> None:
    blocks = [
        f"{at // 60:02d}:{at % 60:02d}.000 --> {at // 60:02d}:{at % 60:02d}.500\n{f'<v {who}>' if who else ''}{text}"
        for at, who, text in sorted(said)
    ]
    found = paragraphs_of("\n\n".join(["WEBVTT", *blocks]).encode())
    assert " ".join(one.text for one in found) == " ".join(text for _, _, text in sorted(said))
    assert [one.second for one in found] == sorted(one.second for one in found)
    for voice in ("", "A", "B"):
        spoken = " ".join(one.text for one in found if one.who == voice)
        assert spoken == " ".join(text for _, who, text in sorted(said) if who == voice)


def test_a_short_one_is_in_the_page_and_apart() -> None:
    pages = pages_of(MAGAZINE, [told(0)], BASE, lambda _file: SAID)
    for key in (PAGE, OWN):
        page = pages[key].decode()
        assert "Je couds depuis vingt ans." in page
        assert '.mp3#t=12"' in page
        assert "<b>Thi-Lan Nguyen</b>" in page
    assert "<details>\n<summary>Lire ce qui se dit" in pages[PAGE].decode()
    assert 'href="transcription.html"' in pages[PAGE].decode()


def test_a_long_one_is_apart_alone() -> None:
    cues = [
        f"{n // 60:02d}:{n % 60:02d}.000 --> {n // 60:02d}:{n % 60:02d}.500\n<v V{n % 2}>{'mot ' * 20}"
        for n in range(600)
    ]
    content = "\n\n".join(["WEBVTT", *cues]).encode()
    pages = pages_of(MAGAZINE, [told(0)], BASE, lambda _file: content)
    assert len(pages[PAGE]) < MOST_PAGE_BYTES
    assert b"mot mot" not in pages[PAGE]
    assert b'href="transcription.html">Lire la transcription' in pages[PAGE]
    assert pages[OWN].count(b"mot ") > 10_000


def test_the_form_that_says_most_is_taken_and_one_that_cannot_be_read_has_no_page() -> None:
    forms = (("html", "text/html"), ("srt", FORMS[1]), ("vtt", FORMS[0]))
    files = tuple(stored(f"{SLUG}/transcripts/{DAY}-HASH.{suffix}", form, 9) for suffix, form in forms)
    assert file_of(told(0, transcripts=files)) == files[2]
    assert file_of(told(0, transcripts=files[:2])) == files[1]
    only_html = told(0, transcripts=files[:1])
    assert file_of(only_html) is None
    pages = pages_of(MAGAZINE, [only_html], BASE)
    assert OWN not in pages
    assert b"Lire (page)" in pages[PAGE]


@pytest.mark.boundary
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_one_is_only_text(attack: str) -> None:
    said = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {attack}>{attack}\n".encode()
    usual = pages_of(MAGAZINE, [told(0)], BASE, lambda _file: SAID)
    pages = pages_of(hostile_show(attack), [hostile(attack)], BASE, lambda _file: said)
    for key in (PAGE, OWN):
        assert pages[key].count(b"<script") == usual[key].count(b"<script")
        assert b"<svg onload" not in pages[key]
        assert b"<img src=x" not in pages[key]


def with_said(store: Store, folder: Path, content: bytes = SAID) -> Release:
    """An episode whose transcript is at a destination."""
    path = folder / "said.vtt"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    named = stored(f"{SLUG}/transcripts/{DAY}-{digest[:12]}.vtt", "text/vtt", len(content))
    file = dataclasses.replace(named, sha256=digest)
    store.put(file, path, "")
    return told(0, transcripts=(file,))


def online(store: Store, *releases: Release) -> bytes:
    """The pages of the episode and of its transcript, once they are brought up to date."""
    OnlinePages(store, MAGAZINE).bring_up_to_date(releases, store.listing(f"{SLUG}/"))
    return b"".join(found.content for key in (PAGE, OWN) if (found := store.fetch(key)) is not None)


def test_it_leaves_the_pages_with_what_was_withdrawn(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    store.check()
    first = with_said(store, tmp_path)
    assert online(store, first).count(b"vingt ans") == 2
    shorter = with_said(store, tmp_path, SAID.replace(b"Je couds depuis vingt ans.", b"Merci."))
    assert b"vingt ans" not in online(store, shorter), "the words of what was withdrawn"
    assert b"vingt ans" in online(store, first)
    assert b"vingt ans" not in online(store, told(0, transcripts=())), "a transcript that was withdrawn"
    assert b"vingt ans" in online(store, first)
    assert b"vingt ans" not in online(store, withdrawn(0)), "an episode that was withdrawn"
    assert b"vingt ans" in online(store, first)
    Path(store.location(state_key(SLUG))).write_bytes(b"{}")
    assert b"vingt ans" not in online(store, withdrawn(0)), "though nothing is noted of the pages"


def test_a_record_that_cannot_be_read_for_a_while_takes_nothing_away(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    store.check()
    first = with_said(store, tmp_path)
    assert online(store, first) == online(store)


def test_one_that_is_not_what_was_sent_is_not_told(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    store.check()
    release = with_said(store, tmp_path)
    Path(store.location(release.transcripts[0].key)).write_bytes(SAID.replace(b"vingt", b"trente"))
    assert b"trente" not in online(store, release)
    assert b"ne se lit pas ici" in online(store, release)
