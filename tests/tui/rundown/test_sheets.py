"""A sheet whose item is taken out elsewhere, keys around sheets and dialogs, and what Escape keeps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from bobine.model.episode import Episode
from bobine.plan.editing.moves import drop
from bobine.plan.files.editing import commit_episode, commit_ideas, commit_team
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.workspace import open_workspace
from bobine.tui.kit.screens import late_keys
from bobine.tui.kit.screens.late_keys import LateKeys
from bobine.tui.rundown.panel import Panel
from tests.tui.conftest import DAY, NOW, make_app, on_disk
from tests.tui.hands import Hands, run, seat

Attempt = Callable[[str], AbstractContextManager[None]]
ANY_KEYS = [
    "x",
    "X",
    "v",
    "x",
    "delete",
    "shift+up",
    "d",
    "u",
    "r",
    "k",
    "c",
    "g",
    "q",
    "n",
    "+",
    "-",
    "space",
    "enter",
]


def taken_out(root: Path, item_id: str) -> Episode:
    """Somebody else takes an item out; gives what is left."""
    workspace, seen = open_workspace(root), on_disk(root)
    return commit_episode(workspace, workspace.shows[0], DAY, seen, drop(seen, item_id), NOW).value


@pytest.mark.boundary
@pytest.mark.parametrize("field", ["title", "mics", "notes", "droppable", "podcast"])
def test_what_is_typed_in_the_sheet_of_a_removed_item_acts_nowhere(atelier: Path, attempt: Attempt, field: str) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            panel = hands.rundown.query_one(Panel)
            assert panel._form is not None
            panel._form.focus_field(field)
            await hands.idle()
            left = taken_out(atelier, "accueil")
            await hands.look()
            await hands.press(*ANY_KEYS)
            if hands.app.screen is not hands.place:
                await hands.press("escape")
            await hands.settled()
            assert panel.editing
            assert "vient d'être enlevé ailleurs" in " ".join(hands.text().split())
            assert on_disk(atelier) == left
            assert hands.app.is_running

    with attempt("keys typed in a sheet whose item is removed"):
        run(test)


def test_whether_a_key_acts_is_known_without_looking_through_the_screen(
    atelier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key asks for each binding: a search among all widgets for each of them is a quarter of a keystroke."""

    def searched(*_: object) -> None:
        raise AssertionError

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            with monkeypatch.context() as patch:
                patch.setattr(type(hands.rundown), "query", searched)
                bindings = hands.app.screen.active_bindings
            assert "x" not in bindings
            await hands.press("escape")
            assert "x" in hands.app.screen.active_bindings

    run(test)


