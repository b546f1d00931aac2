"""Times the timing of a rundown and the search for what to cut or to add; the table is Markdown."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

from measuring.machine import machine

from bobine.model.aired.progress import OnAir, Progress
from bobine.model.episode import Item, ItemKind
from bobine.plan.repair.repairs import advise
from bobine.plan.timing.rundown import time_rundown

SECOND = timedelta(seconds=1)
START = datetime(2026, 11, 26, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))


def rundown(count: int, seconds: int) -> tuple[Item, ...]:
    """So many items of about so many seconds: each tenth anchored, each fifth droppable, half of them elastic."""
    items, position = [], 0
    for n in range(count):
        length = seconds + n % 7
        anchor = time_of_day(18 + position // 3600, position // 60 % 60, position % 60) if n % 10 == 9 else None
        shortest = (length - 5 - n % 3) * SECOND if n % 2 else None
        longest = (length + 5) * SECOND if n % 2 else None
        items.append(
            Item(
                id=f"item-{n}", title=f"Élément {n}", kind=ItemKind.CHRONIQUE, duration=length * SECOND, min=shortest,
                max=longest, fixed_start=anchor, droppable=n % 5 == 0, standby=n % 20 == 18,
            )
        )  # fmt: skip
        position += 0 if n % 20 == 18 else length
    return tuple(items)


def row(what: str, call: Callable[[], object], times: int) -> str:
    """One line of the table: median and 99th percentile of so many calls, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter_ns()
        call()
        spent.append((time.perf_counter_ns() - start) / 1e6)
    return f"| {what} | {statistics.median(spent):.2f} | {statistics.quantiles(spent, n=100)[98]:.2f} |"


def main() -> None:
    """Print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--times", type=int, default=1000, help="calls that each figure is made of (1000)")
    times = cli.parse_args().times
    print(machine())
    print()
    print("| | median ms | 99th percentile ms |")
    print("|---|---|---|")
    slot = START, START + timedelta(minutes=55)
    many = rundown(200, 16)
    progress = Progress(on_air=OnAir(item=many[0], started=START))
    print(row("a plan of 200 items, timed", lambda: time_rundown(many, slot), times))
    print(row("the same, live", lambda: time_rundown(many, slot, progress, START + 5 * SECOND), times))
    forty = rundown(40, 80)
    total = sum((item.duration for item in forty if not item.standby), timedelta())
    for name, gap in (
        ("what to cut of 40 items, 1'00 too long", 60), ("5'00 too long", 300), ("10'00 too long", 600),
        ("an hour too long: no answer", 3600), ("what to add to 40 items, 1'00 too short", -60),
    ):  # fmt: skip
        first = replace(forty[0], duration=max(SECOND, forty[0].duration + gap * SECOND))
        timing = time_rundown((first, *forty[1:]), (START, START + total))
        print(row(name, lambda timing=timing: advise(timing), max(10, times // 20)), flush=True)  # type: ignore[misc]


if __name__ == "__main__":
    main()
