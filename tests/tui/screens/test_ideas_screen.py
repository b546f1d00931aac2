"""« Idées »: noted by anybody, planned into a show, set aside, taken up again."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bobine.errors import DiskError
from bobine.model.ideas import Idea, IdeaStatus
from bobine.store.documents import history
from bobine.store.documents.ideas import read_ideas
from bobine.store.workspace import open_workspace
from tests.tui.conftest import DAY, NOW, make_app, on_disk
from tests.tui.hands import Hands, run, seat


def idea(root: Path, title: str) -> Idea:
    """An idea as anybody else would read it."""
    workspace = open_workspace(root)
    return next(one for one in read_ideas(workspace, workspace.shows[0]) if one.title.startswith(title))


async def note(hands: Hands, title: str, by: str) -> None:
    await hands.press("a")
    await hands.write(title)
    await hands.press("enter")
    await hands.write(by)
    await hands.press("enter")
    await hands.settled()


def test_an_idea_is_noted_and_planned_into_a_show(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f4")
            await note(hands, "Le four banal", "une voisine")
            noted = idea(atelier, "Le four banal")
            assert (noted.by, noted.proposed, noted.status) == ("une voisine", NOW.date(), IdeaStatus.OPEN)
            assert "○ à prendre" in hands.line("une voisine")
            await hands.press("v")
            assert "« Le four banal » : pour quelle émission ?" in hands.dialog()
            await hands.press("enter")
            await hands.until(lambda: "✓ programmée" in hands.line("une voisine"))
            await hands.settled()
            assert idea(atelier, "Le four banal").planned_for == DAY
            assert "au conducteur du jeudi 26 novembre 2026" in hands.told()
            titles = [item.title for item in on_disk(atelier).counted_items]
            assert titles.count("Le four banal") == 1
            assert titles.index("Le four banal") < titles.index("Remerciements"), "before what closes the show"
            await hands.press("f2", "enter")
            await hands.sees("▲ DÉPASSE DE")

    run(test)


def test_an_idea_and_its_item_are_taken_back_together(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            before = on_disk(atelier).items
            await hands.press("f4", "v", "enter")
            await hands.until(lambda: "✓ programmée" in hands.line("une auditrice"))
            await hands.settled()
            assert len(on_disk(atelier).items) == len(before) + 1
            await hands.press("u")
            await hands.settled()
            assert "Annulé : idée « La passerelle" in hands.told()
            assert on_disk(atelier).items == before
            assert idea(atelier, "La passerelle").status is IdeaStatus.OPEN
            await hands.until(lambda: "○ à prendre" in hands.line("une auditrice"))
            await hands.press("r")
            await hands.settled()
            assert len(on_disk(atelier).items) == len(before) + 1
            assert idea(atelier, "La passerelle").planned_for == DAY

    run(test)


def test_an_idea_that_cannot_be_noted_as_planned_gives_no_item(atelier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, _content: bytes) -> None:
        raise DiskError(f"« {path.name} » : plein") from PermissionError(errno.EACCES, "")

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            before = on_disk(atelier).items
            monkeypatch.setattr(history, "atomic_write", refused)
            await hands.press("f4", "v", "enter")
            await hands.until(lambda: "plein" in hands.told())
            assert on_disk(atelier).items == before
            assert idea(atelier, "La passerelle").status is IdeaStatus.OPEN
            assert "○ à prendre" in hands.line("une auditrice")
            assert "est au conducteur" not in hands.told()

    run(test)


def test_an_idea_is_set_aside_and_taken_up_again(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f4")
            await hands.press("x")
            await hands.settled()
            assert "— mise de côté" in hands.line("une auditrice")
            assert idea(atelier, "La passerelle").status is IdeaStatus.SET_ASIDE
            await hands.press("x")
            await hands.settled()
            assert "○ à prendre" in hands.line("une auditrice")
            assert idea(atelier, "La passerelle").status is IdeaStatus.OPEN

    run(test)


def test_an_idea_is_edited_in_its_form(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f4", "enter")
            assert "Une idée" in hands.dialog()
            await hands.fill("La passerelle à midi")
            await hands.press("enter", "enter", "enter", "right", "tab")
            await hands.fill("3'")
            await hands.press("escape")
            await hands.settled()
            changed = idea(atelier, "La passerelle à midi")
            assert changed.duration is not None
            assert changed.duration.seconds == 180
            assert changed.by == "une auditrice, au marché"
            assert "La passerelle à midi" in hands.text()

    run(test)


def test_without_a_show_to_come_it_says_what_to_do(empty_atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(empty_atelier)) as hands:
            await hands.press("f4", "v")
            assert "ouvrez-en une depuis la saison" in hands.dialog()
            await hands.press("enter", "escape")
            assert idea(empty_atelier, "La passerelle").status is IdeaStatus.OPEN

    run(test)


def test_an_idea_of_somebody_else_appears(atelier: Path) -> None:
    async def test() -> None:
        path = atelier / "episodes" / "bobine-romanaise" / "ideas.toml"
        async with seat(make_app(atelier)) as hands:
            await hands.press("f4")
            text = path.read_text(encoding="utf-8")
            path.write_text(text + '\n[[ideas]]\nid = "pont"\ntitle = "Le pont"\n', encoding="utf-8")
            await hands.sees("Le pont")
            assert "Modifié ailleurs" in hands.told()

    run(test)
