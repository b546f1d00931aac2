"""One fault at a time in a good feed: the rule that it breaks says so, and says where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bobine.publish.check.public import check_bytes
from tests.publish.check.changes import Mutation
from tests.publish.check.feeds import NOW, OURS
from tests.publish.check.mutations import MUTATIONS
from tests.publish.samples import FEED

ROOM = Path(__file__).resolve().parents[3] / "bobine" / "publish" / "check"


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


def test_no_rule_is_without_its_fault() -> None:
    """What only an answer or many bytes can break is tried in the files beside this one."""
    files = [*(ROOM / "rules").rglob("*.py"), ROOM / "reading.py", ROOM / "namespaces.py"]
    families = "xml|rss|psp1|apple|namespace|rfc2822|rfc4287|rfc5005|psc|chapters"
    rules = {rule for file in files for rule in re.findall(rf'"((?:{families})/[a-z0-9-]+)"', file.read_text("utf-8"))}
    assert len(rules) > 150
    assert rules - {rule for rule, _ in MUTATIONS} <= {"xml/too-large", "xml/utf-8"}
