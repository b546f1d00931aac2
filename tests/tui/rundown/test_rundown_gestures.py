"""What is done to a rundown with one key and a dialog: add, repair, search, people, works, the mouse."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bobine.model.episode import WorkUse
from bobine.model.ideas import IdeaStatus
from bobine.model.people import Consent
from bobine.store.documents.ideas import read_ideas
from bobine.store.workspace import open_workspace
from bobine.tui.kit.forms.form import Form
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat


async def choose(hands: Hands, text: str) -> None:
    """Narrow the list that is open, and take what is left."""
    await hands.write(text)
    await hands.press("enter")
    await hands.settled()


def under_the_cursor(hands: Hands) -> str:
    item = hands.rundown.item
    return item.id if item is not None else ""


def test_a_chronique_an_idea_and_a_blank_item_are_added_after_the_cursor(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "a")
            assert "! Rock" in hands.dialog(), "what is due comes first, with a sign"
            await choose(hands, "rock")
            await hands.press("a")
            await choose(hands, "passerelle")
            await hands.press("a")
            await choose(hands, "micro-trottoir")
            added = on_disk(atelier).items[2:5]
            assert [item.chronique for item in added] == ["rock", None, None]
            assert added[1].title == "La passerelle à sept heures du matin"
            assert added[1].duration == timedelta(minutes=2)
            assert added[2].kind.value == "vox-pop"
            assert hands.rundown.item == added[2], "the cursor is on what was added"
            workspace = open_workspace(atelier)
            (idea,) = (one for one in read_ideas(workspace, workspace.shows[0]) if "passerelle" in one.title)
            assert (idea.status, idea.planned_for) == (IdeaStatus.PLANNED, DAY)

    run(test)


def test_two_minutes_too_long_are_cut_to_the_second(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "down", "down", "down", "d")
            await hands.write("6'")
            await hands.press("enter")
            assert "▲ DÉPASSE DE 2'00" in hands.text()
            await hands.press("c")
            assert "finira à 18:55:00" in hands.dialog()
            before = hands.rundown.episode
            await hands.press("down")
            assert hands.rundown.episode == before, "nothing is applied before it is chosen"
            await hands.press("enter")
            await hands.settled()
            assert "✓ TOMBE JUSTE" in hands.text()
            assert sum((item.duration for item in on_disk(atelier).counted_items), timedelta()) == timedelta(minutes=55)
            await hands.press("c")
            assert "Rien n'est à changer" in hands.dialog()

    run(test)


def test_a_rundown_that_cannot_be_cut_says_by_how_much(atelier: Path) -> None:
    plan = atelier / PLAN
    stiff = re.sub(r"(?m)^(min|max|droppable) = .*\n", "", plan.read_text(encoding="utf-8"))
    plan.write_text(stiff.replace('duration = "3\'00"\nstandby', 'duration = "9\'00"\nstandby'), encoding="utf-8")

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "down", "down", "down", "d")
            await hands.write("6'")
            await hands.press("enter", "c")
            assert "2'00" in hands.dialog()
            assert "Aucune proposition" in hands.dialog()
            before = hands.rundown.episode
            await hands.press("enter", "escape")
            assert hands.rundown.episode == before

    run(test)


def test_search_goes_from_match_to_match_and_round(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("/")
            await choose(hands, "moussa camara")
            for expected in ("live-1", "live-2", "live-3", "live-1"):
                assert under_the_cursor(hands) == expected
                await hands.press("n")
            await hands.press("/")
            await hands.fill("ÇA SENT LE CUIR")
            await hands.press("enter")
            assert under_the_cursor(hands) == "litterature"
            await hands.press("/")
            await hands.fill("zzz")
            await hands.press("enter")
            assert "« zzz » n'est nulle part" in hands.told()

    run(test)


def test_works_are_added_edited_and_taken_out(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "down", "down", "down", "o")
            assert "La passerelle" in hands.dialog()
            await hands.press("enter")
            await hands.write("Bis")
            await hands.press("enter", "tab")
            await hands.write("Trio")
            await hands.press("escape", "escape")
            await hands.settled()
            first, second = on_disk(atelier).items[4].works
            assert (second.title, second.performer, second.use) == ("Bis", "Trio", WorkUse.LIVE)
            await hands.press("o", "down", "enter", "down", "enter", "escape")
            await hands.settled()
            assert on_disk(atelier).items[4].works == (second,)
            assert first.title == "La passerelle"

    run(test)


def test_participants_have_their_form_and_leave(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("l")
            await hands.write("claire")
            await hands.press("enter", "enter")
            await hands.press("tab", "tab", "space", "tab", "left", "escape", "escape")
            await hands.settled()
            claire = on_disk(atelier).person("claire")
            assert (claire.confirmed, claire.consent) == (False, Consent.REQUESTED)
            assert "✗ 2 à régler" in hands.text()
            await hands.press("l")
            await hands.write("claire")
            await hands.press("enter", "down")
            assert "Aussi de : Politique locale" in hands.dialog()
            await hands.press("enter", "escape")
            await hands.settled()
            assert "claire" not in [person.id for person in on_disk(atelier).people]
            assert on_disk(atelier).items[3].people == ("samira",)

    run(test)


def test_a_form_takes_no_signature_without_its_paper_nor_from_a_minor(atelier: Path) -> None:
    plan = atelier / PLAN
    text = plan.read_text(encoding="utf-8")
    text = text.replace('consent_reference = "classeur 2026-27, feuille 31"\n', "", 1)
    plan.write_text(text.replace('consent = "signed"', 'consent = "requested"', 1), encoding="utf-8")

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("l")
            await hands.write("claire")
            await hands.press("enter", "enter")
            form = hands.app.screen.query_one(Form)
            form.focus_field("consent")
            await hands.press("right")
            assert "écrivez d'abord où est rangée la feuille signée" in hands.dialog()
            form.focus_field("consent_reference")
            await hands.write("feuille 40")
            await hands.press("enter")
            form.focus_field("consent")
            await hands.press("left", "right")
            form.focus_field("minor")
            await hands.press("space")
            assert "pas par qui la représente" in hands.dialog()
            await hands.press("escape", "escape", "escape")
            await hands.settled()
            claire = on_disk(atelier).person("claire")
            assert (claire.consent, claire.consent_reference, claire.minor) == (Consent.SIGNED, "feuille 40", False)

    run(test)


def test_the_mouse_goes_to_a_screen_a_row_a_form_and_a_box(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await click(hands, "Idées")
            assert "[ Idées ]" in hands.text()
            await click(hands, "Saison")
            await hands.press("enter")
            await hands.until(lambda: hands.place.PLACE == "rundown")
            await click(hands, "Agenda")
            assert under_the_cursor(hands) == "agenda"
            await click(hands, "Agenda")
            assert "Micros" in hands.text(), "a click on the cursor's row opens it"
            await click(hands, "[x] Coupable")
            assert "[ ] Coupable" in hands.text()
            await hands.settled()
            assert not on_disk(atelier).items[14].droppable

    async def click(hands: Hands, text: str) -> None:
        line = next(y for y, line in enumerate(hands.lines()) if text in line)
        await hands.pilot.click(offset=(hands.lines()[line].index(text) + 1, line))
        await hands.idle()

    run(test)


def test_a_key_held_off_air_does_its_action_once(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down")
            count = len(on_disk(atelier).items)
            for key, more in (("x", -1), ("u", 1), ("k", 1), ("u", -1), ("r", 1), ("u", -1)):
                await hands.hold(key, 3)
                await hands.settled()
                count += more
                assert len(on_disk(atelier).items) == count, key
            await hands.press("x", "x", "x")
            await hands.settled()
            assert len(on_disk(atelier).items) == count - 3, "pressed by a hand, it counts each time"

    run(test)
