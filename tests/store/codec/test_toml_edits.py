"""Edits in place: one value changes, every other byte stays."""

from __future__ import annotations

import tomllib
from dataclasses import make_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bobine.errors import PlanError
from bobine.model.show import Show
from bobine.store.codec.keys import KeyPath
from bobine.store.documents.edit_show import edit_show
from bobine.store.toml.edit import with_fields
from tests.conftest import ATELIER

OWN_SHOWS = (ATELIER / "shows.toml").read_text("utf-8")
NEW = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def with_value(text: str, path: KeyPath, value: Any) -> str:
    """The text with another value at one key."""
    table = make_dataclass("Table", [str(path[-1])])
    return with_fields(text, path[:-1], table(object()), table(value))


def set_guid(root: Path, guid: str) -> None:
    def change(show: Show) -> Show:
        return replace(show, podcast=replace(show.podcast, guid=guid))

    edit_show(root, "bobine-romanaise", change)


values = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.integers(-(2**60), 2**60),
    st.booleans(),
    st.dates(),
    st.lists(st.integers(), max_size=3),
)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [leaf for key, element in inner for leaf in leaves(element, (*path, key))] or [path]


LEAVES = [leaf for leaf in leaves(tomllib.loads(OWN_SHOWS)) if isinstance(leaf[-1], str)]


def test_the_identity_is_written_in_the_real_file_and_nothing_else_moves(tmp_path: Path) -> None:
    path = tmp_path / "shows.toml"
    path.write_text(OWN_SHOWS, encoding="utf-8")
    set_guid(tmp_path, NEW)
    assert path.read_text("utf-8") == OWN_SHOWS.replace('guid = "" ', f'guid = "{NEW}" ')
    set_guid(tmp_path, "")
    assert path.read_text("utf-8") == OWN_SHOWS


@given(st.sampled_from(LEAVES), values)
def test_any_value_of_the_real_file_may_change_alone(leaf: tuple[str | int, ...], value: Any) -> None:
    edited = with_value(OWN_SHOWS, leaf, value)
    found: Any = tomllib.loads(edited)
    for key in leaf:
        found = found[key]
    assert found == value
    before, after = OWN_SHOWS.splitlines(), edited.splitlines()
    head = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if head is not None and len(before) == len(after):
        assert before[head + 1 :] == after[head + 1 :]
        assert before[head].partition(" #")[2] in after[head]


@given(
    st.sampled_from(["", "[a]\n", "[a]\nx = 1 # un\n# fin\n\n", "[a]\nx = [\n1,\n] # fin\n", "[a] # entête"]),
    st.sampled_from(["", "# après\n[b]\ny = 2\n", "\n\n[[c]]\nz = 3\n", "[a.d]\nw = 4\n"]),
    st.sampled_from(["\n", "\r\n"]),
    values,
)
def test_a_new_key_is_one_more_line_among_its_own_tables(table: str, rest: str, newline: str, value: Any) -> None:
    text = (table + rest).replace("\n", newline)
    assume(table.endswith("\n") or not rest or not table)
    keys = ("a", "neuve") if table else ("neuve",)
    edited = with_value(text, keys, value)
    parsed = tomllib.loads(edited)
    assert (parsed["a"] if table else parsed)["neuve"] == value
    lines = edited.replace("\r\n", "\n").split("\n")
    remaining = [line for line in lines if line and "neuve" not in line]
    assert remaining == [line for line in (table + rest).split("\n") if line]
    if rest.startswith("# après"):
        assert lines[lines.index("# après") + 1] == "[b]"


def test_an_array_of_tables_is_edited_by_index() -> None:
    text = '[[items]] # un\nid = "a"\n\n[[items]] # deux\nid = "b" # b\n'
    text = with_value(text, ("items", 1, "id"), "c")
    text = with_value(text, ("items", 0, "day"), date(2026, 11, 26))
    assert text == '[[items]] # un\nid = "a"\nday = 2026-11-26\n\n[[items]] # deux\nid = "c" # b\n'


@pytest.mark.parametrize("path", [("b", "c"), ("a", "x", "y"), ("t", "u")])
def test_what_has_no_place_is_refused(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        with_value("t = {v = 1}\n[a]\nx = 1\n", path, 1)


def test_a_file_broken_meanwhile_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "shows.toml"
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(PlanError, match="ligne 1"):
        set_guid(tmp_path, NEW)
    assert path.read_text("utf-8") == "a = \n"


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "shows.toml"
    text = OWN_SHOWS.replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    set_guid(tmp_path, NEW)
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.replace('guid = "" ', f'guid = "{NEW}" ').encode()
