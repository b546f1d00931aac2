"""A document on a screen: shown at once, written by and by, merged with what others write, undone row by row."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

import pytest

from bobine.errors import BobineError, BusyError, DiskError
from bobine.model.team import Member
from bobine.plan.editing.committed import Committed
from bobine.plan.editing.merge import merge_rows
from bobine.plan.editing.taking_back import forget_rows, take_back_rows
from bobine.tui.documents.document import Document
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.source import Source
from bobine.tui.documents.steps import News
from tests.tui.hands import run

Team = tuple[Member, ...]

ANA = Member(id="ana", name="Ana")
BEN = Member(id="ben", name="Ben")
CLO = Member(id="clo", name="Clo")
FULL = "le disque est plein"


class Disk:
    """A file that others write too, that takes its time, or refuses."""

    def __init__(self, *members: Member) -> None:
        self.members: Team = members
        self.version = 0
        self.fault = ""
        self.refusals = 0
        self.gate = threading.Event()
        self.gate.set()

    def put(self, *members: Member) -> None:
        self.members, self.version = members, self.version + 1

    def read(self) -> Team:
        if self.fault:
            raise BobineError(self.fault)
        return self.members

    def write(self, base: Team, mine: Team, *, back: bool = False) -> Committed[Team]:
        self.gate.wait()
        if self.refusals:
            self.refusals -= 1
            raise BobineError(FULL)
        found = self.members
        merged = (take_back_rows if back else merge_rows)(base, mine, found)
        self.put(*merged.value)
        return Committed(self.members, found, merged.conflicts)

    def open(self) -> tuple[Document[Team], list[News[Team]]]:
        news: list[News[Team]] = []
        source: Source[Team] = Source(
            read=self.read,
            write=self.write,
            signature=lambda: (self.version, self.fault),
            merge=lambda base, mine, newest: merge_rows(base, mine, newest).value,
            write_back=partial(self.write, back=True),
            merge_back=lambda base, mine, newest: take_back_rows(base, mine, newest).value,
            forget=forget_rows,
        )
        return Document(source, self.members, news.append), news


def shown(document: Document[Team]) -> list[Member]:
    return [*document.value]


def test_an_edit_is_shown_at_once_and_written_by_and_by() -> None:
    async def test() -> None:
        disk = Disk(ANA)
        disk.gate.clear()
        document, _ = disk.open()
        document.edit((ANA, BEN), "Ben arrive")
        assert shown(document) == [ANA, BEN]
        await asyncio.sleep(0.1)
        assert [*disk.members] == [ANA]
        document.edit((ANA, BEN, CLO), "Clo arrive")
        assert shown(document) == [ANA, BEN, CLO]
        disk.gate.set()
        await document.settle()
        assert [*disk.members] == shown(document) == [ANA, BEN, CLO]

    run(test)


def test_what_others_write_during_a_write_is_kept_and_told() -> None:
    async def test() -> None:
        disk = Disk(ANA, BEN)
        disk.gate.clear()
        document, news = disk.open()
        document.edit((replace(ANA, name="Anna"), BEN), "nom")
        await asyncio.sleep(0.1)
        disk.put(ANA, replace(BEN, away=True))
        await document.look()
        assert document.value[0].name == "Anna", "an edit under way is not lost by a look"
        disk.gate.set()
        await document.settle()
        assert [*disk.members] == shown(document) == [replace(ANA, name="Anna"), replace(BEN, away=True)]
        assert news[-1].after == document.value

    run(test)


def test_a_refused_write_goes_back_to_the_disk_and_leaves_nothing_to_undo() -> None:
    async def test() -> None:
        disk = Disk(ANA)
        document, news = disk.open()
        disk.refusals = 2
        document.edit((ANA, BEN), "Ben arrive")
        document.edit((ANA, BEN, CLO), "Clo arrive")
        await document.settle()
        assert [*disk.members] == shown(document) == [ANA]
        assert [one.refused for one in news] == [FULL, FULL]
        assert document.undo() == ""
        document.edit((ANA, BEN), "Ben arrive")
        await document.settle()
        disk.refusals = 1
        assert document.undo() == "Ben arrive"
        await document.settle()
        assert shown(document) == [ANA, BEN]
        assert document.redo() == ""
        assert document.undo() == "Ben arrive"
        await document.settle()

    run(test)


def test_one_refused_among_several_leaves_the_others() -> None:
    async def test() -> None:
        disk = Disk(ANA)
        document, _ = disk.open()
        disk.refusals = 1
        document.edit((ANA, BEN), "Ben arrive")
        document.edit((replace(ANA, away=True), BEN), "Ana en pause")
        await document.settle()
        assert shown(document) == [*disk.members] == [replace(ANA, away=True)]
        assert document.undo() == "Ana en pause"
        await document.settle()
        assert [*disk.members] == [ANA]

    run(test)


def test_undo_and_redo_leave_what_others_wrote() -> None:
    async def test() -> None:
        disk = Disk(ANA, BEN)
        document, _ = disk.open()
        document.edit((replace(ANA, name="Anna"), BEN), "nom")
        await document.settle()
        disk.put(replace(ANA, name="Anna", notes="le jeudi"), BEN, CLO)
        await document.look()
        assert document.undo() == "nom"
        await document.settle()
        assert [*disk.members] == shown(document) == [replace(ANA, notes="le jeudi"), BEN, CLO]
        assert document.redo() == "nom"
        await document.settle()
        assert [*disk.members] == [replace(ANA, name="Anna", notes="le jeudi"), BEN, CLO]
        assert document.redo() == ""

    run(test)


@pytest.mark.parametrize("hurried", [False, True])
def test_undo_takes_out_the_row_that_i_added_not_another_s_of_the_same_id(hurried: bool) -> None:
    async def test() -> None:
        disk = Disk(ANA)
        document, _ = disk.open()
        disk.put(ANA, replace(BEN, name="Benoît"))
        document.edit((ANA, BEN), "Ben arrive")
        if not hurried:
            await document.settle()
            assert {*disk.members} == {ANA, replace(BEN, name="Benoît"), replace(BEN, id="ben-2")}
        assert document.undo() == "Ben arrive"
        await document.settle()
        assert [*disk.members] == shown(document) == [ANA, replace(BEN, name="Benoît")]
        assert document.redo() == "Ben arrive"
        await document.settle()
        assert sorted(member.name for member in disk.members) == ["Ana", "Ben", "Benoît"]

    run(test)


def test_undo_of_a_field_that_another_had_just_written_brings_theirs_back() -> None:
    async def test() -> None:
        disk = Disk(ANA)
        document, news = disk.open()
        disk.put(replace(ANA, name="Anaïs"))
        document.edit((replace(ANA, name="Anna"),), "nom")
        await document.settle()
        assert disk.members[0].name == "Anna"
        assert any("Anaïs" in conflict for conflict in news[-1].conflicts)
        document.undo()
        await document.settle()
        assert disk.members[0].name == "Anaïs"

    run(test)


def test_a_fault_keeps_the_last_good_state_and_refuses_edits_until_it_is_mended() -> None:
    async def test() -> None:
        disk = Disk(ANA)
        document, news = disk.open()
        document.edit((ANA, BEN), "Ben arrive")
        await document.settle()
        disk.put(ANA)
        await document.look()
        news.clear()
        disk.fault = "ligne 3"
        await document.look()
        assert (document.fault, shown(document)) == ("ligne 3", [ANA])
        with pytest.raises(BobineError, match="ligne 3"):
            document.edit((BEN,), "non")
        with pytest.raises(BobineError, match="ligne 3"):
            document.undo()
        disk.fault = ""
        disk.put(ANA, CLO)
        await document.look()
        assert (document.fault, shown(document)) == ("", [ANA, CLO])
        assert [one.elsewhere for one in news] == [True, True]

    run(test)


@pytest.mark.boundary
@pytest.mark.parametrize("error", [DiskError("plus de place"), BusyError("occupé"), OSError(37, "No locks available")])
def test_an_edit_that_the_disk_refuses_stays_and_is_tried_again(
    attempt: Callable[[str], AbstractContextManager[None]], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr("bobine.tui.documents.document.RETRY_S", 0.05)

    async def test() -> None:
        disk = Disk(ANA)
        document, news = disk.open()
        real, refuse = disk.write, [True]

        def write(base: Team, mine: Team) -> Committed[Team]:
            if refuse[0]:
                raise error
            return real(base, mine)

        document._source = replace(document._source, write=write)
        with attempt("an edit that the disk or its lock refuses"):
            document.edit((ANA, BEN), "Ben")
            await document.settle()
            assert shown(document) == [ANA, BEN]
            assert document.unsaved == sentence(error)
            assert [one.unsaved for one in news] == [sentence(error)]
            document.edit((ANA, BEN, CLO), "Clo")
            disk.put(replace(ANA, name="Anna"))
            await document.look()
            assert shown(document) == [replace(ANA, name="Anna"), BEN, CLO], "what others write is followed meanwhile"
            assert document.undo() == "Clo"
            refuse[0] = False
            await document.settle()
            assert not document.unsaved
            assert [*disk.members] == shown(document) == [replace(ANA, name="Anna"), BEN]
            assert news[-1].unsaved == ""

    run(test)
