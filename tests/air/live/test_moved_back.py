"""« J'ai appuyé trop tard »: a take that was moved back, and the end of what was on air before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bobine.air.live.state import events as e
from bobine.air.live.state.session import Session, fold
from bobine.model.aired.progress import Airing, OnAir
from tests.air.test_session import ITEMS, RATE, START, second

SOUND = e.RecordingStarted(at=START, position=0, file="antenne.wav", rate=RATE, channels=2)
MORE_SOUND = replace(second(e.RecordingStarted, 15, file="antenne-2.wav", rate=RATE, channels=2), position=0)


def take(at: float, item: int, position_s: float | None = None) -> e.Event:
    return replace(
        second(e.Taken, at, item=ITEMS[item]), position=None if position_s is None else round(position_s * RATE)
    )


def moved(*events: e.Event, by: int) -> Session:
    return fold([*events, e.MovedBack(at=START + timedelta(seconds=1000), seconds=by)])


def seconds_of(session: Session) -> list[tuple[float, float | None, float | None, float | None]]:
    """Each stretch: start and end by the clock, then first and last sample in seconds."""

    def clock(instant: datetime | None) -> float | None:
        return None if instant is None else (instant - START).total_seconds()

    def sound(samples: int | None) -> float | None:
        return None if samples is None else samples / RATE

    return [
        (clock(one.started) or 0, clock(getattr(one, "ended", None)), sound(one.first),
         sound(getattr(one, "last", None)))
        for one in session.progress.stretches
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "by", "found"),
    [
        # the first take has nothing before it, and no sample lies before the first one
        ([SOUND, take(10, 0, 10)], 4, [(6, None, 6, None)]),
        ([SOUND, take(10, 0, 10)], 10, [(0, None, 0, None)]),
        ([SOUND, take(10, 0, 10)], 30, [(-20, None, 0, None)]),
        # the one before ends where the take is now
        ([SOUND, take(10, 0, 10), take(20, 1, 20)], 4, [(10, 16, 10, 16), (16, None, 16, None)]),
        # no further back than its beginning
        ([SOUND, take(10, 0, 10), take(20, 1, 20)], 15, [(10, 10, 10, 10), (10, None, 10, None)]),
        ([SOUND, take(0, 0, 0), take(20, 1, 20)], 25, [(0, 0, 0, 0), (0, None, 0, None)]),
        # nor, where samples were lost meanwhile, before its first one
        ([SOUND, take(10, 0, 10), take(20, 1, 19)], 15, [(10, 10, 10, 10), (10, None, 10, None)]),
        # those before it stay as they were
        (
            [SOUND, take(10, 0, 10), take(20, 1, 20), take(30, 2, 30)],
            4,
            [(10, 20, 10, 20), (20, 26, 20, 26), (26, None, 26, None)],
        ),
        # time between the two, after an end that was too early
        (
            [SOUND, take(10, 0, 10), second(e.Ended, 20), take(25, 1, 25)],
            3,
            [(10, 20, 10, 20), (22, None, 22, None)],
        ),
        # nothing recorded: the clock alone is moved
        ([take(10, 0), take(20, 1)], 4, [(10, 16, None, None), (16, None, None, None)]),
        ([take(10, 0, 10), take(20, 1, 20)], 4, [(10, 16, 10, 20), (16, None, 20, None)]),
        # the position was not known at the take
        ([SOUND, take(10, 0, 10), take(20, 1)], 4, [(10, 16, 10, None), (16, None, None, None)]),
        # the two lie in two files: the samples of the first one stay
        (
            [SOUND, take(10, 0, 10), MORE_SOUND, take(20, 1, 5)],
            4,
            [(10, 16, 10, None), (16, None, 1, None)],
        ),
        (
            [SOUND, take(10, 0, 10), MORE_SOUND, take(20, 1, 5)],
            9,
            [(10, 11, 10, None), (11, None, 0, None)],
        ),
        # the first one has no first sample, the second one has
        (
            [take(1, 0), replace(SOUND, position=None), take(9, 1, 9)],
            4,
            [(1, 5, 0, 5), (5, None, 5, None)],
        ),
    ],
)
def test_a_take_that_is_moved_back(
    events: list[e.Event], by: int, found: list[tuple[float, float | None, float | None, float | None]]
) -> None:
    session = moved(*events, by=by)
    assert session.left_out == 0
    assert seconds_of(session) == found


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_it_goes_by_the_rate_of_the_recording(rate: int) -> None:
    session = moved(replace(SOUND, rate=rate), replace(take(10, 0), position=10 * rate), by=3)
    on_air = session.progress.on_air
    assert on_air is not None
    assert (on_air.started, on_air.first) == (START + timedelta(seconds=7), 7 * rate)


def test_nothing_on_air_is_not_moved() -> None:
    for events in ([], [SOUND], [SOUND, take(10, 0, 10), second(e.Ended, 20)]):
        session, before = moved(*events, by=5), fold(events)
        assert session.progress == before.progress
        assert session.left_out == 0


def test_the_rest_of_what_is_moved_stays() -> None:
    session = moved(SOUND, take(10, 0, 10), take(20, 1, 20), second(e.Lengthened, 25, seconds=60),
                    second(e.Skipped, 26, item_id="i4"), by=4)  # fmt: skip
    start = START + timedelta(seconds=16)
    assert session.progress.aired == (
        Airing(item=ITEMS[0], started=START + timedelta(seconds=10), ended=start, first=10 * RATE, last=16 * RATE,
               file="antenne.wav"),
    )  # fmt: skip
    assert session.progress.on_air == OnAir(
        item=ITEMS[1], started=start, added=timedelta(seconds=60), first=16 * RATE, file="antenne.wav"
    )
    assert session.progress.skipped == {"i4"}