@pytest.mark.parametrize("answer", ["back", "drop", "on"])
def test_it_is_put_back_with_what_was_typed_or_left_out(atelier: Path, answer: str) -> None:
    async def test() -> None:
        before = on_disk(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            await hands.write("Bonsoir, ")
            left = taken_out(atelier, "accueil")
            await hands.look()
            await hands.write("et merci")
            await hands.press("escape")
            assert "a été enlevé ailleurs" in hands.dialog()
            await hands.press(*{"back": ("enter",), "drop": ("down", "enter"), "on": ("escape",)}[answer])
            await hands.settled()
            if answer == "back":
                found = on_disk(atelier)
                assert [item.id for item in found.items] == [item.id for item in before.items]
                assert "Bonsoir, et merci" in found.items[1].title
                assert replace(found.items[1], title=before.items[1].title) == before.items[1]
                await hands.press("u")
                await hands.settled()
            assert on_disk(atelier) == left
            assert hands.rundown.query_one(Panel).editing == (answer == "on")

    run(test)


def test_an_item_that_comes_back_by_itself_is_edited_on(atelier: Path) -> None:
    async def test() -> None:
        before = on_disk(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            left = taken_out(atelier, "accueil")
            await hands.look()
            workspace = open_workspace(atelier)
            commit_episode(workspace, workspace.shows[0], DAY, left, before, NOW)
            await hands.look()
            await hands.fill("Bonsoir")
            await hands.press("escape")
            await hands.settled()
            assert on_disk(atelier).items[1].title == "Bonsoir"

    run(test)


@pytest.mark.parametrize("place", ["f4", "f5"])
def test_an_idea_or_a_member_removed_under_its_form(atelier: Path, place: str) -> None:
    async def test() -> None:
        workspace = open_workspace(atelier)
        show = workspace.shows[0]
        async with seat(make_app(atelier)) as hands:
            await hands.press(place, *(("enter",) if place == "f4" else ("tab", "f")))
            await hands.write("Zoé ")
            if place == "f4":
                ideas = read_ideas(workspace, show)
                gone = hands.place.idea.id  # type: ignore[attr-defined]
                commit_ideas(workspace, show, ideas, [one for one in ideas if one.id != gone])
            else:
                team = read_team(workspace, show)
                commit_team(workspace, show, team, team[1:])
            await hands.look()
            hands.app.screen.look()  # type: ignore[attr-defined]
            await hands.idle()
            assert "vient d'être enlevé ailleurs" in hands.dialog()
            await hands.press("escape")
            assert "a été enlevé ailleurs" in hands.dialog()
            await hands.press("enter")
            await hands.settled()
            names = [one.title for one in read_ideas(workspace, show)] + [
                one.name for one in read_team(workspace, show)
            ]
            assert any("Zoé" in name for name in names)

    run(test)


@pytest.mark.parametrize("field", ["droppable", "podcast", "works"])
def test_the_keys_of_the_list_are_dead_in_a_sheet(atelier: Path, field: str) -> None:
    async def test() -> None:
        before = on_disk(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            panel = hands.rundown.query_one(Panel)
            assert panel._form is not None
            panel._form.focus_field(field)
            await hands.idle()
            await hands.press("v", "delete", "d", "u", "k", "c", "q", "shift+up", "+", "ctrl+z")
            assert (hands.app.is_running, panel.editing, hands.app.screen) == (True, True, hands.place)
            await hands.settled()
            assert on_disk(atelier) == before
            await hands.press("x")
            await hands.settled()
            assert (on_disk(atelier).items[1].droppable != before.items[1].droppable) == (field == "droppable")

    run(test)


@given(st.lists(st.tuples(st.sampled_from(["x", "u", "enter", "down", "a"]), st.floats(0.001, 0.24)), max_size=20))
def test_typing_that_goes_on_after_a_dialog_acts_nowhere(keys: list[tuple[str, float]]) -> None:
    late_keys.DRAIN_S, drain_s = 0.25, late_keys.DRAIN_S
    mind = LateKeys()
    mind.cover()
    assert mind.ignores("x", 1)
    mind.uncover(10)
    now, looked = 10.0, False
    for key, gap in keys:
        now += gap
        looked = looked or key == "down"
        assert mind.ignores(key, now) == (not looked and key != "down")
    assert not mind.ignores("x", now + late_keys.DRAIN_S + 0.01)
    assert not LateKeys().ignores("x", 0)
    late_keys.DRAIN_S = drain_s


@pytest.mark.boundary
@pytest.mark.parametrize("keys", ["xvx", "x\rx", "uuu", "\r\r\r"], ids=repr)
def test_keys_that_come_as_a_dialog_closes_act_nowhere_below(
    atelier: Path, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("+", "+")
            await hands.settled()
            before = on_disk(atelier)
            monkeypatch.setattr(late_keys, "DRAIN_S", 60)
            await hands.press("d")
            hands.app.post_message(events.Key("escape", None))
            for key in keys:
                hands.app.post_message(events.Key("enter" if key == "\r" else key, key))
            await hands.idle()
            await hands.press(*keys.replace("\r", "x"))
            await hands.settled()
            assert on_disk(atelier) == before
            assert hands.app.screen is hands.place
            await hands.press("down", "x")
            await hands.settled()
            assert len(on_disk(atelier).items) == len(before.items) - 1

    with attempt("keys that come as a dialog closes"):
        run(test)


@pytest.mark.parametrize(
    ("place", "opening"),
    [
        ("f3", ("d",)),
        ("f3", ("p",)),
        ("f3", ("o", "enter")),
        ("f3", ("enter", "tab")),
        ("f3", ("e", "tab")),
        ("f4", ("a",)),
        ("f4", ("enter", "tab", "tab")),
        ("f5", ("a",)),
        ("f5", ("tab", "f")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_escape_keeps_what_was_typed_everywhere(atelier: Path, place: str, opening: tuple[str, ...]) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press(place)
            await hands.press(*opening)
            await hands.write("zq7")
            await closed(hands)
            await hands.press(*opening)
            assert "zq7" in hands.text()
            await closed(hands)

    async def closed(hands: Hands) -> None:
        for _ in range(4):
            sheet = hands.place.query(Panel)
            if hands.app.screen is hands.place and not any(panel.editing for panel in sheet):
                return
            await hands.press("escape")
        raise AssertionError("Escape does not leave")

    run(test)


def test_what_was_typed_waits_for_its_own_place_only(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("d")
            await hands.write("zq7")
            await hands.press("escape", "down", "d")
            assert "zq7" not in hands.text()
            await hands.press("escape", "up", "d")
            assert "zq7" in hands.text()
            await hands.fill("2'00")
            await hands.press("enter", "d")
            assert "zq7" not in hands.text()

    run(test)
