"""Every row of the podcast's tables names tests that there are."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "podcast.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| (?!what \|)", line)]
NAMED = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests of a file below ``tests/``."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_the_tests_of_a_row_exist(row: str) -> None:
    named = NAMED.findall(row.split("|")[-2])
    assert named, "a row without a test"
    assert row.count("::") == len(named), "a test that is not named as file::test"
    for file, test in named:
        assert (ROOT / "tests" / file).is_file(), file
        assert test in names_in(file), f"{file}::{test}"


def test_both_tables_have_their_rows() -> None:
    headings = re.findall(r"(?m)^## (.+)$", TEXT)
    assert headings == ["What the feed must hold", "What none of the known systems has"]
    assert len(ROWS) >= 40
    assert len(set(ROWS)) == len(ROWS)
