"""Edits in place: one value changes, every other byte stays."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bobine.errors import PlanError, WorkspaceError
from bobine.store.toml.edit import set_value, with_value
from tests.conftest import ATELIER

OWN_SHOWS = (ATELIER / "shows.toml").read_text("utf-8")
GUID = ("shows", "bobine-romanaise", "podcast", "guid")
NEW = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

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


LEAVES = leaves(tomllib.loads(OWN_SHOWS))


def test_the_identity_is_written_in_the_real_file_and_nothing_else_moves(tmp_path: Path) -> None:
    path = tmp_path / "shows.toml"
    path.write_text(OWN_SHOWS, encoding="utf-8")
    set_value(path, GUID, NEW)
    assert path.read_text("utf-8") == OWN_SHOWS.replace('guid = "" ', f'guid = "{NEW}" ')
    set_value(path, GUID, "")
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
    keys = ["a", "clé neuve"] if table else ["clé neuve"]
    edited = with_value(text, keys, value)
    parsed = tomllib.loads(edited)
    assert (parsed["a"] if table else parsed)["clé neuve"] == value
    lines = edited.replace("\r\n", "\n").split("\n")
    remaining = [line for line in lines if line and "clé neuve" not in line]
    assert remaining == [line for line in (table + rest).split("\n") if line]
    if rest.startswith("# après"):
        assert lines[lines.index("# après") + 1] == "[b]"


def test_an_array_of_tables_is_edited_by_index(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    path.write_text('[[items]] # un\nid = "a"\n\n[[items]] # deux\nid = "b" # b\n', encoding="utf-8")
    set_value(path, ["items", 1, "id"], "c")
    set_value(path, ["items", 0, "day"], date(2026, 11, 26))
    assert path.read_text("utf-8") == ('[[items]] # un\nid = "a"\nday = 2026-11-26\n\n[[items]] # deux\nid = "c" # b\n')


@pytest.mark.parametrize("keys", [["b", "c"], ["a"], ["a", "x", "y"], ["t", "u"], []])
def test_what_has_no_place_is_refused_and_nothing_is_written(tmp_path: Path, keys: list[str]) -> None:
    path = tmp_path / "e.toml"
    path.write_text("t = {v = 1}\n[a]\nx = 1\n", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        set_value(path, keys, 1)
    assert path.read_text("utf-8") == "t = {v = 1}\n[a]\nx = 1\n"


def test_a_file_broken_meanwhile_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(PlanError, match="ligne 1"):
        set_value(path, ["a"], 1)
    assert path.read_text("utf-8") == "a = \n"


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    set_value(path, ["a"], 2)
    assert path.read_bytes() == b"\xef\xbb\xbfa = 2\r\n"
