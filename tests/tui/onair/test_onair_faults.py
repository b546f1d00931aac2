"""What can go wrong around the live screen: a plan broken by hand, a clock that is set, midnight, a change of hour."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.air.live.stage import real_stage
from bobine.air.live.state.session import fold
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from tests.tui.documents.test_broken_files import break_line
from tests.tui.hands import run, seat
from tests.tui.onair.test_onair_screen import DAY, SIX, Clock, journal, on_air, ticked

PARIS = ZoneInfo("Europe/Paris")


def test_a_plan_broken_during_the_show_stops_nothing(atelier: Path) -> None:
    plan = atelier / "episodes" / "bobine-romanaise" / str(DAY) / "episode.toml"

    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock), (100, 30)) as hands:
            await hands.press("space")
            good = plan.read_bytes()
            broken = break_line(plan, 30)
            await hands.until(lambda: "ligne 30" in " ".join(hands.text().split()), "where the plan is broken")
            clock.on(seconds=40)
            await hands.press("space", "m", "plus")
            session = fold(journal(atelier).read())
            assert session.progress.on_air is not None
            assert session.progress.on_air.item.id == "accueil"
            assert session.progress.on_air.added == timedelta(seconds=30)
            assert len(session.marks) == 1
            assert "Politique locale" in hands.text(), "the last plan that could be read is kept"
            assert plan.read_bytes() == broken
            plan.write_bytes(good.replace(b"Virgule", b"Petite virgule", 1))
            await hands.until(lambda: "Petite virgule" in hands.text(), "the mended plan")
            assert "ligne 30" not in hands.text()

    run(test)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_by_an_hour_loses_nothing_and_locks_nothing(atelier: Path, hours: int) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            clock.on(seconds=40)
            await hands.press("space", "m")
            clock.on(hours=hours)
            await ticked(hands)
            clock.on(seconds=2)
            await hands.press("space")
            clock.on(seconds=2)
            await hands.press("space", "m")
            session = fold(journal(atelier).read())
            assert [one.item.id for one in session.progress.stretches][:2] == ["generique", "accueil"]
            assert len(session.progress.stretches) == 4
            assert len(session.marks) == 2
            for airing in session.progress.aired:
                assert airing.started <= airing.ended
            # the hour is right again, and so is the end of the slot
            text = await ticked(hands)
            assert f"{(clock.moment).astimezone(PARIS):%H:%M:%S}" in text
            await hands.press("u")
            assert len(fold(journal(atelier).read()).marks) == 1

    run(test)


def late_show(root: Path, start: str, end: str, day: date) -> None:
    """The same show, by night."""
    shows = root / "shows.toml"
    text = shows.read_text(encoding="utf-8")
    text = text.replace("start = 18:00:00", f"start = {start}").replace("end = 18:55:00", f"end = {end}")
    shows.write_text(text, encoding="utf-8")
    folder = root / "episodes" / "bobine-romanaise"
    plan = (folder / str(DAY) / "episode.toml").read_text(encoding="utf-8")
    lines = [line for line in plan.replace(str(DAY), str(day)).splitlines() if not line.startswith("fixed_start")]
    (folder / str(day)).mkdir(exist_ok=True)
    (folder / str(day) / "episode.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("start", "end", "day", "then", "hour", "over"),
    [
        # across midnight
        ("23:30:00", "00:25:00", date(2026, 11, 26), 45, "00:15:00", "44:20"),
        # the night when the hour goes back: an hour more between the same hours; and the one when it goes on
        ("02:30:00", "03:25:00", date(2026, 10, 25), 105, "03:15:00", "1:44:20"),
        ("01:30:00", "03:25:00", date(2027, 3, 28), 45, "03:15:00", "44:20"),
    ],
)
def test_a_show_across_midnight_or_a_change_of_hour(
    atelier: Path, start: str, end: str, day: date, then: int, hour: str, over: str
) -> None:
    late_show(atelier, start, end, day)
    workspace = open_workspace(atelier)
    show = workspace.shows[0]
    begins, _ = show.slot.bounds(day)

    async def test() -> None:
        clock = Clock(begins)
        app = BobineApp(Desk(workspace, show, clock), day, on_air=real_stage(workspace, show, day))
        async with seat(app) as hands:
            await hands.press("space")
            clock.moment = (begins.astimezone(UTC) + timedelta(minutes=then)).astimezone(PARIS)
            text = await ticked(hands)
            assert hour in text
            assert "FIN −10:00" in text
            assert f"ÉCART À {end}" in text
            assert f"▲ DÉPASSE DE {over}" in text

    run(test)


def test_before_the_show_what_is_not_ready_is_said_and_listed(atelier: Path) -> None:
    plan = atelier / "episodes" / "bobine-romanaise" / str(DAY) / "episode.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('role = "technician"', 'role = "contributor"'), encoding="utf-8")

    async def test() -> None:
        async with seat(on_air(atelier, Clock(SIX)), (100, 30)) as hands:
            await hands.until(lambda: "V dit quoi, et par qui" in hands.told(), "what is not ready")
            await hands.press("v")
            await hands.until(lambda: "à régler avant l'antenne" in hands.text(), "the preflight")
            assert "✗ Conducteur : " in hands.text()
            assert "Entrée son : aucune n'est choisie" in hands.text()
            await hands.press("escape", "space")
            assert fold(journal(atelier).read()).progress.on_air is not None

    run(test)
