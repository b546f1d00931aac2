"""Two documents on one file: undo and redo never touch what the other wrote since, and what stays is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bobine.model.team import Member
from bobine.plan.files.editing import commit_episode
from bobine.store.workspace import open_workspace
from bobine.tui.documents import document as documents
from bobine.tui.documents.document import Document
from tests.tui.conftest import DAY, NOW, make_app, on_disk
from tests.tui.documents.test_document import Disk
from tests.tui.hands import run, seat

FIELDS = ("name", "notes")
IDS = ("a", "b", "c")

mine = st.tuples(
    st.sampled_from(["edit", "edit", "undo", "redo", "drop", "add"]), st.sampled_from(IDS), st.sampled_from(FIELDS)
)
theirs = st.tuples(st.sampled_from(["edit", "edit", "drop", "add"]), st.sampled_from(IDS), st.sampled_from(FIELDS))
stories = st.lists(st.tuples(st.just("I"), mine) | st.tuples(st.just("they"), theirs), min_size=2, max_size=14)


def written(row: Member, field: str, text: str) -> Member:
    return replace(row, name=text) if field == "name" else replace(row, notes=text)


def done(document: Document[tuple[Member, ...]], what: str, row_id: str, field: str, number: int) -> None:
    """One gesture of somebody; each writes a value that was never written before."""
    rows = document.value
    there = any(row.id == row_id for row in rows)
    match what:
        case "undo":
            document.undo()
        case "redo":
            document.redo()
        case "add" if not there:
            document.edit((*rows, Member(id=row_id, name=f"n{number}")), "+")
        case "drop":
            document.edit(tuple(row for row in rows if row.id != row_id), "-")
        case "edit":
            document.edit(tuple(written(row, field, f"v{number}") if row.id == row_id else row for row in rows), field)


@pytest.mark.boundary
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories)
@example(
    story=[
        ("I", ("drop", "a", "name")), ("they", ("add", "a", "name")), ("they", ("drop", "a", "name")),
        ("I", ("undo", "a", "name")),
    ]
)  # fmt: skip
def test_what_the_other_wrote_last_stands(
    attempt: Callable[[str], AbstractContextManager[None]], monkeypatch: pytest.MonkeyPatch,
    story: list[tuple[str, tuple[str, str, str]]],
) -> None:  # fmt: skip
    monkeypatch.setattr(documents, "BREATH_S", 0)

    async def test() -> None:
        disk = Disk(*(Member(id=row_id, name=row_id) for row_id in IDS))
        me, they = disk.open()[0], disk.open()[0]
        theirs: dict[tuple[str, str], str] = {}
        gone: set[str] = set()
        for number, (who, (what, row_id, field)) in enumerate(story):
            before = {row.id: row for row in disk.members}
            done(me if who == "I" else they, what, row_id, field, number)
            for one in (me, they):
                await one.settle()
            for one in (me, they):
                await one.look()
                assert one.value == disk.members
            after = {row.id: row for row in disk.members}
            if what in ("undo", "redo"):
                for (name, of), value in theirs.items():
                    assert getattr(after[name], of) == value
                assert not gone & after.keys()
            for name in IDS:
                cells = {
                    (name, of)
                    for of in FIELDS
                    if getattr(before.get(name), of, None) != getattr(after.get(name), of, None)
                }
                for cell in cells:
                    theirs.pop(cell, None)
                    if who == "they" and name in after and getattr(after[name], cell[1]):
                        theirs[cell] = getattr(after[name], cell[1])
                if name in before and name not in after and who == "they":
                    gone.add(name)
                if name in after:
                    gone.discard(name)

    with attempt("undo or redo after somebody else wrote in the same file"):
        asyncio.run(test())


def test_it_is_said_on_the_screen(atelier: Path) -> None:
    async def test() -> None:
        workspace = open_workspace(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "+")
            await hands.settled()
            seen = on_disk(atelier)
            theirs = replace(seen.items[1], duration=seen.items[1].duration * 2)
            others = replace(seen, items=(seen.items[0], theirs, *seen.items[2:]))
            commit_episode(workspace, workspace.shows[0], DAY, seen, others, NOW)
            await hands.look()
            await hands.press("u")
            await hands.settled()
            assert on_disk(atelier).items[1] == theirs
            assert "Rien n'a été annulé" in hands.told()
            assert "durée : rien n'y change, car 4'00 y a été écrit depuis" in hands.told()

    run(test)
