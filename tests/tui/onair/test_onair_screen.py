"""The live screen: one key to go on, nothing by a slip, and back where it was after a crash."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.stage import real_stage
from bobine.air.live.state.session import fold
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from tests.tui.hands import Hands, run, seat

DAY = date(2026, 11, 26)
SIX = datetime(2026, 11, 26, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))


class Clock:
    """A clock that is set by hand."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def on(self, **by: float) -> None:
        self.moment += timedelta(**by)


def on_air(root: Path, clock: Clock) -> BobineApp:
    workspace = open_workspace(root)
    stage = real_stage(workspace, workspace.shows[0], DAY)
    return BobineApp(Desk(workspace, workspace.shows[0], clock), DAY, on_air=stage)


def journal(root: Path) -> Journal:
    return Journal(root / "episodes" / "bobine-romanaise" / str(DAY) / JOURNAL_FILE)


async def ticked(hands: Hands) -> str:
    hands.place.tick()  # type: ignore[attr-defined]
    await hands.pilot.pause()
    return hands.text()


def test_the_board_answers_the_four_clocks(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            assert "PAS ENCORE À L'ANTENNE" in hands.text()
            assert "PAS D'ENREGISTREMENT" in hands.text()
            for _ in range(9):
                await hands.press("space")
                clock.on(seconds=2)
            # the ninth item, the portrait of nine minutes, began at 18:00:16
            clock.moment = SIX + timedelta(minutes=10)
            text = await ticked(hands)
            assert "Portrait" in text
            assert "▲ DÉPASSE DE 0:44" in text
            # 24'40 come after it and end at 18:34:40, but for the anchors of the end
            assert "▼ −20'20 EN AVANCE" in text
            assert "FIN −45:00" in text
            assert "ENSUITE    Jingle 0'20" in text
            assert "Dernière action : À L'ANTENNE « Portrait » 18:00:16 — U pour annuler" in text
            assert "▶  18:21:20 18:00:16" in text

    run(test)


def test_a_slip_does_nothing_and_undo_goes_back(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            clock.on(seconds=0.4)
            await hands.press("space")
            assert len(journal(atelier).read()) == 1
            await hands.press("escape", "down", "down")
            clock.on(seconds=39.6)
            await hands.press("space")
            session = fold(journal(atelier).read())
            assert session.progress.on_air is not None
            assert session.progress.on_air.item.id == "accueil"
            await hands.press("u")
            session = fold(journal(atelier).read())
            assert session.progress.on_air is not None
            assert session.progress.on_air.item.id == "generique"
            assert session.progress.on_air.started == SIX

    run(test)


def test_a_screen_that_was_killed_comes_back_where_it_was(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            clock.on(seconds=40)
            await hands.press("space", "plus")
        clock.on(seconds=20)
        async with seat(on_air(atelier, clock)) as hands:
            text = await ticked(hands)
            assert "Accueil, sommaire" in text
            assert "RESTE 2:00" in text
            assert "+30 s 18:00:40 — U pour annuler" in text
            await hands.press("u")
            assert "RESTE 1:30" in await ticked(hands)

    run(test)


def test_too_late_next_and_skip(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            clock.on(seconds=50)
            await hands.press("space", "b")
            await hands.until(lambda: "J'ai appuyé trop tard" in hands.text())
            await hands.press("down", "enter")
            progress = fold(journal(atelier).read()).progress
            assert progress.on_air is not None
            assert progress.on_air.started == SIX + timedelta(seconds=40)
            assert progress.aired[0].ended == SIX + timedelta(seconds=40)
            await hands.press("down", "s", "down", "down", "n")
            progress = fold(journal(atelier).read()).progress
            assert progress.skipped == {"virgule-1"}
            assert progress.next == "live-1"
            assert "ENSUITE    Live 1 4'00" in await ticked(hands)

    run(test)


def test_leaving_on_air_asks_for_a_word(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space", "q")
            await hands.until(lambda: "Écrivez « quitter »" in hands.text())
            await hands.write("oui")
            await hands.press("enter")
            assert hands.app.is_running
            assert "écrivez « quitter »" in hands.text()
            await hands.press("escape")
            assert "Dernière action" in hands.text()

    run(test)


def test_a_show_is_run_to_its_end_by_one_key(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        app = on_air(atelier, clock)
        async with seat(app) as hands:
            items = [item for item in hands.place.items if not item.standby]  # type: ignore[attr-defined]
            for item in items:
                await hands.press("space")
                clock.on(seconds=item.duration.total_seconds())
            assert "▲" not in await ticked(hands)
            await hands.press("space")
            assert "ANTENNE RENDUE" in await ticked(hands)
            progress = fold(journal(atelier).read()).progress
            assert [airing.item.id for airing in progress.aired] == [item.id for item in items]
            assert progress.ended == SIX + timedelta(minutes=55)
            archive = journal(atelier).path.with_name("archive")
            await hands.until((archive / "conducteur-realise.csv").is_file)
            assert (archive / "conducteur-prevu.toml").read_bytes() == (archive.parent / "episode.toml").read_bytes()
            assert len((archive / "conducteur-realise.csv").read_text("utf-8").splitlines()) == 1 + len(items)

    run(test)
