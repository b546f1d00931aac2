"""What reads records quickly takes exactly what the careful decoder takes, and gives the same."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.episode import EpisodeType, ItemKind
from bobine.model.published.release import (
    Audio,
    Contributor,
    FormerFile,
    HeardItem,
    HeardWork,
    Instalment,
    Origin,
    Release,
    Soundbite,
    Withdrawal,
)
from bobine.publish.records import _READ, _RULES, decode, encode
from bobine.store.codec.compiled import Doubtful, reader
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.notation import JSON
from tests.publish.release.test_records import FILES, MOMENTS, PICTURES, PLAIN, RELEASES, TEXT
from tests.publish.samples import release

_SOUNDS = st.builds(Audio, file=FILES, kbps=st.integers(1, 512), body_sha256=st.none() | st.just("0" * 64))
_ITEMS = st.builds(
    HeardItem,
    id=TEXT,
    title=TEXT,
    kind=st.sampled_from(ItemKind),
    start_ms=st.integers(0, 10**7),
    end_ms=st.integers(0, 10**7),
    chapter=st.booleans(),
    chronique=TEXT,
    instalment=st.none() | st.integers(1, 99),
    people=st.lists(TEXT, max_size=2).map(tuple),
    works=st.lists(st.builds(HeardWork, title=TEXT, author=TEXT), max_size=2).map(tuple),
)


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2).map(tuple)


WHOLE = st.builds(
    dataclasses.replace,
    RELEASES,
    people=some(st.builds(Contributor, name=TEXT, role=PLAIN)),
    kind=st.sampled_from(EpisodeType),
    explicit=st.none() | st.booleans(),
    items=some(_ITEMS),
    transcripts=some(FILES),
    soundbites=some(st.builds(Soundbite, start_ms=st.integers(0, 99), duration_ms=st.integers(0, 99), title=TEXT)),
    discussion=TEXT,
    thumbnail=st.none() | PICTURES,
    instalments=some(
        st.builds(
            Instalment, item=TEXT, chronique=st.just("pedro"), guid=PLAIN.map(lambda text: f"g{text}"), audio=_SOUNDS,
            duration_s=st.integers(0, 99),
        )
    ),
    held_until=st.none() | MOMENTS,
    former=some(st.builds(FormerFile, key=st.just("a/b.mp3"), until=MOMENTS)),
    withdrawn=st.none() | st.builds(Withdrawal, at=MOMENTS, reason=TEXT),
    origin=st.none() | st.builds(Origin, enclosure=TEXT, says_season=st.booleans()),
)  # fmt: skip

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, False, 0, -1, 1, 1.0, 1.5, 10**16, -(10**16), "", "x", "a\x00b", "\ud800", "é" * 600, [], {},
        [None], ["\udfff"], ["x"], [{}], {"x": 1}, "2026-11-26", "2026-11-26-bonus", "2026-11-26-", "2026-W48-4",
        "20261126", "1800-01-01", "2026-11-26T18:05:00", "2026-11-26T18:05:00+01:00",
        "0001-01-01T00:00:00+14:00", "guest", "full", "FULL", "music", "../x", "a.gif",
    ]
)  # fmt: skip


def tables(value: Any) -> Iterator[Any]:
    """Every table and list of a document, itself first."""
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from tables(inner)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A record as JSON says it, changed in up to three places."""
    document: dict[str, Any] = json.loads(encode(draw(WHOLE)))
    del document["format"]
    for _ in range(draw(st.integers(0, 3))):
        where = draw(st.sampled_from([table for table in tables(document) if table] or [document]))
        place = draw(st.sampled_from([*where] if isinstance(where, dict) else range(len(where))))
        match draw(st.sampled_from(["take away", "replace", "add"])):
            case "take away":
                del where[place]
            case "replace":
                where[place] = draw(ODD)
            case "add" if isinstance(where, dict):
                where[draw(st.sampled_from(["extra", "title", "works", "until"]))] = draw(ODD)
            case _:
                where.append(draw(ODD))
    return document


@given(mutated())
def test_a_record_is_taken_or_refused_as_the_careful_decoder_does(document: dict[str, Any]) -> None:
    careful = Decoder(_RULES, JSON).table(Release, document)
    try:
        quick = _READ(document)
    except Doubtful:
        quick = None
    assert quick == careful
    assert repr(quick) == repr(careful)  # types and time zones, which equality does not tell


@given(WHOLE)
def test_a_good_record_leaves_no_doubt(whole: Release) -> None:
    document = json.loads(encode(whole))
    del document["format"]
    assert _READ(document) == whole


def test_what_is_wrong_is_said_with_its_place() -> None:
    content = encode(release()).replace(b'"kbps": 128', b'"kbps": 0')
    with pytest.raises(PublishError, match=r"audio\[1\]\.kbps : 0 est hors limites"):
        decode(content, "ici")


@dataclass(frozen=True, kw_only=True)
class Pair:
    low: int
    high: int = 9
    ratio: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Bounds:
    low: int
    high: int = 9


def test_a_type_without_a_reader_is_refused_when_it_is_made() -> None:
    with pytest.raises(TypeError, match="float"):
        reader(Pair, Rules(text=lambda _text: None))


def test_rules_of_several_fields_hold() -> None:
    rules = Rules(
        text=lambda _text: None,
        tables={Bounds: lambda table: [("high", "trop bas")] if table["high"] < table["low"] else []},
    )
    read = reader(Bounds, rules)
    assert read({"low": 3}) == Bounds(low=3)
    with pytest.raises(Doubtful):
        read({"low": 10})
