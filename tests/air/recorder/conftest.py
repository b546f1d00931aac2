"""The studio, and the table of what each fault cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.air.recorder.studio import Desk, Server, noise, sound_server

_FIGURES: list[str] = []


@dataclass(frozen=True)
class Played:
    path: Path
    sound: bytes


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Three minutes of noise."""
    path = tmp_path_factory.mktemp("played") / "noise.wav"
    return Played(path, noise(path, 180))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with sound_server(tmp_path / "pulse") as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "desk"
    (root / "stick").mkdir(parents=True)
    found = Desk(root)
    yield found
    found.close()


@pytest.fixture
def report() -> Callable[[str, list[float], list[float]], None]:
    """Notes what a fault cost: its name, what was lost each time and by how much positions were off, seconds."""

    def note(fault: str, lost: list[float], errors: list[float]) -> None:
        worst = max(lost, default=0.0)
        middle = sorted(lost)[len(lost) // 2] if lost else 0.0
        off = max((abs(error) for error in errors), default=0.0)
        _FIGURES.append(f"| {fault} | {len(lost)} | {middle:.2f} | {worst:.2f} | {off * 1000:.0f} |")

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _FIGURES:
        terminalreporter.section("what each fault cost")
        terminalreporter.write_line("| fault | times | lost s, median | worst | positions off by at most, ms |")
        terminalreporter.write_line("|---|---|---|---|---|")
        for line in _FIGURES:
            terminalreporter.write_line(line)
