"""What changed since an episode is online is said where it is planned; a consent withdrawn since, on every screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.model.published.online import published_plan
from bobine.model.published.release import ReleaseStatus
from bobine.store.records.releases import write_release
from bobine.store.workspace import open_workspace
from bobine.tui.kit.dialogs.dialog import Dialog
from tests.store.records.test_round_trips import local_release
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat

Attempt = Callable[[str], AbstractContextManager[None]]


def put_online(root: Path) -> None:
    """The show of the 26th as it is planned now, all of it heard."""
    workspace = open_workspace(root)
    plan = on_disk(root)
    every = {item.id for item in plan.items}
    online = local_release("local", ReleaseStatus.ONLINE)
    noted = published_plan(plan, every, every, "")
    write_release(workspace.folder(workspace.shows[0], DAY).release, replace(online, plan=noted))


def rewrite(root: Path, old: str, new: str) -> None:
    plan = root / PLAN
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")


def refuse(root: Path) -> None:
    sheet = 'consent = "signed"\nconsent_reference = "classeur 2026-27, feuille 31"'
    rewrite(root, sheet, sheet.replace("signed", "refused"))


def test_a_change_since_is_said_on_the_season_and_the_rundown(atelier: Path) -> None:
    put_online(atelier)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 40)) as hands:
            await hands.sees("▲ en ligne")
            rewrite(atelier, "Une ville qui coud, une ville qui chante", "Une ville qui chante")
            await hands.sees("▲ modifié depuis : titre")
            await hands.press("f2")
            await hands.sees("26 nov. 2026 ▲ modifié depuis")
            await hands.sees("Modifié depuis : titre.")

    run(test)


async def leave_question(hands: Hands) -> None:
    """Leave what « Antenne » asks outside of its hour."""
    await hands.idle()
    if isinstance(hands.app.screen, Dialog):
        await hands.press("escape")


@pytest.mark.boundary
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 20)])
def test_a_consent_refused_since_is_an_alarm_on_every_screen(
    atelier: Path, size: tuple[int, int], attempt: Attempt
) -> None:
    put_online(atelier)
    who = open_workspace(atelier)
    assert who.shows

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            for key in ("f2", "f3", "f4", "f5", "f7"):
                await hands.press(key)
                await leave_question(hands)
                assert "À RETIRER" not in hands.text()
            refuse(atelier)
            for key in ("f2", "f3", "f4", "f5", "f7"):
                with attempt("a consent refused after publication"):
                    await hands.press(key)
                    await leave_question(hands)
                    await hands.sees("EN LIGNE, À RETIRER")
                    if size[0] >= 80:
                        await hands.sees("n'est pas d'accord pour le podcast")

    run(test)


def test_it_ends_once_what_is_online_is_without_it(atelier: Path) -> None:
    put_online(atelier)
    refuse(atelier)

    async def test() -> None:
        async with seat(make_app(atelier), (120, 40)) as hands:
            await hands.sees("EN LIGNE, À RETIRER")
            await hands.sees("✗ à retirer")
            workspace = open_workspace(atelier)
            plan = on_disk(atelier)
            every = {item.id for item in plan.items}
            noted = published_plan(plan, every, set(), "")
            online = local_release("local", ReleaseStatus.ONLINE)
            write_release(workspace.folder(workspace.shows[0], DAY).release, replace(online, plan=noted))
            await hands.until(lambda: "À RETIRER" not in hands.text(), "the alarm ends")

    run(test)
