"""``episode.toml`` edited: nothing else moves, and what is not changed keeps its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.errors import PlanError, WorkspaceError
from bobine.model.episode import Episode, Item, ItemKind, Work
from bobine.model.people import Consent, Person, Role
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace, open_workspace

DAY = date(2026, 11, 26)
NEW = Item(
    id="neuf",
    title='Neuf "dit" \\',
    kind=ItemKind.TALK,
    duration=timedelta(seconds=62),
    notes="un\n\n- deux\t\\",
    works=(Work(title="W"),),
)


@pytest.fixture
def place(workspace_root: Path) -> tuple[Workspace, Path]:
    workspace = open_workspace(workspace_root)
    return workspace, workspace.folder("fil", DAY).plan


def always(*items: Item) -> Callable[[Episode], Sequence[Item]]:
    return lambda _: items


def put(workspace: Workspace, change: Callable[[Episode], Sequence[Item]]) -> Episode:
    show = workspace.show("fil")
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    changed = edit_episode(workspace, show, DAY, lambda newest: replace(newest, items=tuple(change(newest))), now)
    assert read_episode(workspace, show, DAY) == changed
    return changed


def test_the_same_items_are_the_same_bytes(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    for text in (plan.read_text("utf-8"), "\ufeff" + plan.read_text("utf-8").replace("\n", "\r\n") + "# la fin"):
        plan.write_bytes(text.encode())
        put(workspace, lambda episode: episode.items)
        assert plan.read_bytes() == text.encode()


def test_what_stands_around_stays_and_what_is_unchanged_keeps_its_text(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    text = plan.read_text("utf-8")
    text = text.replace(
        '[[items]]\nid = "accueil"', '# ── Le conducteur ──\n\n[[items]] # 18:00\nid = "accueil" # bonjour'
    )
    text = text.replace('[[items]]\nid = "live"', '# la musique\n[[items]]\nid = "live"')
    text = text.replace('[[items]]\nid = "agenda"', '# à la fin\n[[items]]\nid = "agenda"') + "\n# dernière ligne\n"
    plan.write_text(text, encoding="utf-8")

    def change(episode: Episode) -> list[Item]:
        accueil, _live, agenda = episode.items
        return [replace(agenda, title="Autre"), NEW, accueil]

    put(workspace, change)
    found = plan.read_text("utf-8")
    assert found.startswith(text[: text.index("# ── Le")])
    assert '[[items]] # 18:00\nid = "accueil" # bonjour\n' in found
    for comment in ("# ── Le conducteur ──", "# la musique", "# à la fin", "# dernière ligne", "# le conducteur"):
        assert found.count(comment) == 1, comment
    assert (
        found.index("# ── Le conducteur") < found.index('"agenda"') < found.index('"neuf"') < found.index('"accueil"')
    )
    assert "# à la fin\n[[items]]" in found
    assert '"""\nun\n\n- deux' in found


def test_tables_among_the_items_stay(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    person = '[[people]]\nid = "ines"\nname = "Inès"\nrole = "guest"\nconsent = "signed"\n'
    text = plan.read_text("utf-8").replace(person, "")
    text = text.replace('[[items]]\nid = "agenda"', f'# Inès\n{person}\n[[items]]\nid = "agenda"')
    plan.write_text(text, encoding="utf-8")
    put(workspace, lambda episode: [NEW, *episode.items[::-1]])
    assert "# Inès\n[[people]]" in plan.read_text("utf-8")


@pytest.mark.parametrize(
    "written", ["items = [] # rien", "", "items = [\n  {id = 'a', title = 'A', kind = 'talk', duration = '60 s'},\n]"]
)
def test_items_written_otherwise(place: tuple[Workspace, Path], written: str) -> None:
    workspace, plan = place
    head = plan.read_text("utf-8")
    head = head[: head.index("[[items]]")]
    plan.write_text(head.replace('summary = ""', f'summary = ""\n{written}'), encoding="utf-8")
    put(workspace, lambda episode: [*episode.items, NEW])
    put(workspace, lambda episode: [NEW])
    put(workspace, lambda _: [])
    put(workspace, lambda _: [NEW])


def test_items_that_no_reader_would_accept_are_not_written(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    before = plan.read_bytes()
    for bad in (replace(NEW, people=("personne",)), replace(NEW, title="\x1b[2J"), replace(NEW, file="/etc/passwd")):
        with pytest.raises(PlanError):
            put(workspace, always(bad))
        with pytest.raises(PlanError):
            put(workspace, lambda _: [NEW, NEW])
        assert plan.read_bytes() == before


def test_a_plan_that_changes_meanwhile_is_not_overwritten(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place

    def change(episode: Episode) -> Sequence[Item]:
        plan.write_bytes(plan.read_bytes() + b"# quelqu'un\n")
        return [NEW]

    with pytest.raises(WorkspaceError, match="recommencez"):
        put(workspace, change)
    assert plan.read_bytes().endswith(b"# quelqu'un\n")
    assert b"neuf" not in plan.read_bytes()


def test_head_people_and_items_change_together(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    before = "\ufeff" + plan.read_text("utf-8").replace("\n", "\r\n")
    plan.write_bytes(before.encode())
    noe = Person(id="noe", name="Noé", role=Role.GUEST, confirmed=True)

    def change(episode: Episode) -> Episode:
        samira, ines = episode.people
        accueil, *others = episode.items
        return replace(
            episode,
            title="Autre",
            stopwatch="noe",
            people=(samira, replace(ines, consent=Consent.REFUSED), noe),
            items=(replace(accueil, people=("noe",)), *others),
        )

    changed = edit_episode(workspace, workspace.show("fil"), DAY, change, datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert read_episode(workspace, workspace.show("fil"), DAY) == changed
    expected = before
    added = '[[people]]\r\nid = "noe"\r\nname = "Noé"\r\nrole = "guest"\r\nconfirmed = true\r\n'
    for old, new in (
        ('title = "Essai"', 'title = "Autre"'),
        ('summary = ""\r\n', 'summary = ""\r\nstopwatch = "noe"\r\n'),
        ('"signed"\r\n', '"refused"\r\n\r\n' + added),
        ('people = ["samira"]\r\nmics', 'people = ["noe"]\r\nmics'),
    ):  # fmt: skip
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert plan.read_bytes().decode() == expected


def test_a_text_that_no_file_can_hold_is_refused(place: tuple[Workspace, Path]) -> None:
    workspace, plan = place
    before = plan.read_bytes()
    with pytest.raises(WorkspaceError):
        put(workspace, lambda episode: [replace(episode.items[0], title="\udc80")])
    assert plan.read_bytes() == before
