"""JSON through the codec of tables: what is read, what is refused and in which words, and the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.store.codec.decode import MOST_FAULTS, Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.codec.keys import format_key
from bobine.store.codec.notation import JSON, SPARSE_JSON, TOML, Notation

RULES = Rules(text=lambda _text: None)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Inner:
    name: str
    level: float | None = None


@dataclass(frozen=True, kw_only=True)
class Outer:
    day: date
    at: datetime
    start: time
    length: timedelta
    colour: Colour = Colour.RED
    count: int = 0
    inner: tuple[Inner, ...] = ()
    levels: tuple[float | None, ...] = ()
    note: str | None = None


VALUE = Outer(
    day=date(2026, 11, 26),
    at=datetime(2026, 11, 26, 17, tzinfo=UTC),
    start=time(18),
    length=timedelta(minutes=3),
    inner=(Inner(name=""), Inner(name="é", level=-3.5)),
    levels=(None, 1.0),
)
OUTERS = st.builds(
    Outer,
    day=st.dates(),
    at=st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    start=st.times().map(lambda one: one.replace(microsecond=0)),
    length=st.integers(1, 80_000).map(lambda seconds: timedelta(seconds=seconds)),
    count=st.integers(-(10**15), 10**15),
    inner=st.lists(st.builds(Inner, name=st.text(), level=st.none() | st.floats(-1e15, 1e15)), max_size=3).map(tuple),
    levels=st.lists(st.none() | st.floats(-1e15, 1e15), max_size=3).map(tuple),
    note=st.none() | st.text(),
)


def decoded(table: object, notation: Notation = JSON) -> Outer | None:
    return Decoder(RULES, notation).table(Outer, table)


def faults(**changes: Any) -> list[str]:
    decoder = Decoder(RULES, JSON)
    assert decoder.table(Outer, read_json(json_text(encode(VALUE, notation=JSON))) | changes) is None
    return [f"{format_key(fault.path)} : {fault.message}" for fault in decoder.faults]


@given(OUTERS)
def test_what_is_written_is_read_back_and_written_the_same(value: Outer) -> None:
    text = json_text(encode(value, notation=JSON))
    assert decoded(read_json(text)) == value
    assert decoded(read_json(text.encode())) == value
    assert json_text(encode(value, notation=JSON)) == text


def test_everything_is_written_or_only_what_is_not_the_default() -> None:
    whole, sparse = encode(VALUE, notation=JSON), encode(VALUE, sparse=True, notation=SPARSE_JSON)
    assert whole["note"] is None
    assert "note" not in sparse
    assert (whole["day"], whole["start"], whole["length"]) == ("2026-11-26", "18:00:00", "3'00")
    assert whole["at"] == "2026-11-26T17:00:00+00:00"
    assert encode(VALUE, notation=TOML)["day"] == VALUE.day
    assert decoded({key: whole[key] for key in ("day", "at", "start", "length")}) is not None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"count": "3"}, "count : un nombre entier sans guillemets était attendu, pas un texte"),
        ({"count": None}, "count : un nombre entier sans guillemets était attendu, pas null"),
        ({"count": True}, "count : un nombre entier sans guillemets était attendu, pas true ou false"),
        ({"count": 10**16}, "count : ce nombre est démesuré"),
        ({"day": "26/11/2026"}, 'day : un texte comme "2026-11-26" était attendu'),
        ({"at": "2026-11-26T18:00:00"}, 'at : un texte comme "2026-11-26T18:05:00+00:00" était attendu'),
        ({"at": "0001-01-01T00:00:00+14:00"}, 'at : un texte comme "2026-11-26T18:05:00+00:00" était attendu'),
        ({"start": "18:00+02:00"}, 'start : un texte comme "18:00:00" était attendu'),
        ({"start": 18}, 'start : un texte comme "18:00:00" était attendu'),
        ({"colour": "rad"}, 'colour : « rad » n\'est pas accepté ; vouliez-vous « red » ? Acceptés : "red"'),
        ({"inner": [{"name": "a"}, {"name": 1}]},
         "inner[2].name : un texte entre guillemets était attendu, pas un nombre"),
        ({"inner": {}}, "inner : une liste était attendue, pas une table de clés"),
        ({"levels": [float("nan")]}, "levels[1] : ce nombre est infini, ou bien trop grand"),
        ({"cuont": 1}, "cuont : clé inconnue ici : vouliez-vous « count » ?"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_french_with_its_place(changes: dict[str, Any], message: str) -> None:
    assert faults(**changes) == [message]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(count="3", day=1, inner=[{}])) == 3


def test_a_table_of_endless_wrong_keys_is_told_of_some() -> None:
    begun = monotonic()
    assert len(faults(**{f"key{number}": 0 for number in range(100_000)})) == MOST_FAULTS + 1
    assert monotonic() - begun < 10


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b'{"a": 1,\n "b" 2}', "ce n'est pas du JSON lisible", (2, 6)),
        (b"", "ce n'est pas du JSON lisible", (1, 1)),
        (b'"\xff"', "ce n'est pas du texte UTF-8", (0, 0)),
        (b"[" * 100_000, "ce JSON contient un nombre démesuré ou trop d'imbrications", (0, 0)),
        (b"9" * 5000, "ce JSON contient un nombre démesuré ou trop d'imbrications", (0, 0)),
        (b'{"a": {"b": 1, "b": 2}}', "une clé y est deux fois", (0, 0)),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(JsonFault, match=message) as caught:
        read_json(content)
    assert (caught.value.line, caught.value.column) == place


def test_a_key_may_be_there_twice_where_others_write() -> None:
    assert read_json('{"a": 1, "a": 2}', distinct=False) == {"a": 2}


HALVED = st.text(st.characters(exclude_categories=["Cs"]) | st.just("\ud800"))


@given(st.dictionaries(HALVED, HALVED))
def test_any_text_can_be_written_even_half_a_character(table: dict[str, str]) -> None:
    assert json.loads(json_text(table).encode()) == table


NAMES = st.sampled_from(["a", "b", '"', '":', ' ":', "\\", "é : "])
SPACES = st.sampled_from(["", "", " ", "\n\t"])


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> str:
    """A JSON text whose objects may hold a key twice, with spaces wherever there may be some."""
    if not depth or draw(st.booleans()):
        return json.dumps(draw(NAMES | st.integers() | st.none()))
    parts = draw(st.lists(st.tuples(NAMES, texts(depth - 1), SPACES, SPACES), max_size=3))
    members = [f"{json.dumps(name)}{before}:{after}{value}" for name, value, before, after in parts]
    return f"[{{{','.join(members)}}}]" if draw(st.booleans()) else f"{{{','.join(members)}}}"


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise KeyError
    return dict(pairs)


@given(texts())
def test_an_object_with_a_key_twice_is_refused_wherever_it_stands(text: str) -> None:
    try:
        value = json.loads(text, object_pairs_hook=without_doubles)
    except KeyError:
        with pytest.raises(JsonFault, match="une clé y est deux fois"):
            read_json(text)
        assert read_json(text, distinct=False) == json.loads(text)
    else:
        assert read_json(text) == value
