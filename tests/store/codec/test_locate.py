"""Lines of keys: against texts whose lines are known by construction."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.store.codec.keys import KeyPath, format_key
from bobine.store.toml.locate import find_places
from tests.examples import at_most

SAMPLE = '''\
# 1
title = "é"  # 2
a.b."c d" = 1

[shows.fil]
x = [ 1,
  2, # deux
  {k = 1, m.n = 2},
]
t = """
plusieurs
lignes"""
[[items]]
id = "a"
[[items.works]]
t = 1
[[items.works]]
t = 2
[items.extra]
"y z" = 07:00:00
[[items]]
[[items.works]]
t = 3
["é\\u00e9".'lit']
k = 2026-11-26
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a",), 3),
        (("a", "b"), 3),
        (("a", "b", "c d"), 3),
        (("shows", "fil"), 5),
        (("shows", "fil", "x"), 6),
        (("shows", "fil", "x", 0), 6),
        (("shows", "fil", "x", 1), 7),
        (("shows", "fil", "x", 2, "k"), 8),
        (("shows", "fil", "x", 2, "m", "n"), 8),
        (("shows", "fil", "t"), 10),
        (("items",), 13),
        (("items", 0), 13),
        (("items", 0, "works"), 15),
        (("items", 0, "works", 0, "t"), 16),
        (("items", 0, "works", 1), 17),
        (("items", 0, "works", 1, "t"), 18),
        (("items", 0, "extra", "y z"), 20),
        (("items", 1), 21),
        (("items", 1, "works", 0, "t"), 23),
        (("éé", "lit", "k"), 25),
        (("items", 1, "title"), 21),
        (("absent",), 0),
        ((), 0),
    ],
)
def test_every_kind_of_key_has_its_line(path: KeyPath, line: int) -> None:
    assert find_places(SAMPLE).line(path) == line
    assert find_places(SAMPLE.replace("\n", "\r\n")).line(path) == line


names = st.sampled_from(["a", "b-c", "d_e", "9", "é à", 'g"h', "i.j", "", "k'l"])
scalars = st.one_of(
    st.integers(-9, 9), st.booleans(), st.text(max_size=6), st.dates(), st.sampled_from(["[x]", "# non", "a\nb", '"""'])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=6
)
documents = st.dictionaries(
    names, values | st.lists(st.dictionaries(names, values, max_size=3), min_size=1), max_size=4
)


def quoted(text: str) -> str:
    import tomlkit

    return tomlkit.item(text).as_string()


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(inline(element) for element in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def every_path(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, element in inner for found in every_path(element, (*path, key)))]


@at_most(50)
@given(documents)
def test_every_path_of_any_document_is_found_where_it_is_written(document: dict[str, Any]) -> None:
    text = "\n".join(written(document, ()))
    assert tomllib.loads(text) == document
    places = find_places(text)
    lines = text.split("\n")
    for path in every_path(document)[1:]:
        line = places.line(path)
        assert line > 0
        assert path in places.lines
        if path in places.values:
            start, end = places.values[path]
            assert text.encode()[:start].count(b"\n") + 1 >= line
            assert tomllib.loads(f"x = {text.encode()[start:end].decode()}")["x"] == at(document, path)
        elif isinstance(path[-1], int):
            assert lines[line - 1].startswith("[[")


def written(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    """Plain keys first, then ``[[…]]`` for lists of tables at the top, with comments that look like TOML."""
    nested = {k: v for k, v in table.items() if isinstance(v, list) and v and all(isinstance(x, dict) for x in v)}
    lines = [f"{quoted(k)} = {inline(v)} # x = [[1" for k, v in table.items() if k not in nested]
    for key, rows in nested.items():
        for row in rows:
            lines += ["", "# [[faux]]", f"[[ {'.'.join(map(quoted, (*path, key)))} ]]", *written(row, (*path, key))]
    return lines


def at(document: Any, path: KeyPath) -> Any:
    for key in path:
        document = document[key]
    return document


def test_keys_are_named_from_one_and_without_control_characters() -> None:
    assert format_key(("items", 2, "people", 0)) == "items[3].people[1]"
    assert format_key(("a b", "x\x1b")) == '"a b"."x·"'
