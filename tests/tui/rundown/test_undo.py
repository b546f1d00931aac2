"""Undo and redo on the screens: the exact episode from before, whatever others wrote meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bobine.model.episode import Episode
from bobine.plan.files.editing import commit_episode
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.workspace import open_workspace
from tests.tui.conftest import DAY, NOW, make_app, on_disk
from tests.tui.hands import Hands, run, seat

GESTURES = {
    "longer": ("+",),
    "shorter": ("-",),
    "earlier": ("shift+up",),
    "later": ("shift+down",),
    "out": ("x",),
    "twice": ("k",),
    "reserve": ("v",),
    "duration": ("d", "7", "'", "enter"),
    "people": ("p", "Z", "o", "é", "enter"),
    "title": ("enter", "end", "Z", "enter", "escape"),
    "title, left with Escape": ("enter", "end", "Z", "escape"),
    "kind": ("enter", "tab", "tab", "tab", "tab", "tab", "right", "escape"),
    "added": ("a", "enter"),
}
"""Keys of each gesture, on the fourth item."""


async def written(hands: Hands, root: Path) -> Episode:
    """The episode, once the screen and the disk agree."""
    await hands.settled()
    assert on_disk(root) == hands.rundown.episode
    return on_disk(root)


@pytest.mark.parametrize("gesture", GESTURES)
def test_each_gesture_is_undone_and_done_again_exactly(atelier: Path, gesture: str) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            before = on_disk(atelier)
            await hands.press("down", "down", "down", *GESTURES[gesture])
            after = await written(hands, atelier)
            assert after != before
            await hands.press("u")
            assert "Annulé : " in hands.told()
            assert await written(hands, atelier) == before
            await hands.press("r")
            assert "Refait : " in hands.told()
            assert await written(hands, atelier) == after
            await hands.press("u", "u")
            assert "Rien à annuler" in hands.told()

    run(test)


def test_several_gestures_are_undone_in_order(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            states = [on_disk(atelier)]
            for keys in (("down", "+"), ("x",), ("shift+down",), ("k",)):
                await hands.press(*keys)
                states.append(await written(hands, atelier))
            for state in reversed(states[:-1]):
                await hands.press("ctrl+z")
                assert await written(hands, atelier) == state
            for state in states[1:]:
                await hands.press("ctrl+y")
                assert await written(hands, atelier) == state
            await hands.press("u", "+", "r")
            assert "Rien à refaire" in hands.told(), "another edit ends what could be done again"

    run(test)


def test_undo_leaves_what_somebody_else_wrote(atelier: Path) -> None:
    async def test() -> None:
        workspace = open_workspace(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "+")
            seen = await written(hands, atelier)
            theirs = replace(seen.items[1], notes="Penser au micro.")
            others = replace(seen, title="Autre titre", items=(seen.items[0], theirs, *seen.items[2:]))
            commit_episode(workspace, workspace.shows[0], DAY, seen, others, NOW)
            await hands.look()
            assert "Modifié ailleurs" in hands.told()
            await hands.press("u")
            left = await written(hands, atelier)
            assert left.title == "Autre titre"
            assert left.items[1].notes == "Penser au micro."
            assert left.items[1].duration.seconds == 110

    run(test)


def test_history_lists_the_states_and_bringing_one_back_can_be_undone(atelier: Path) -> None:
    async def test() -> None:
        first = on_disk(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "x")
            await written(hands, atelier)
            await hands.press("+")
            last = await written(hands, atelier)
            await hands.press("h")
            seen = hands.dialog()
            assert "Les états du conducteur" in seen
            assert "le plus ancien gardé" in seen
            assert "Accueil, sommaire" in seen, "what each state changed"
            await hands.press("down", "down", "enter")
            assert await written(hands, atelier) == first
            assert "Accueil, sommaire" in hands.text()
            await hands.press("u")
            assert await written(hands, atelier) == last
            await hands.press("u", "u")
            assert await written(hands, atelier) == first

    run(test)


@pytest.mark.parametrize(("keys", "edit"), [(("f4",), "x"), (("f5", "tab"), "space")], ids=["ideas", "team"])
def test_ideas_and_team_are_undone_too(atelier: Path, keys: tuple[str, ...], edit: str) -> None:
    async def test() -> None:
        workspace = open_workspace(atelier)
        show = workspace.shows[0]
        before = read_ideas(workspace, show), read_team(workspace, show)
        async with seat(make_app(atelier)) as hands:
            await hands.press(*keys, edit)
            await hands.settled()
            after = read_ideas(workspace, show), read_team(workspace, show)
            assert after != before
            await hands.press("u")
            await hands.settled()
            assert "Annulé : " in hands.told()
            assert (read_ideas(workspace, show), read_team(workspace, show)) == before
            await hands.press("r")
            await hands.settled()
            assert (read_ideas(workspace, show), read_team(workspace, show)) == after

    run(test)
