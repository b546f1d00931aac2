"""« Équipe »: the roles of a show held, learnt and proposed, and skills that go one step further."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bobine.model.people import Person, Role
from bobine.model.team import Member, Skill
from bobine.plan.files.creation import new_episode
from bobine.store.documents.team import read_team
from bobine.store.workspace import open_workspace
from bobine.tui.messages import Forget
from tests.tui.conftest import DAY, NOW, PLAN, make_app, on_disk
from tests.tui.hands import run, seat

NEXT = date(2026, 12, 3)


def member(root: Path, name: str) -> Member:
    workspace = open_workspace(root)
    return next(one for one in read_team(workspace, workspace.shows[0]) if one.name == name)


def holders(root: Path, role: Role, day: date = DAY) -> list[str]:
    return [person.name for person in on_disk(root, day).people if person.holds(role)]


def learning(root: Path, role: Role, day: date = DAY) -> list[Person]:
    return [person for person in on_disk(root, day).people if role in person.understudy]


def test_a_role_is_given_and_taken_back(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5")
            assert "Samira Benhaddou" in hands.line("Animation  ")
            await hands.press("down", "down", "enter")
            assert "Montage : qui ?" in hands.dialog()
            await hands.press("enter")
            await hands.settled()
            (name,) = holders(atelier, Role.EDITOR)
            assert name in hands.line("Montage  ")
            await hands.press("enter")
            assert f"Retirer {name}" in hands.dialog()
            await hands.press("home", "enter")
            await hands.settled()
            assert holders(atelier, Role.EDITOR) == []
            assert "personne" in hands.line("Montage  ")

    run(test)


def test_somebody_who_is_not_of_the_team_holds_a_role(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "end", "enter")
            await hands.write("quelqu'un d'autre")
            await hands.press("enter")
            await hands.write("Zoé Blanc")
            await hands.press("enter")
            await hands.settled()
            assert holders(atelier, Role.WELCOME) == ["Zoé Blanc"]
            assert "Zoé Blanc" in hands.line("Accueil  ")

    run(test)


def test_an_understudy_is_chosen_beside_who_can_teach(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "down", "d")
            assert "Technique : qui est en doublure ?" in hands.dialog()
            assert "Retirer Paul Arnichand" in hands.dialog()
            await hands.press("down", "enter")
            await hands.settled()
            assert len(learning(atelier, Role.TECHNICIAN)) == 2
            await hands.press("d")
            await hands.write("retirer paul")
            await hands.press("enter")
            await hands.settled()
            assert "Paul Arnichand" not in [person.name for person in learning(atelier, Role.TECHNICIAN)]

    run(test)


def test_everything_is_proposed_at_once_for_a_new_show(atelier: Path) -> None:
    workspace = open_workspace(atelier)
    new_episode(workspace, workspace.shows[0], NOW.date(), NEXT)

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "s")
            assert "Les rôles du jeudi 3 décembre 2026" in hands.text()
            assert "✗ personne" in hands.line("Animation  ")
            await hands.press("t")
            await hands.settled()
            for role in (Role.HOST, Role.TECHNICIAN, Role.EDITOR, Role.INTERVIEWER, Role.WELCOME):
                assert len(holders(atelier, role, NEXT)) == 1
            assert learning(atelier, Role.TECHNICIAN, NEXT)
            assert "✗ personne" not in hands.text()
            await hands.press("t")
            assert "Rien à proposer" in hands.told()
            await hands.press("p")
            assert "Les rôles du jeudi 26 novembre 2026" in hands.text()

    run(test)


def test_skills_go_one_step_further_and_round(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "tab", "right", "space")
            await hands.settled()
            assert member(atelier, "Samira Benhaddou").technician is Skill.DISCOVERED
            assert "○ découv." in hands.line("Samira Benhaddou    ★")
            await hands.press("enter", "space", "space")
            await hands.settled()
            assert member(atelier, "Samira Benhaddou").technician is Skill.TRAINER
            assert "★ forme     ★ forme" in hands.line("Samira Benhaddou    ★")
            assert "Fragile" not in hands.text(), "two people can do each role now"
            await hands.press("space")
            await hands.settled()
            assert member(atelier, "Samira Benhaddou").technician is None
            assert "Fragile : technique" in hands.text()

    run(test)


def test_somebody_joins_pauses_and_leaves(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "tab", "a")
            await hands.write("Zoé Blanc")
            await hands.press("enter")
            await hands.settled()
            assert member(atelier, "Zoé Blanc").id == "zoe-blanc"
            await hands.press("f", "tab", "space", "escape")
            await hands.settled()
            assert member(atelier, "Zoé Blanc").away
            assert "Zoé Blanc (en pa" in hands.text()
            await hands.press("x")
            await hands.settled()
            assert "Zoé Blanc" not in hands.line("Qui sait faire quoi")
            workspace = open_workspace(atelier)
            assert all(one.name != "Zoé Blanc" for one in read_team(workspace, workspace.shows[0]))

    run(test)


def test_what_is_known_of_somebody_is_given_to_them(
    atelier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "o")
            await hands.fill("samira ben")
            await hands.press("tab", "enter", "enter")
            await hands.until(lambda: "Écrit" in hands.told())
            page = (tmp_path / "personne-samira-benhaddou.html").read_text("utf-8")
            assert "Samira Benhaddou" in page
            assert json.loads((tmp_path / "personne-samira-benhaddou.json").read_text("utf-8"))["entries"]

    run(test)


@pytest.mark.boundary
def test_nobody_is_forgotten_before_all_was_shown_and_the_word_was_typed(atelier: Path) -> None:
    app = make_app(atelier)

    async def test() -> None:
        async with seat(app) as hands:
            await hands.press("f5", "o")
            await hands.fill("Loïc Chastel")
            await hands.press("enter", "down", "enter")
            await hands.until(lambda: "pour toujours" in hands.text())
            shown = hands.dialog()
            assert "Bénévole 1" in shown
            assert "team.toml" in shown
            await hands.press("pagedown", "pagedown", "pagedown")
            assert "Gardé, et pourquoi" in hands.dialog() or "La voix reste" in hands.dialog()
            await hands.write("oui")
            await hands.press("enter")
            assert "pour toujours" in hands.dialog(), "another word does nothing"
            await hands.press("escape")
            assert app.wish is None
            await hands.press("o")
            await hands.fill("Loïc Chastel")
            await hands.press("enter", "down", "enter")
            await hands.until(lambda: "pour toujours" in hands.text())
            await hands.write("oublier")
            await hands.press("enter")

    run(test)
    assert app.wish == Forget("Loïc Chastel")
    assert member(atelier, "Loïc Chastel").id == "loic", "the terminal does it, after the screens"


def test_who_is_nowhere_is_said(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "o")
            await hands.fill("Wilfried Quux")
            await hands.press("enter", "enter")
            await hands.until(lambda: "Rien n'a été trouvé" in hands.told())

    run(test)


def test_an_authorisation_that_is_over_is_told_with_whom_to_ask(atelier: Path) -> None:
    plan = atelier / PLAN
    text = plan.read_text("utf-8")
    where = text.index("consent_reference")
    plan.write_text(f"{text[:where]}consent_until = 2026-11-01\n{text[where:]}", "utf-8")
    (lapsed,) = [one for one in on_disk(atelier).people if one.consent_until is not None]

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5")
            await hands.sees("! Autorisations : 1 échue")
            said = " ".join(hands.text().split())
            assert f"({lapsed.name}, dimanche 1er novembre 2026). À demander" in said

    run(test)
