"""One fault at a time in a good feed: the rule that it breaks says so, and says where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bobine.publish.check.public import check_bytes
from tests.publish.check.feeds import NOW, OURS
from tests.publish.check.mutations import MUTATIONS, Mutation
from tests.publish.samples import FEED

ROOM = Path(__file__).resolve().parents[3] / "bobine" / "publish" / "check"
_ASKED = ("http/", "json-chapters/", "transcript/")


@pytest.mark.parametrize(
    ("rule", "mutation"), MUTATIONS, ids=[f"{place}-{rule}" for place, (rule, _) in enumerate(MUTATIONS)]
)
def test_a_fault_is_caught_by_its_rule(rule: str, mutation: Mutation) -> None:
    good = OURS.decode()
    bad = mutation(good)
    assert bad != good
    found = check_bytes(bad.encode(), NOW, FEED)
    assert rule in {finding.rule for finding in found}
    assert all(re.search(r"ligne \d+", finding.where) or finding.rule in ("xml/html", "xml/empty") for finding in found)


def test_there_are_enough_of_them() -> None:
    assert len({rule for rule, _ in MUTATIONS}) >= 60
