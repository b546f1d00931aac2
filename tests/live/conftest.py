"""What the live tests measured, at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_FIGURES: list[str] = []


@pytest.fixture
def note() -> Callable[[str], None]:
    """TextLines a figure, for the end of the run."""
    return _FIGURES.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _FIGURES:
        terminalreporter.section("what the live show measured")
        for line in _FIGURES:
            terminalreporter.write_line(line)
