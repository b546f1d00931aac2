"""Whether a journal is of the present show, and whether it is the hour of one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bobine.air.live.state import events as e
from bobine.air.live.state.another_day import began_another_day
from bobine.air.live.state.hours import is_the_hour
from bobine.air.live.state.session import fold
from tests.air.test_session import ITEMS, START

SLOT = (START, START + timedelta(hours=1))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZERO = timedelta()
AROUND = 6 * HOUR
AFTER = HOUR + AROUND
"""From the slot's start, the last instant at which a show is still the one of that slot."""


@pytest.mark.parametrize(
    ("began", "last", "ended", "now", "another"),
    [
        # both in the slot or around it: the same show, however long nothing happened
        (ZERO, ZERO, False, AFTER, False),
        (-AROUND, -AROUND, False, ZERO, False),
        (-AROUND, -AROUND, False, AFTER, False),
        (AFTER, AFTER, False, AFTER, False),
        (ZERO, MINUTE, True, AFTER, False),
        (-AROUND, -AROUND, False, -AROUND, False),
        # one of the two outside: another one, unless something happened lately
        (-AROUND - MINUTE, -AROUND - MINUTE, False, ZERO, True),
        (-AROUND - MINUTE, -AROUND - MINUTE, False, -MINUTE, False),
        (-AROUND - MINUTE, -AROUND, False, ZERO, False),
        (-AROUND - MINUTE, -AROUND - MINUTE, True, ZERO, True),
        (ZERO, MINUTE, False, AFTER + 2 * MINUTE, True),
        (ZERO, MINUTE, False, AFTER + MINUTE, True),
        (ZERO, HOUR, False, AFTER, False),
        (ZERO, HOUR + MINUTE, False, AFTER + MINUTE, False),
        (ZERO, HOUR, False, AFTER + MINUTE, True),
        # one that is over asks nothing outside the slot: no other show is meant
        (ZERO, HOUR, True, AFTER + MINUTE, False),
        (-2 * DAY, -2 * DAY, False, -DAY, True),
        (-2 * DAY, -2 * DAY, True, -DAY, False),
        (-DAY, -DAY, False, ZERO, True),
        (-DAY, -DAY, True, ZERO, True),
        (-DAY, -DAY, True, AFTER, True),
        (-DAY, -DAY, True, AFTER + MINUTE, False),
        (-DAY, -DAY, True, -AROUND, True),
        (-DAY, -DAY, True, -AROUND - MINUTE, False),
        # a clock that was put back
        (DAY, DAY, False, ZERO, True),
        (AFTER + MINUTE, AFTER + MINUTE, False, AFTER - AROUND + MINUTE, False),
        (AFTER + MINUTE, AFTER + MINUTE, False, MINUTE, True),
    ],
)
def test_a_journal_of_another_day(
    began: timedelta, last: timedelta, ended: bool, now: timedelta, another: bool
) -> None:
    events: list[e.Event] = [e.Taken(at=START + began, item=ITEMS[0])]
    if ended:
        events.append(e.Ended(at=START + last))
    found = began_another_day(fold(events), START + last, SLOT, START + now)
    assert found == (START + began if another else None)


def test_a_journal_without_a_show_is_of_no_other_day() -> None:
    late = START + 30 * DAY
    assert began_another_day(fold([]), None, SLOT, late) is None
    assert began_another_day(fold([e.Marked(at=START)]), START, SLOT, late) is None
    assert began_another_day(fold([e.Taken(at=START, item=ITEMS[0])]), None, SLOT, late) is None


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (START - HOUR, True),
        (START - HOUR - MINUTE, False),
        (START, True),
        (START + 30 * MINUTE, True),
        (START + 2 * HOUR, True),
        (START + 2 * HOUR + MINUTE, False),
        (START - DAY, False),
        (START + DAY, False),
    ],
)
def test_the_hours_of_a_show(now: datetime, found: bool) -> None:
    assert is_the_hour(SLOT, now) is found
