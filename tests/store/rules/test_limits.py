"""Texts beyond every measure: one sentence each, with a line where there is one, and soon."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PlanError
from bobine.store.rules.limits import LONGEST_LIST, MOST_BYTES, MOST_LINES, MOST_VALUES
from bobine.store.toml.read import parse_toml, read_toml

BEYOND: dict[str, tuple[str, int, str]] = {
    "a number of 5,000 digits": ("a = 1\nb = " + "9" * 5000, 2, "trop de chiffres"),
    "a hexadecimal number of 5,000 digits": ("a = 1\nb = 0x" + "f" * 5000, 2, "démesuré"),
    "a number of 30 digits": ("a = 1\nb = 1" + "0" * 30, 2, "démesuré"),
    "an infinite number": ("b = 1\na = inf", 2, "infini"),
    "2,000 nested keys": (".".join("a" * 2000) + " = 1", 1, "trop de"),
    "100,000 nested keys": ("x = 1\n" + ".".join("a" * 100_000) + " = 1", 2, "trop de"),
    "200,000 nested tables": ("[" + ".".join("a" * 200_000) + "]", 1, "trop de"),
    "20 nested keys": ("b = 1\n" + ".".join("a" * 20) + " = 1", 2, "trop de"),
    "100 nested lists": ("a = " + "[" * 100 + "]" * 100, 1, "trop de listes"),
    "100,000 nested lists": ("a = " + "[" * 100_000 + "]" * 100_000, 0, "trop de listes"),
    "a list of 20,000 elements": ("b = 1\na = [" + "1," * 20_000 + "]", 2, f"{LONGEST_LIST} au plus"),
    "20,000 items": ("[[items]]\nid = 1\n" * 20_000, 1, f"{LONGEST_LIST} au plus"),
    "200,000 keys": ("".join(f"k{n}=1\n" for n in range(200_000)), MOST_LINES + 1, f"plus de {MOST_LINES} lignes"),
    "60,000 values": ("a = [" + ("[" + "1," * 4000 + "],") * 15 + "]", 0, f"plus de {MOST_VALUES} valeurs"),
}


@pytest.mark.boundary
@pytest.mark.parametrize("what", BEYOND)
def test_what_is_beyond_every_measure_is_one_sentence(
    what: str, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    text, line, words = BEYOND[what]
    with attempt("a text beyond every measure"):
        with pytest.raises(PlanError) as caught:
            parse_toml(text.encode(), "episode.toml")
        (fault,) = caught.value.faults
        assert (fault.line, words in fault.message) == (line, True), str(fault)[:300]
        assert len(str(fault)) < 500


@pytest.mark.boundary
def test_a_million_keys_are_refused_by_their_size(
    tmp_path: object, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "episode.toml"
    path.write_text("".join(f"key{n} = 1\n" for n in range(1_000_000)), "utf-8")
    assert path.stat().st_size > MOST_BYTES
    with attempt("a text beyond every measure"), pytest.raises(PlanError, match=r"trop gros \(2,0 Mo au plus\)"):
        read_toml(path)


@given(
    st.recursive(st.integers(-(10**15), 10**15) | st.text(max_size=3), lambda c: st.lists(c, max_size=4), max_leaves=40)
)
def test_what_is_within_them_passes(value: object) -> None:
    def depth(one: object) -> int:
        return 1 + max(map(depth, one), default=0) if isinstance(one, list) else 0

    if depth(value) < 10:
        import tomlkit

        assert parse_toml(tomlkit.dumps({"a": value}).encode(), "x").table["a"] == value
