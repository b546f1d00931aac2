"""The list of robots that is kept for all."""

from __future__ import annotations

from collections.abc import Callable

from bobine.publish.listening.agents import Agent, agents_told_by


def known_agents() -> Callable[[str], Agent]:
    """What tells apps and robots, by the list of the ``crawler-user-agents`` package and the table of apps."""
    from crawleruseragents import is_crawler

    return agents_told_by(is_crawler)
