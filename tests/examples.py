"""How many examples of a property are tried, where one example costs much."""

from __future__ import annotations

from hypothesis import settings


def at_most(count: int) -> settings:
    """So many examples, or as few as the profile has: ``settings(max_examples=…)`` would overrule it."""
    return settings(max_examples=min(count, settings().max_examples))
