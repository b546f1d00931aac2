from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.published.release import Audio, Contributor, Release, StoredFile
from bobine.publish.layout import is_key
from bobine.publish.records import decode, encode, settled, stored_files
from tests.publish.samples import NASTY_TITLES, release

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30))])
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2199, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds are naive
KEYS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,20}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,20}){0,3}", fullmatch=True)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=60)
FILES = st.builds(
    StoredFile,
    key=KEYS,
    media_type=st.sampled_from(["audio/mpeg", "image/jpeg", "application/json+chapters"]),
    bytes=st.integers(1, 10**12),
    sha256=st.from_regex("[0-9a-f]{64}", fullmatch=True),
    integrity=PLAIN,
)
PICTURES = st.builds(dataclasses.replace, FILES, key=KEYS.map(lambda key: f"{key}.jpg"))
RELEASES = st.builds(
    Release,
    guid=PLAIN.map(lambda text: f"g{text}"),
    date=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    season=st.integers(1, 99),
    number=st.integers(1, 999),
    title=TEXT,
    description=TEXT,
    duration_s=st.integers(0, 10**6),
    published=MOMENTS,
    updated=MOMENTS,
    audio=st.lists(st.builds(Audio, file=FILES, kbps=st.integers(1, 512)), min_size=1, max_size=3).map(tuple),
    image=PICTURES,
    chapters=FILES,
    people=st.lists(st.builds(Contributor, name=TEXT, role=PLAIN), max_size=3).map(tuple),
)


@settings(max_examples=50)
@given(RELEASES)
def test_a_record_is_read_back_as_written(whole: Release) -> None:
    again = decode(encode(whole), "ici")
    assert again == whole
    assert encode(again) == encode(whole)


@settings(max_examples=50)
@given(RELEASES, ZONES)
def test_a_record_is_the_same_bytes_in_every_time_zone(whole: Release, zone: timezone) -> None:
    moved = dataclasses.replace(
        whole, published=whole.published.astimezone(zone), updated=whole.updated.astimezone(zone)
    )
    assert encode(moved) == encode(whole)


def test_a_records_bytes() -> None:
    lines = encode(release(title="Fête & <b>« é »</b>\n")).decode().splitlines()
    assert lines[0] == "{"
    assert ' "date": "2026-11-26",' in lines
    assert ' "published": "2026-11-26T18:05:00+00:00",' in lines
    assert ' "title": "Fête & <b>« é »</b>\\n",' in lines
    assert [line for line in lines if line[1:2] == '"'] == sorted(line for line in lines if line[1:2] == '"')


@pytest.mark.parametrize("title", [title for title in NASTY_TITLES if "\ud800" not in title])
def test_nasty_titles_survive(title: str) -> None:
    assert decode(encode(release(title=title)), "ici").title == title


def spoilt(**changes: Any) -> bytes:
    document = json.loads(encode(release()))
    for path, value in changes.items():
        where = document
        *parents, last = path.split("__")
        for parent in parents:
            where = where[int(parent) if parent.isdigit() else parent]
        if value is None:
            del where[last]
        else:
            where[last] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'{"format": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        encode(release())[:-40],
        encode(release()).replace(b'"kbps"', b'"kbps": 1, "kbps"', 1),
        spoilt(format=0),
        spoilt(format="1"),
        spoilt(format=True),
        spoilt(extra=1),
        spoilt(title=None),
        spoilt(title=3),
        spoilt(guid=""),
        spoilt(season=0),
        spoilt(season=1.0),
        spoilt(number=True),
        spoilt(date="26/11/2026"),
        spoilt(published="2026-11-26T18:05:00"),
        spoilt(updated="hier"),
        spoilt(audio=[]),
        spoilt(audio={}),
        spoilt(audio__0__kbps="128"),
        spoilt(audio__0__file__key="../../etc/passwd"),
        spoilt(image__key="/etc/passwd"),
        spoilt(image__bytes=0),
        spoilt(image__bytes=-1),
        spoilt(image__sha256="0"),
        spoilt(image__media_type="audio/mpeg\nX: y"),
        spoilt(people=[{"name": "Nadia"}]),
        spoilt(people=["Nadia"]),
        spoilt(guid="a\x00b"),
        spoilt(guid="g" * 2001),
        spoilt(title="\ud800"),
        spoilt(people=[{"name": "Nadia", "role": "ho\x1bst"}]),
        spoilt(people=[{"name": "\udfff", "role": "host"}]),
        spoilt(audio__0__file__integrity="a\x07"),
        spoilt(image__key="bobine/images/a.gif"),
        spoilt(published="0001-01-01T00:00:00+14:00"),
        spoilt(updated="9999-12-31T23:59:59-12:00"),
        spoilt(date="9999-12-31"),
        spoilt(season=10**30),
        spoilt(duration_s=10**400),
        spoilt(audio__0__file__bytes=10**30),
        encode(release()).replace(b'"number": 7', b'"number": ' + b"7" * 5000),
        encode(release(title="x" * (2 << 20))),
    ],
)
def test_what_is_no_record_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(PublishError, match="La fiche d'épisode « ici » est illisible") as caught:
        decode(content, "ici")
    assert "\n" not in str(caught.value)


def test_a_record_of_a_newer_bobine_asks_for_an_update() -> None:
    with pytest.raises(PublishError, match="version plus récente"):
        decode(spoilt(format=2, extra=1), "ici")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(PublishError):
        decode(content, "ici")


NOW = datetime(2100, 1, 1, tzinfo=UTC)


@settings(max_examples=50)
@given(RELEASES)
def test_settling_again_changes_nothing(mine: Release) -> None:
    first = settled(mine, None, NOW)
    assert settled(mine, first, NOW) == first
    assert settled(first, first, NOW + timedelta(days=1)) == first
    assert first.published <= NOW
    assert first.updated <= NOW
    assert first.published.microsecond == first.updated.microsecond == 0


@settings(max_examples=40)
@given(RELEASES, RELEASES)
def test_what_stands_online_keeps_its_identity(mine: Release, online: Release) -> None:
    after = settled(mine, online, NOW)
    assert after.guid == online.guid
    assert after.published == (
        online.published if online.published <= NOW else min(mine.published, NOW).replace(microsecond=0)
    )
    assert max(after.published, after.updated) <= NOW
    assert after.title == mine.title
    if after.updated != online.updated and online.updated <= NOW:
        assert dataclasses.replace(after, updated=online.updated) != online


def test_a_new_time_alone_is_not_a_change() -> None:
    online = settled(release(), None, NOW)
    later = release(updated=datetime(2027, 1, 1, tzinfo=UTC), published=datetime(2027, 1, 1, tzinfo=UTC))
    assert settled(later, online, NOW) is online
    assert settled(dataclasses.replace(later, title="Autre"), online, NOW).updated == later.updated


def test_every_file_of_a_release_is_counted() -> None:
    whole = release()
    assert stored_files(whole) == (whole.audio[0].file, whole.audio[1].file, whole.image, whole.chapters)


@given(st.text(max_size=30))
def test_a_key_never_leaves_its_folder(text: str) -> None:
    if is_key(text):
        assert text.isascii()
        assert not text.startswith(("/", "."))
        assert not {"", ".", ".."} & set(text.split("/"))
        assert not set(text) & set('\\:?*"<>|~\n\x00 ')


def test_dates_name_records() -> None:
    assert decode(encode(release(date=date(1999, 12, 31))), "ici").date == date(1999, 12, 31)
