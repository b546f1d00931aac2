"""All keys of all screens in one table: a key means the same everywhere, or the keys' line says what it means here."""

from __future__ import annotations

import importlib
from collections import defaultdict

import pytest
from textual.binding import Binding

from bobine.tui.app import BobineApp
from bobine.tui.hours.screen import HoursScreen
from bobine.tui.ideas.screen import IdeasScreen
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.onair.screen import AirScreen
from bobine.tui.report.screen import ReportScreen
from bobine.tui.rundown.screen import RundownScreen
from bobine.tui.season.screen import SeasonScreen
from bobine.tui.team.screen import TeamScreen

SETTINGS = "bobine.tui.show.screen"
PLANNING: list[type[DeskScreen]] = [
    SeasonScreen, RundownScreen, IdeasScreen, TeamScreen, HoursScreen, ReportScreen
]  # fmt: skip
if importlib.util.find_spec("bobine.tui.show"):
    PLANNING.append(importlib.import_module(SETTINGS).SettingsScreen)

SAME = [
    {"Annuler"}, {"Refaire", "Rétablir"}, {"Ajouter"}, {"Ôter"}, {"Fiche"}, {"Couper"}, {"Œuvres"},
    {"Plus tôt", "Plus haut"}, {"Plus tard", "Plus bas"},
]  # fmt: skip
"""Words that mean the same."""

SAID = {
    "a": "on air « A » is for somebody absent: nothing is added to a show that goes on",
    "f": "a member's sheet, and on air the end of the show",
    "d": "« Durée » of an item, « Doublure » of a role",
    "e": "the show's title, another show, the item on air",
    "enter": "what is chosen is opened, held by somebody, or put on air",
    "k": "« Dupliquer », and on air « Chanson ? »",
    "n": "on air the next item, else the next that was found",
    "o": "« Œuvres » of an item, « Données » of a person",
    "p": "« Qui » of an item, the day or season before, on air « Parole »",
    "plus": "ten seconds in a plan, a quarter of an hour in hours, thirty seconds on air",
    "minus": "ten seconds in a plan, a quarter of an hour in hours, thirty seconds on air",
    "s": "the day or season after, on air « Sauter »",
    "b": "« Heures », and on air « Trop tard »",
    "space": "a skill one step further, hours noted, on air the next item",
    "t": "« Proposer », « Tout noter », an item's sound after the show, and on air the stopwatch",
    "j": "« Aujourd'hui », and on air « Noter »",
    "v": "« Réserve », an idea to a rundown, and on air « Contrôle »",
    "x": "an item is taken out, an idea put aside, and on air sounds are stopped",
    "delete": "as X",
}
"""Keys that mean several things, and why they may."""


def table() -> dict[str, dict[type[DeskScreen], Binding]]:
    """Each key, with its binding on each screen."""
    found: dict[str, dict[type[DeskScreen], Binding]] = defaultdict(dict)
    screens: list[type[DeskScreen]] = [*PLANNING, AirScreen]
    for screen in screens:
        for binding in Binding.make_bindings(screen.BINDINGS):
            if binding.description:
                found[binding.key][screen] = binding
    return found


def meaning(binding: Binding) -> str:
    return next((min(words) for words in SAME if binding.description in words), binding.description)


@pytest.mark.parametrize("key", sorted(table()))
def test_a_key_means_the_same_or_the_line_says_it(key: str) -> None:
    on = table()[key]
    if len({meaning(binding) for binding in on.values()}) == 1:
        return
    assert key in SAID, {screen.__name__: binding.description for screen, binding in on.items()}
    silent = [screen.__name__ for screen, binding in on.items() if screen in PLANNING and not binding.show]
    words = {binding.description for screen, binding in on.items() if screen in PLANNING and not binding.show}
    assert len(words) <= 1, f"{key} is told in the keys' line of all planning screens but one: {silent}"


def test_every_exception_is_one() -> None:
    several = {key for key, on in table().items() if len({meaning(one) for one in on.values()}) > 1}
    assert SAID.keys() <= several


def test_what_works_everywhere_is_taken_by_no_planning_screen() -> None:
    everywhere = {binding.key for binding in Binding.make_bindings(BobineApp.BINDINGS)}
    for screen in PLANNING:
        own = {binding.key for binding in Binding.make_bindings(screen.BINDINGS)}
        assert own & everywhere <= ({"f3", "f7"} if screen is SeasonScreen else set())


def test_each_key_says_what_it_does() -> None:
    for screen in PLANNING:
        for binding in Binding.make_bindings(screen.BINDINGS):
            assert binding.tooltip or not binding.description, (screen.__name__, binding.key)
