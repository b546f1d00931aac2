"""One thing found in a feed: which rule it breaks, how badly, where, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bobine.french import printable
from bobine.publish.check.rules.tree import Node

MOST_OF_A_RULE = 20
"""Findings of one rule that are told one by one; how many more there are is told in one."""

_SHORT = 60


class Severity(StrEnum):
    """The weight of a finding: an error keeps apps from reading, a warning misleads some, an advice is optional."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        rule: the rule's name, whose family comes first, such as ``psp1/item-guid``.
        severity: how bad it is.
        where: the line, and the item's title or guid, in French; empty for the feed as a whole.
        text: one French sentence: what is wrong and what to do.
    """

    rule: str
    severity: Severity
    where: str
    text: str


def error(rule: str, where: str, text: str) -> Finding:
    """A finding that keeps apps from reading the feed, or that a rule forbids."""
    return Finding(rule, Severity.ERROR, where, text)


def warning(rule: str, where: str, text: str) -> Finding:
    """A finding that some apps read wrongly."""
    return Finding(rule, Severity.WARNING, where, text)


def advice(rule: str, where: str, text: str) -> Finding:
    """A finding that would make the feed better."""
    return Finding(rule, Severity.ADVICE, where, text)


def at(node: Node, item: Node | None = None) -> str:
    """The place of an element, for people: its line, and the item that it is in by title, else by guid."""
    label = "" if item is None else item.value("title") or item.value("guid")
    return f"ligne {node.line}" + (f", {quoted(label)}" if label else "")


def quoted(text: str) -> str:
    """Text from a feed between French quotation marks, on one line, not too long, without commands to a terminal."""
    line = " ".join(printable(text[: _SHORT * 4].replace("\n", " ")).split())
    if not line:
        return "(vide)"
    return f"« {line if len(line) <= _SHORT else line[: _SHORT - 1] + '…'} »"


def bounded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, at most :data:`MOST_OF_A_RULE` of each rule, and one that counts the others."""
    seen: Counter[str] = Counter()
    severities: dict[str, Severity] = {}
    kept: list[Finding] = []
    for finding in findings:
        seen[finding.rule] += 1
        severities.setdefault(finding.rule, finding.severity)
        if seen[finding.rule] <= MOST_OF_A_RULE:
            kept.append(finding)
    for rule, count in seen.items():
        more = count - MOST_OF_A_RULE
        if more > 0:
            text = f"La même chose se trouve encore {more} fois dans le flux : corrigez-la partout."
            kept.append(Finding(rule, severities[rule], "", text))
    return tuple(kept)
