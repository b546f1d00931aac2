"""Two people at two screens over one workspace: nothing that either wrote is lost, and both see all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bobine.model.people import Consent
from bobine.plan.editing.moves import find_item
from bobine.plan.files.control import control
from bobine.store.workspace import open_workspace
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat
from tests.tui.rundown.worked_example import PEOPLE, settle_all


@asynccontextmanager
async def two_seats(root: Path) -> AsyncIterator[tuple[Hands, Hands]]:
    """Two applications, each in a terminal of its own, on the same show."""
    async with seat(make_app(root, day=DAY)) as one, seat(make_app(root, day=DAY)) as other:
        yield one, other


async def both_show(one: Hands, other: Hands, root: Path) -> None:
    """Wait until both screens show what is on the disk."""
    await one.settled()
    await other.settled()
    written = on_disk(root)
    await one.until(lambda: one.rundown.episode == written, "the screen follows")
    await other.until(lambda: other.rundown.episode == written, "the screen follows")


async def rename(hands: Hands, title: str) -> None:
    """Give the item under the cursor another title, in its form."""
    await hands.press("enter")
    await hands.fill(title)
    await hands.press("enter", "escape")


async def lengthen(hands: Hands, text: str) -> None:
    await hands.press("d")
    await hands.write(text)
    await hands.press("enter")


def test_different_fields_and_items_are_both_kept(atelier: Path) -> None:
    async def test() -> None:
        async with two_seats(atelier) as (one, other):
            await one.press("down")
            await other.press("down")
            await lengthen(one, "2'30")
            await rename(other, "Bonsoir")
            await other.press("down", "down")
            await lengthen(other, "5'30")
            await both_show(one, other, atelier)
            items = on_disk(atelier).items
            assert (items[1].title, items[1].duration.seconds, items[3].duration.seconds) == ("Bonsoir", 150, 330)
            for hands in (one, other):
                assert "2'30" in hands.line("Bonsoir")
                assert "5'30" in hands.line("Politique locale")
            assert "Modifié ailleurs : " in one.told()
            assert "Bonsoir" in one.told()

    run(test)


def test_edits_at_the_same_instant_are_both_kept(atelier: Path) -> None:
    async def test() -> None:
        async with two_seats(atelier) as (one, other):
            for hands in (one, other):
                await hands.press("down")
            for _ in range(6):
                one._key("plus")
                other._key("k")
            await one.idle()
            await other.idle()
            await both_show(one, other, atelier)
            titles = [item.title for item in on_disk(atelier).items]
            assert titles.count("Accueil, sommaire") == 7
            assert on_disk(atelier).items[1].duration.seconds == 170

    run(test)


def test_of_one_field_the_later_stays_and_the_other_is_told(atelier: Path) -> None:
    async def test() -> None:
        async with two_seats(atelier) as (one, other):
            for hands in (one, other):
                await hands.press("down")
            await lengthen(one, "2'00")
            await one.place.settle()
            await lengthen(other, "3'00")
            await both_show(one, other, atelier)
            assert on_disk(atelier).items[1].duration.seconds == 180
            assert "! " in other.told()
            assert "2'00" in other.told()
            assert "3'00" in one.line("Accueil, sommaire")

    run(test)


def test_what_is_written_elsewhere_while_a_dialog_is_open_is_kept(atelier: Path) -> None:
    async def test() -> None:
        plan = atelier / PLAN
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text.replace('consent = "signed"', 'consent = "requested"', 1), encoding="utf-8")
        async with two_seats(atelier) as (one, other):
            await one.press("g", "enter")
            assert "Autorisation signée" in one.dialog()
            await other.press("down", "+")
            await other.place.settle()
            await one.look()
            await one.press("enter")
            await one.write("classeur, feuille 40")
            await one.press("enter")
            await both_show(one, other, atelier)
            assert on_disk(atelier).items[1].duration.seconds == 120
            assert on_disk(atelier).person("claire").consent_reference == "classeur, feuille 40"
            assert on_disk(atelier).person("claire").consent is Consent.SIGNED

    run(test)


@pytest.mark.parametrize("keys", [("d", "3", "'", "enter"), ("p", "enter")])
def test_what_one_takes_out_while_the_other_is_at_it(atelier: Path, keys: tuple[str, ...]) -> None:
    async def test() -> None:
        async with two_seats(atelier) as (one, other):
            before = on_disk(atelier).items
            for hands in (one, other):
                await hands.press("down")
            await other.press(keys[0])
            await one.press("x")
            await one.place.settle()
            await other.look()
            await other.press(*keys[1:])
            await both_show(one, other, atelier)
            left = tuple(item for item in before if item.id != "accueil")
            if keys[0] == "d":
                assert find_item(on_disk(atelier), "accueil").duration.seconds == 180
                assert "Accueil, sommaire" in other.told()
            else:
                assert on_disk(atelier).items == left

    run(test)


def test_a_form_whose_item_was_taken_out_elsewhere_stays(atelier: Path) -> None:
    async def test() -> None:
        async with two_seats(atelier) as (one, other):
            for hands in (one, other):
                await hands.press("down")
            await other.press("enter")
            await other.write(" bis")
            await one.press("x")
            await one.place.settle()
            await other.look()
            assert "sa fiche reste ouverte" in other.told()
            assert "bis" in other.text()
            assert not any("bis" in item.title for item in on_disk(atelier).items)

    run(test)


@pytest.mark.slow
def test_a_show_is_planned_by_two(empty_atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(empty_atelier)) as one, seat(make_app(empty_atelier)) as other:
            await one.press("enter", "enter")
            await one.until(lambda: one.place.PLACE == "rundown")
            await other.sees("○ en préparation")
            await other.press("enter")
            half = list(PEOPLE)[: len(PEOPLE) // 2]
            await name_people(one, other, half)
            await settle_all(other)
            await one.sees("✓ prête")
            assert "✓ TOMBE JUSTE" in one.text()
            await both_show(one, other, empty_atelier)
        planned = on_disk(empty_atelier)
        workspace = open_workspace(empty_atelier)
        assert control(workspace.shows[0], planned, workspace.folder(workspace.shows[0], DAY)) == ()
        for item_id, names in PEOPLE.items():
            item = next(item for item in planned.items if item.id == item_id)
            assert len(item.people) == names.count(",") + 1

    async def name_people(one: Hands, other: Hands, half: list[str]) -> None:
        """The first half by one, the second by the other, in turns."""
        places = {item.id: place for place, item in enumerate(one.rundown.episode.counted_items)}
        at = {one: 0, other: 0}
        rest = [item_id for item_id in PEOPLE if item_id not in half]
        turns = [turn for pair in zip(half, rest, strict=False) for turn in zip((one, other), pair, strict=True)]
        for hands, item_id in [*turns, *((other, item_id) for item_id in rest[len(half) :])]:
            await hands.press(*["down"] * (places[item_id] - at[hands]), "p")
            at[hands] = places[item_id]
            await hands.write(PEOPLE[item_id])
            await hands.press("enter")
        await both_show(one, other, one.rundown.desk.workspace.root)

    run(test)


def test_what_another_screen_of_the_same_program_wrote_is_not_told_as_elsewhere(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            before = len(on_disk(atelier).items)
            await hands.press("f4", "v", "enter")
            await hands.settled()
            await hands.press("f3")
            await hands.until(lambda: len(hands.rundown.episode.items) == before + 1, "the idea is in the rundown")
            await hands.look()
            assert "Modifié ailleurs" not in hands.told()

    run(test)
