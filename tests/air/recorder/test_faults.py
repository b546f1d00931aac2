"""The recorder under real faults: what each costs is measured against the file that was played, and reported."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bobine.air.recorder.link import control
from bobine.air.recorder.link.status import State
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import RATE, Desk, Server, judge, place_in, until

Report = Callable[[str, list[float], list[float]], None]
MONITOR = "pulse:studio.monitor"
TRUE_S = 0.1
MOST_LOST_S = 1.0

pytestmark = pytest.mark.slow


def begin(desk: Desk, server: Server, played: Played) -> None:
    server.play(played.path)
    time.sleep(0.5)
    desk.start(MONITOR)
    until(lambda: desk.status().position > RATE and desk.status().standby != 0)
    desk.wait_for(1)


def test_nothing_is_lost_when_nothing_happens(desk: Desk, server: Server, played: Played, report: Report) -> None:
    begin(desk, server, played)
    desk.wait_for(3)
    desk.stop()
    sound = desk.sound()
    start = place_in(played.sound, sound, RATE // 2)
    assert start is not None
    begin_at = (start - RATE // 2) * 4
    assert played.sound[begin_at : begin_at + len(sound)] == sound
    assert desk.gaps() == []


@pytest.mark.parametrize(("fault", "which"), [("kill -9 of ffmpeg", 2), ("kill -9 of the recorder", 0)])
def test_a_killed_part_is_replaced(
    desk: Desk, server: Server, played: Played, report: Report, fault: str, which: int
) -> None:
    begin(desk, server, played)
    for number in range(1, 11):
        os.kill(desk.processes()[which], signal.SIGKILL)
        until(lambda number=number: desk.status().gaps == number and desk.status().standby != 0)  # type: ignore[misc]
        desk.wait_for(1)
    desk.stop()
    truth = judge(desk, played.sound)
    report(fault, truth.lost_s, truth.errors_s)
    assert len(truth.lost_s) == 10
    assert max(truth.lost_s) <= MOST_LOST_S
    assert max(map(abs, truth.errors_s)) <= TRUE_S


def test_the_standby_is_replaced_without_a_loss(desk: Desk, server: Server, played: Played, report: Report) -> None:
    begin(desk, server, played)
    for _ in range(5):
        standby = desk.processes()[1]
        os.kill(standby, signal.SIGKILL)
        until(lambda standby=standby: desk.processes()[1] not in (0, standby))  # type: ignore[misc]
    desk.wait_for(1)
    os.kill(desk.processes()[0], signal.SIGKILL)
    until(lambda: desk.status().gaps == 1)
    desk.wait_for(0.5)
    desk.stop()
    truth = judge(desk, played.sound)
    report("kill -9 of the standby 5 times, then of the recorder", truth.lost_s, truth.errors_s)
    assert len(truth.lost_s) == 1
    assert max(truth.lost_s) <= MOST_LOST_S


def test_a_recorder_that_is_asked_to_end_hands_over(desk: Desk, server: Server, played: Played, report: Report) -> None:
    begin(desk, server, played)
    os.kill(desk.processes()[0], signal.SIGTERM)
    until(lambda: desk.status().gaps == 1)
    desk.wait_for(0.5)
    desk.stop()
    truth = judge(desk, played.sound)
    report("SIGTERM to the recorder", truth.lost_s, truth.errors_s)
    assert max(truth.lost_s) <= MOST_LOST_S


@pytest.mark.parametrize("still_s", [1.5, 5.0])
def test_an_ffmpeg_that_stands_still_costs_what_it_missed(
    desk: Desk, server: Server, played: Played, report: Report, still_s: float
) -> None:
    begin(desk, server, played)
    listening = desk.processes()[2]
    os.kill(listening, signal.SIGSTOP)
    time.sleep(still_s)
    with suppress(ProcessLookupError):
        os.kill(listening, signal.SIGCONT)
    desk.wait_for(2)
    desk.stop()
    truth = judge(desk, played.sound)
    report(f"ffmpeg frozen for {still_s:g} s", truth.lost_s or [0.0], truth.errors_s)
    assert sum(truth.lost_s) <= still_s + MOST_LOST_S
    assert max(map(abs, truth.errors_s), default=0) <= TRUE_S


def test_everything_is_killed_thirty_times(desk: Desk, server: Server, played: Played, report: Report) -> None:
    begin(desk, server, played)
    chance = random.Random(7)
    lost = []
    for _ in range(30):
        time.sleep(chance.uniform(0.2, 1.2))
        reached = control.position_now(desk.recording)
        desk.kill_all()
        kept = len(desk.sound()) // 4
        assert reached is not None
        lost.append(max(0.0, (reached - kept) / RATE))
        gaps = desk.status().gaps
        assert control.was_interrupted(desk.recording)
        desk.start(MONITOR)
        until(lambda gaps=gaps: desk.status().gaps == gaps + 1)  # type: ignore[misc]
        desk.wait_for(0.3)
    desk.stop()
    truth = judge(desk, played.sound)
    report("kill -9 of everything at a random moment", lost, truth.errors_s)
    assert len(truth.lost_s) == 30
    # now and then a machine that is busy elsewhere holds up the recorder itself
    assert sum(one > MOST_LOST_S for one in lost) <= 2
    assert max(lost) <= 3 * MOST_LOST_S
    assert max(map(abs, truth.errors_s)) <= TRUE_S


def test_the_input_is_unplugged_and_comes_back(desk: Desk, server: Server, played: Played, report: Report) -> None:
    begin(desk, server, played)
    server.unplug()
    until(lambda: desk.status().state is State.WAITING)
    assert "« Monitor of Null Output »" in desk.status().detail
    there = desk.status().position
    time.sleep(2)
    assert desk.status().position == there
    server.plug()
    began = time.monotonic()
    server.play(played.path)
    until(lambda: desk.status().state is State.RECORDING)
    report("input unplugged and plugged again: back after", [time.monotonic() - began], [])
    until(lambda: desk.status().gaps == 1)
    desk.wait_for(1)
    desk.stop()
    (gap,) = desk.gaps()
    assert gap.end - gap.start > 2 * RATE
