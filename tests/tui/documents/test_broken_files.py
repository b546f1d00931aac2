"""A file broken by hand while the screens are open, or before: said, never overwritten, followed once it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat

FOLDER = Path("episodes/bobine-romanaise")
OTHERS = {
    "ideas.toml": (("f4",), "x", "La passerelle"),
    "team.toml": (("f5", "tab"), "space", "Samira Benhaddou"),
}
"""The keys that lead to the screen of a file, one that edits there, and words that are seen there."""


def break_line(path: Path, line: int) -> bytes:
    """Make one line of a file unreadable; gives the bytes that are there now."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = "??? " + lines[line - 1]
    path.write_text("".join(lines), encoding="utf-8")
    return path.read_bytes()


async def says_where(hands: Hands, name: str, line: int) -> None:
    await hands.until(lambda: f"{name}, ligne {line}" in " ".join(hands.text().split()), f"{name}, {line}")


def test_a_plan_broken_under_the_screen_is_said_kept_and_followed_again(atelier: Path) -> None:
    async def test() -> None:
        plan = atelier / PLAN
        good = plan.read_text(encoding="utf-8")
        async with seat(make_app(atelier, day=DAY)) as hands:
            broken = break_line(plan, 8)
            await says_where(hands, "episode.toml", 8)
            assert "Accueil, sommaire" in hands.text(), "the last good state is shown"
            before = hands.rundown.episode
            for edit in (("+",), ("x",), ("d", "4", "m", "enter"), ("u",)):
                await hands.press(*edit)
                await hands.settled()
                assert hands.rundown.episode == before
                assert plan.read_bytes() == broken
            assert "Rien n'a été changé, car le fichier est à réparer d'abord" in hands.told()
            assert "episode.toml, ligne 8" in hands.told()
            plan.write_text(good.replace('"Accueil, sommaire"', '"Bonsoir à toutes"'), encoding="utf-8")
            await hands.sees("Bonsoir à toutes")
            assert "Réparez" not in hands.text()
            await hands.press("+")
            await hands.settled()
            assert on_disk(atelier).items[1].title == "Bonsoir à toutes"
            assert on_disk(atelier).items[0].duration.seconds == 50

    run(test)


@pytest.mark.parametrize("file", OTHERS)
def test_ideas_and_team_broken_under_their_screen(atelier: Path, file: str) -> None:
    keys, edit, words = OTHERS[file]

    async def test() -> None:
        path = atelier / FOLDER / file
        good = path.read_bytes()
        async with seat(make_app(atelier)) as hands:
            await hands.press(*keys)
            broken = break_line(path, 10)
            await says_where(hands, file, 10)
            await hands.press(edit)
            await hands.settled()
            assert path.read_bytes() == broken
            assert "Rien n'a été changé" in hands.told()
            assert words in hands.text()
            path.write_bytes(good)
            await hands.until(lambda: "Réparez" not in hands.text())
            await hands.press(edit)
            await hands.settled()
            assert path.read_bytes() not in (good, broken)

    run(test)


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f5"])
def test_the_show_broken_under_any_screen_is_said_there(atelier: Path, key: str) -> None:
    async def test() -> None:
        path = atelier / "shows.toml"
        good = path.read_text(encoding="utf-8")
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press(key)
            before = hands.lines()[-6:]
            broken = break_line(path, 12)
            await says_where(hands, "shows.toml", 12)
            assert hands.lines()[-1] == before[-1]
            path.write_text(good.replace("end = 18:55:00", "end = 18:54:00"), encoding="utf-8")
            assert path.read_bytes() != broken
            await hands.until(lambda: "shows.toml" not in hands.text())
            await hands.press("f3")
            await hands.sees("▲ DÉPASSE DE 1'00")

    run(test)


def test_a_plan_that_was_broken_before_is_opened_and_followed(atelier: Path) -> None:
    async def test() -> None:
        plan = atelier / PLAN
        good = plan.read_bytes()
        broken = break_line(plan, 30)
        async with seat(make_app(atelier)) as hands:
            await hands.sees("✗ à réparer")
            await hands.sees("ligne 30")
            await hands.press("enter")
            await says_where(hands, "episode.toml", 30)
            assert "est vide" not in hands.text()
            for key in ("enter", "a", "p", "d", "x", "c", "g", "u", "+", "k", "v", "o", "l", "e", "i", "n"):
                await hands.press(key)
                assert hands.app.screen is hands.place
            assert plan.read_bytes() == broken
            plan.write_bytes(good)
            await hands.sees("Accueil, sommaire")
            assert "Réparez" not in hands.text()

    run(test)


@pytest.mark.parametrize("file", OTHERS)
def test_ideas_and_team_that_were_broken_before_are_said(atelier: Path, file: str) -> None:
    keys, edit, words = OTHERS[file]

    async def test() -> None:
        path = atelier / FOLDER / file
        good, broken = path.read_bytes(), break_line(path, 11)
        async with seat(make_app(atelier)) as hands:
            await hands.press(*keys)
            await says_where(hands, file, 11)
            await hands.look()
            await says_where(hands, file, 11)
            await hands.press(edit, "u", "r")
            assert path.read_bytes() == broken
            path.write_bytes(good)
            await hands.until(lambda: "Réparez" not in hands.text())
            assert words in hands.text()

    run(test)


@pytest.mark.parametrize("opened_before", [True, False])
def test_history_brings_a_good_state_back_over_a_broken_plan(atelier: Path, opened_before: bool) -> None:
    async def test() -> None:
        plan = atelier / PLAN
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "+")
            await hands.settled()
            good, episode = plan.read_bytes(), on_disk(atelier)
            if opened_before:
                broken = break_line(plan, 8)
                await says_where(hands, "episode.toml", 8)
                await bring_back(hands)
        if not opened_before:
            broken = break_line(plan, 8)
            async with seat(make_app(atelier, day=DAY)) as hands:
                await says_where(hands, "episode.toml", 8)
                await bring_back(hands)
        assert plan.read_bytes() == good
        assert on_disk(atelier) == episode
        kept = [path.read_bytes() for path in (plan.parent / "history").iterdir()]
        assert broken in kept

    async def bring_back(hands: Hands) -> None:
        await hands.press("h")
        await hands.sees("Les états du conducteur")
        await hands.press("enter")
        await hands.until(lambda: "Réparez" not in hands.text())
        assert "2'00" in hands.line("Accueil, sommaire")

    run(test)
