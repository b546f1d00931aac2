"""« Saison »: each Thursday's state in a sign and words, what it lacks, and how a show is begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bobine.model.published.release import ReleaseStatus
from bobine.plan.files.creation import new_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.records.releases import write_release
from bobine.store.workspace import open_workspace
from tests.store.records.test_round_trips import local_release
from tests.tui.conftest import DAY, NOW, PLAN, make_app, on_disk
from tests.tui.hands import run, seat


def folder(root: Path, day: date) -> Path:
    return root / "episodes" / "bobine-romanaise" / str(day)


def season_of_every_state(root: Path) -> None:
    """A recorded show, one online, a broken plan, a ready show (of the 26th), one in preparation."""
    workspace = open_workspace(root)
    show = workspace.shows[0]
    for day in (date(2026, 11, 5), date(2026, 11, 12), date(2026, 12, 3), date(2026, 11, 19)):
        new_episode(workspace, show, NOW.date(), day)
    as_run = workspace.folder(show, date(2026, 11, 5)).as_run
    as_run.parent.mkdir()
    as_run.touch()
    online = local_release("local", ReleaseStatus.ONLINE)
    made = read_episode(workspace, show, date(2026, 11, 12))
    release = replace(online.release, title=made.title, season=made.season, number=made.number)
    write_release(workspace.folder(show, made.date).release, replace(online, release=release))
    plan = workspace.folder(show, date(2026, 11, 19)).plan
    plan.write_text("???" + plan.read_text(encoding="utf-8"), encoding="utf-8")


def test_each_state_has_its_sign_and_words(atelier: Path) -> None:
    season_of_every_state(atelier)

    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.sees("✗ à réparer")
            assert "1er oct. 2026 · vide" in hands.text()
            assert "22 oct. 2026 — Toussaint" in hands.text()
            assert "5 nov. 2026 ● enregistré" in hands.text()
            assert "12 nov. 2026 ▲ en ligne" in hands.text()
            assert "✗ à réparer" in hands.line("19 nov. 2026")
            assert "✓ prêt" in hands.line("26 nov. 2026")
            assert "○ en préparation" in hands.line("3 déc. 2026")
            assert "technique, an" in hands.line("3 déc. 2026")
            assert "5 émissions : 2 en préparation, 1 prête, 1 enregistrée, 1 en ligne" in hands.text()
            await hands.press("up")
            assert "ligne 1" in hands.text(), "what is wrong with the plan of that day"
            await hands.press("down", "down")
            assert "✗ comité de rédaction" in hands.text(), "who owes what lacks"

    run(test)


def test_enter_on_an_empty_day_begins_a_show_with_what_is_due(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("down")
            assert "Rien n'est encore prévu" in hands.text()
            await hands.press("enter")
            assert "Rien n'est prévu le jeudi 3 décembre 2026" in hands.dialog()
            await hands.press("down", "enter")
            assert not folder(atelier, date(2026, 12, 3)).exists(), "« ne rien faire »"
            await hands.press("enter", "enter")
            await hands.until(lambda: hands.place.PLACE == "rundown")
            episode = on_disk(atelier, date(2026, 12, 3))
            assert hands.rundown.episode == episode
            assert (episode.season, episode.number) == (8, 8)
            assert len(episode.counted_items) == 18
            due = {item.chronique for item in episode.items if item.standby}
            assert {"rock", "poubelle-cherie"} <= due
            assert "pedro-l-avocat" not in due, "the template has it"
            serial = next(item for item in episode.items if item.chronique == "pedro-l-avocat")
            assert serial.instalment == 8

    run(test)


def test_seasons_turn_and_today_comes_back(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("p")
            assert "Saison 7 · octobre 2025 – juillet 2026 · 0 émission" in hands.text()
            assert "oct. 2025 · vide" in hands.text()
            await hands.press("s", "s")
            assert "Saison 9" in hands.text()
            await hands.press("j")
            assert "Saison 8" in hands.text()
            await hands.press("enter")
            await hands.until(lambda: hands.place.PLACE == "rundown")
            assert hands.rundown.day == DAY

    run(test)


def test_what_changes_on_the_disk_is_followed(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.sees("✓ prêt")
            plan = atelier / PLAN
            text = plan.read_text(encoding="utf-8")
            plan.write_text(text.replace('duration = "1\'50"', 'duration = "5\'50"', 1), encoding="utf-8")
            await hands.until(lambda: "○ en préparation" in hands.line("26 nov. 2026"))
            assert "+4'00" in hands.line("26 nov. 2026")
            assert "durée" in hands.line("26 nov. 2026")
            workspace = open_workspace(atelier)
            new_episode(workspace, workspace.shows[0], NOW.date(), date(2026, 12, 10))
            await hands.until(lambda: "○ en préparation" in hands.line("10 déc. 2026"))

    run(test)


def test_a_click_on_a_day_then_again_opens_it(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            row = next(y for y, line in enumerate(hands.lines()) if "19 nov. 2026" in line)
            await hands.pilot.click(offset=(5, row))
            await hands.idle()
            assert "jeudi 19 novembre 2026" in hands.text()
            row = next(y for y, line in enumerate(hands.lines()) if "26 nov. 2026" in line)
            await hands.pilot.click(offset=(5, row))
            await hands.pilot.click(offset=(5, row))
            await hands.until(lambda: hands.place.PLACE == "rundown")

    run(test)


def test_f3_and_f7_open_the_day_under_the_cursor_not_the_last_one(atelier: Path) -> None:
    other = date(2026, 12, 3)
    workspace = open_workspace(atelier)
    new_episode(workspace, workspace.shows[0], NOW.date(), other)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            for key, place in (("f3", "rundown"), ("f7", "onair")):
                await hands.press("f2", "down")
                await hands.press("j", "down", key)
                await hands.until(lambda place=place: place == hands.place.PLACE)  # type: ignore[misc]
                assert hands.place.day == other  # type: ignore[attr-defined]
                if place == "onair":
                    await hands.press("escape")  # it is another day: it asks first
                await hands.press("f2", "j", key)
                await hands.until(lambda place=place: place == hands.place.PLACE)  # type: ignore[misc]
                assert hands.place.day == DAY  # type: ignore[attr-defined]
                if place == "onair":
                    await hands.press("escape")
            await hands.press("f2", "j", "down", "down", "f7")
            assert hands.place.PLACE == "season"
            assert "Rien n'est prévu" in hands.told()
            await hands.press("f3")
            assert "Préparer l'émission" in hands.dialog()

    run(test)


def test_a_bonus_is_prepared_beside_the_show_of_its_day(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.sees("26 nov. 2026 ✓ prêt")
            await hands.press("n")
            await hands.sees("Quel autre épisode, le jeudi 26 novembre 2026 ?")
            await hands.press("enter")
            await hands.sees("jeudi 26 novembre 2026 (bonus)")
            await hands.press("f2")
            await hands.sees("26 nov. +bonus ○ en préparation")
            assert "technique" not in hands.line("26 nov. +bonus"), "nobody is needed in the studio"
            await hands.press("down", "f7")
            assert "n'a pas de créneau" in hands.told()

    run(test)
    assert (folder(atelier, DAY).parent / "2026-11-26-bonus" / "episode.toml").is_file()


def test_a_cancelled_show_and_a_replay_say_so(atelier: Path) -> None:
    workspace = open_workspace(atelier)
    show = workspace.shows[0]
    for day, line in ((date(2026, 11, 5), "cancelled = true"), (date(2026, 11, 12), "replay = 2026-11-05")):
        new_episode(workspace, show, NOW.date(), day)
        plan = workspace.folder(show, day).plan
        plan.write_text(plan.read_text("utf-8").replace("number =", f"{line}\nnumber =", 1), "utf-8")

    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.sees("× annulée")
            assert "× annulée" in hands.line("5 nov. 2026")
            assert "↻ rediffusion" in hands.line("12 nov. 2026")
            assert "1 annulée, 1 rediffusion" in hands.text()
            await hands.press("up", "up")
            assert "↻ Rediffusion de celle" in hands.text()
            assert "✗ comité" not in hands.text(), "nothing is asked for it"

    run(test)
