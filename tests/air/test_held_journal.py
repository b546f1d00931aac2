"""What is done on air while the journal's disk is away is held, said, and written when it is back, once."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bobine.air.live.held_journal import HeldJournal, spare_of
from bobine.air.live.journal import Journal
from bobine.air.live.show import Live
from bobine.air.live.state import events as e
from bobine.errors import WorkspaceError
from tests.air.recorder.studio import until
from tests.air.test_session import ITEMS, START, second

Attempt = Callable[[str], AbstractContextManager[None]]
ROW = "the journal's disk goes away during the show"

pytestmark = [pytest.mark.boundary, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))


def marks(count: int, first: int = 0) -> list[e.Event]:
    return [second(e.Marked, n, label=str(n)) for n in range(first, first + count)]


def asked(show: Live) -> datetime | None:
    """The other day that a journal tells of."""
    return show.another_day


def test_a_folder_that_goes_and_comes_back_loses_nothing(attempt: Attempt, tmp_path: Path) -> None:
    folder, away = tmp_path / "episode", tmp_path / "away"
    folder.mkdir()
    path = folder / "journal.jsonl"
    journal = HeldJournal(path)
    expected: list[e.Event] = []
    for turn in range(5):
        with attempt(ROW):
            for mark in marks(3, 10 * turn):
                journal.append(mark)
                expected.append(mark)
            assert journal.read() == tuple(expected)
            assert journal.alarms() == ()
            folder.rename(away)
            assert journal.read() == tuple(expected), "the last state stays"
            for mark in marks(2, 10 * turn + 5):
                journal.append(mark)
                expected.append(mark)
            assert journal.read() == tuple(expected)
            assert "sur cet ordinateur" in journal.alarms()[0]
            assert spare_of(path).exists()
            away.rename(folder)
            until(lambda: len(Journal(path).read()) == len(expected))
            until(lambda: journal.read() == tuple(expected) and not journal.alarms())
            until(lambda: not spare_of(path).exists())
            assert any("de nouveau là" in notice for notice in journal.take_notices())
    assert Journal(path).read() == tuple(expected)


def test_its_return_is_told_though_somebody_looked_before_it_was_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeldJournal, "_mend_later", lambda _: None)
    folder = tmp_path / "episode"
    journal = HeldJournal(folder / "journal.jsonl")
    for mark in marks(2, 0):
        journal.append(mark)
    folder.mkdir()
    Journal.restore(journal)
    journal.read()
    assert journal.take_notices() == ()
    journal.restore()
    journal.read()
    assert journal.take_notices() == ("Le journal est de nouveau là : 2 actions gardées y sont écrites.",)


def test_a_screen_that_is_killed_meanwhile_loses_nothing_either(attempt: Attempt, tmp_path: Path) -> None:
    folder, away = tmp_path / "episode", tmp_path / "away"
    folder.mkdir()
    path = folder / "journal.jsonl"
    first = HeldJournal(path)
    for mark in marks(3):
        first.append(mark)
    first.read()
    folder.rename(away)
    for mark in marks(2, 3):
        first.append(mark)
    with attempt(ROW):
        # another screen, of another program: it has only what is on the disks
        again = HeldJournal(path)
        assert again.read() == tuple(marks(5))
        away.rename(folder)
        until(lambda: len(Journal(path).read()) == 5)
        time.sleep(1.5)
        assert len(Journal(path).read()) == 5, "both wrote them, each once"


def test_an_older_journal_put_back_is_given_what_it_lacks(attempt: Attempt, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = HeldJournal(path)
    for mark in marks(6):
        journal.append(mark)
    assert len(journal.read()) == 6
    whole = path.read_bytes()
    for older in (whole[:100], b"", None, whole[: len(whole) // 2]):
        with attempt("an older journal put back, or none at all"):
            if older is None:
                path.unlink()
            else:
                path.write_bytes(older)
            assert set(journal.read()) == set(marks(6))
            until(lambda: set(Journal(path).read()) == set(marks(6)))
            until(lambda: not journal.alarms() and journal.read() is not None)
            assert any("plus ancien" in notice or "de nouveau là" in notice for notice in journal.take_notices())


@pytest.mark.parametrize("code", ["EIO", "ENOTCONN", "EHOSTDOWN", "ESTALE", "ENOSPC", "EROFS"])
@pytest.mark.parametrize("call", ["open", "fsync", "fstat"])
def test_a_show_goes_on_over_a_disk_that_fails(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, call: str
) -> None:
    clock = [0.0]
    path = tmp_path / "journal.jsonl"
    show = Live(HeldJournal(path), lambda: START + timedelta(seconds=clock[0]), lambda: None)
    assert show.take(ITEMS, None) == ""
    real = getattr(os, call)

    def refuse(*arguments: object, **options: object) -> object:
        if call == "open" and not str(arguments[0]).endswith("journal.jsonl"):
            return real(*arguments, **options)
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    with attempt("a system call that fails on the journal"):
        with monkeypatch.context() as faulty:
            faulty.setattr(os, call, refuse)
            clock[0] = 60
            assert show.take(ITEMS, "i0") == ""
            show.mark()
            on_air = show.session.progress.on_air
            assert on_air is not None
            assert on_air.item.id == "i1"
            # a line that was written and not synced is in the file: it is seen there
            assert show.alarms or call == "fsync"
        # nobody looks at it meanwhile: it mends itself
        until(lambda: not show.alarms)
        assert Live(Journal(path), lambda: START, lambda: None).session == show.session


def test_a_line_that_is_there_and_not_synced_is_synced_later(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    journal = HeldJournal(path)
    journal.append(marks(1)[0])
    real = os.fsync
    synced: list[int] = []
    refused: list[int] = []

    def refuse_four(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().name == "journal.jsonl":
            if len(refused) < 4:
                refused.append(handle)
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            synced.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", refuse_four)
    with attempt("a system call that fails on the journal"):
        journal.append(marks(1, 1)[0])
        assert set(Journal(path).read()) == set(marks(2)), "it is in the file, where a power cut may take it"
        # no screen reads it meanwhile
        until(lambda: len(refused) == 4)
        until(lambda: not journal.alarms())
        assert synced
        assert not spare_of(path).exists()
        assert journal.read() == Journal(path).read() == tuple(marks(2))


def test_a_show_of_another_day_is_not_gone_on_with_unasked(attempt: Attempt, tmp_path: Path) -> None:
    clock = [-86_400.0]
    slot = START, START + timedelta(hours=1)

    def live() -> Live:
        return Live(HeldJournal(path), lambda: START + timedelta(seconds=clock[0]), lambda: None, slot)

    for ended in (False, True):
        for again in (False, True):
            path = tmp_path / f"{ended}-{again}.jsonl"
            clock[0] = -86_400.0
            trial = live()
            assert trial.take(ITEMS, None) == ""
            if ended:
                assert trial.end() == ""
            clock[0] = -86_000.0
            assert asked(live()) is None, "a screen that is opened again at once"
            clock[0] = 30.0
            show = live()
            with attempt("a journal of another day"):
                assert asked(show) == START - timedelta(days=1)
                assert not show.session.progress.begun
                with pytest.raises(WorkspaceError, match="un autre jour"):
                    show.mark()
                if again:
                    show.begin_again()
                    assert asked(show) is None
                    assert not show.session.progress.begun
                    assert show.take(ITEMS, None) == ""
                    assert len(show.session.progress.stretches) == 1
                    assert show.undo() is not None
                    assert isinstance(show.undo(), e.BegunAgain)
                    assert len(show.session.progress.stretches) == 1
                else:
                    show.go_on_with()
                    assert asked(show) is None
                    assert show.session.progress.begun
                assert asked(live()) is None


def test_a_long_item_of_a_long_slot_is_of_the_same_day(tmp_path: Path) -> None:
    clock = [0.0]
    slot = START, START + timedelta(hours=24)
    show = Live(Journal(tmp_path / "j"), lambda: START + timedelta(seconds=clock[0]), lambda: None, slot)
    assert show.take(ITEMS, None) == ""
    clock[0] = 20 * 3600.0
    assert asked(show) is None
