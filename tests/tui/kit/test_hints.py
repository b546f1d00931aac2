"""What an empty field shows: unmistakably a hint, never something that looks like a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.store.workspace import open_workspace
from bobine.tui.episode.forms import episode_sections, item_sections, person_sections, work_sections
from bobine.tui.ideas.screen import FORM as IDEA_FORM
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, value_of
from bobine.tui.team.screen import FORM as TEAM_FORM
from tests.conftest import ATELIER
from tests.tui.conftest import DAY, make_app, on_disk
from tests.tui.hands import run, seat

WORDS = {
    "noms entre virgules",
    "pas de limite",
    "pour une personne élue ou candidate",
    "s'il est connu, les chiffres sous le code-barres",
    "qui signe pour une personne mineure",
    "pour un feuilleton",
    "plus d'une pour un groupe",
    "vide : une émission inédite",
    "vide : sans fin",
}
"""Hints that say in words what belongs there."""


def sections() -> tuple[Section, ...]:
    show, episode = open_workspace(ATELIER).shows[0], on_disk(ATELIER)
    return (*item_sections(show, episode, lambda _: None), *person_sections(), *work_sections(),
            *episode_sections(episode), *IDEA_FORM, *TEAM_FORM)  # fmt: skip


SPECS = [spec for section in sections() for spec in section.fields if spec.hint]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.name}: {spec.hint}")
def test_a_hint_says_that_it_is_one(spec: FieldSpec) -> None:
    assert "par exemple " in spec.hint or spec.hint in WORDS
    if spec.control in (Control.DURATION, Control.HOUR, Control.DAY, Control.NUMBER):
        with pytest.raises(ValueError, match=" "):
            value_of(spec, spec.hint)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_stands_in_parentheses_and_italics(atelier: Path, theme: str) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 40)) as hands:
            await hands.press(*(("ctrl+t",) if theme == "light" else ()), "down", "enter")
            for entry in hands.place.query(Entry):
                if entry.placeholder:
                    assert str(entry.placeholder).startswith("(")
                    assert str(entry.placeholder).endswith(")")
                style = entry.get_component_rich_style("input--placeholder")
                assert style.italic
                assert style.color != entry.rich_style.color
            assert "(par exemple 18:53:10)" in hands.text(), "it fits beside the list"

    run(test)
