"""A whole show, from an empty Thursday to « prête », by keys alone; the keys beyond the text are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.french import typeset
from bobine.model.episode import Episode
from bobine.model.people import Role
from bobine.model.written.durations import format_duration
from bobine.plan.files.control import control
from bobine.plan.timing.rundown import time_rundown
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER
from tests.tui.conftest import DAY, make_app, on_disk
from tests.tui.hands import Hands, run, seat
from tests.tui.rundown.worked_example import EXAMPLE, PEOPLE, settle_all

MOST_KEYS = 100
"""Of which ten validate what no key can know: where each signed paper is, and what is played."""


async def plan_the_worked_example(hands: Hands) -> None:
    """From the season to a show that is ready."""
    await hands.press("enter", "enter")
    await hands.until(lambda: hands.place.PLACE == "rundown", "the rundown")
    last = list(PEOPLE)[-1]
    for item in hands.rundown.episode.counted_items:
        assert hands.rundown.item == item
        if item.id in PEOPLE:
            await hands.press("p")
            await hands.write(PEOPLE[item.id])
            await hands.press("enter")
        if item.id == last:
            break
        await hands.press("down")
    await settle_all(hands)


def cast(episode: Episode) -> dict[str, list[tuple[str, Role]]]:
    """Who takes part in what, and as what."""
    return {
        item.id: [(person.name, person.role) for person in map(episode.person, item.people)]
        for item in episode.counted_items
    }


@pytest.mark.slow
def test_the_worked_example_is_planned_in_few_keys(empty_atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(empty_atelier)) as hands:
            await plan_the_worked_example(hands)
            assert hands.pressed <= MOST_KEYS
            await it_is_the_worked_example(hands, empty_atelier)
            await hands.press("escape")
            await hands.sees("✓ prête")
            assert "26 nov. 2026 ✓ prête" in hands.line("26 nov. 2026")
            assert "1 prête" in hands.text()

    async def it_is_the_worked_example(hands: Hands, root: Path) -> None:
        planned = on_disk(root)
        assert planned == hands.rundown.episode
        workspace = open_workspace(root)
        show = workspace.shows[0]
        timing = time_rundown(planned.items, show.slot.bounds(DAY))
        assert control(show, planned, workspace.folder(show, DAY)) == ()
        assert not timing.gap
        timed = [line for line in timing.lines if line.state.counts]
        assert [
            (f"{line.start:%H:%M:%S}", f"{line.back_time:%H:%M:%S}", format_duration(line.item.duration),
             line.item.title, line.item.kind.value)
            for line in timed
        ] == [(hour, hour, duration, title, kind) for hour, duration, title, kind in EXAMPLE]  # fmt: skip
        assert cast(planned) == cast(on_disk(ATELIER))
        await it_is_on_the_screen(hands)

    async def it_is_on_the_screen(hands: Hands) -> None:
        assert "✓ TOMBE JUSTE" in hands.line("prévu 55'00")
        assert "✓ prête" in hands.line("prévu 55'00")
        await hands.press("home")
        seen = []
        for number, (hour, duration, title, _) in enumerate(EXAMPLE, 1):
            row = hands.line(f"{number:>2} {hour}")
            seen.append(row.split()[1:4])
            assert typeset(title[:12]).replace("\u00a0", " ") in row
            assert seen[-1] == [hour, duration, hour]
            await hands.press("down")
        assert len(seen) == 18

    run(test)
