"""« En ligne »: what is out, what each key would change before it does, and what it asks of the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bobine.model.published.online import published_plan
from bobine.model.published.release import FormerFile, ReleaseStatus, Withdrawal
from bobine.store.records.releases import write_release
from bobine.store.workspace import open_workspace
from bobine.tui.messages import Amend, Stand
from tests.store.records.test_round_trips import local_release
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import run, seat

SIZES = [(80, 24), (120, 40)]


SOUND = f"bobine-romanaise/audio/bobine-romanaise-{DAY}-0123456789ab.mp3"


def put_online(root: Path, *, withdrawn: Withdrawal | None = None, former: tuple[FormerFile, ...] = ()) -> None:
    workspace = open_workspace(root)
    plan = on_disk(root)
    every = {item.id for item in plan.items}
    online = local_release("local", ReleaseStatus.ONLINE)
    first, *others = online.release.audio
    audio = (replace(first, file=replace(first.file, key=SOUND)), *others)
    release = replace(online.release, date=DAY, audio=audio, withdrawn=withdrawn, former=former)
    noted = None if withdrawn else published_plan(plan, every, every, "")
    write_release(workspace.folder(workspace.shows[0], DAY).release, replace(online, release=release, plan=noted))


@pytest.mark.parametrize("size", SIZES)
def test_what_differs_from_the_plan_is_said_and_c_says_what_it_replaces(atelier: Path, size: tuple[int, int]) -> None:
    put_online(atelier)

    async def test() -> None:
        async with seat(make_app(atelier), size) as hands:
            await hands.press("f9")
            await hands.sees("1 émission en ligne")
            if size[1] >= 40:  # a small one has them below
                await hands.sees("Fichiers en ligne")
                await hands.sees("son MP3 : …0123456789ab.mp3")
            plan = atelier / PLAN
            plan.write_text(plan.read_text("utf-8").replace("une ville qui chante", "une ville qui rit"), "utf-8")
            await hands.sees("1 à corriger")
            await hands.press("c")
            await hands.sees("À mettre en ligne : titre")
            await hands.sees("Seront remplacés : son MP3")
            await hands.press("enter")
            await hands.sees("Pourquoi")
            await hands.write("le titre était faux")
            await hands.press("enter")
            assert hands.app.wish == Amend(f"bobine-romanaise/{DAY}", "corriger", "le titre était faux")
            assert hands.app.stand == Stand("online", "bobine-romanaise", DAY)

    run(test)


def test_an_item_is_chosen_among_those_that_are_heard(atelier: Path) -> None:
    put_online(atelier)
    item = on_disk(atelier).items[1]

    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.press("f9")
            await hands.sees("1 émission en ligne")
            await hands.press("r")
            await hands.sees("Toute l'émission")
            await hands.write(item.title)
            await hands.press("down", "enter")
            await hands.sees(f"Retirer « {item.title} »")
            await hands.press("down", "enter")
            await hands.write("accord retiré")
            await hands.press("enter")
            assert hands.app.wish == Amend(f"bobine-romanaise/{DAY}", "retirer", "accord retiré", item.id, at_once=True)

    run(test)


def test_a_withdrawn_episode_is_shown_as_such_with_what_still_stands(atelier: Path) -> None:
    online = local_release("local", ReleaseStatus.ONLINE).release
    at = online.published + timedelta(days=2)
    put_online(
        atelier,
        withdrawn=Withdrawal(at=at, reason="à la demande d'une invitée"),
        former=(FormerFile(key=SOUND, until=at + timedelta(days=7)),),
    )

    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.press("f9")
            await hands.sees("1 retirée")
            await hands.sees("à la demande")
            await hands.sees("1 fichier d'avant")
            await hands.sees("son MP3")
            await hands.press("c")
            await hands.until(lambda: any("publier" in one.message for one in hands.app._notifications), "it is said")
            await hands.press("v")
            assert hands.app.wish == Amend(f"bobine-romanaise/{DAY}", "verifier")

    run(test)


def test_nothing_online_is_said(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier), (80, 24)) as hands:
            await hands.press("f9")
            await hands.sees("Rien n'est en ligne encore")
            await hands.press("c", "r", "v")
            assert hands.app.wish is None

    run(test)


def test_after_work_in_the_terminal_the_screens_stand_where_they_stood(atelier: Path) -> None:
    put_online(atelier)

    async def test() -> None:
        app = make_app(atelier)
        app.come_back(Stand("online", "bobine-romanaise", DAY))
        async with seat(app) as hands:
            await hands.sees("1 émission en ligne")
            assert hands.app.place.PLACE == "online"
            await hands.press("f3")
            await hands.sees("Conducteur ]")

    run(test)
