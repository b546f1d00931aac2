"""A journal may hold anything, its disk may refuse anything: only the project's errors come, and nothing shrinks."""

from __future__ import annotations

import errno
import json
import os
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bobine.air.live.journal import Journal
from bobine.air.live.journal_lines import event_of, line_of
from bobine.air.live.state import bounds
from bobine.air.live.state import events as e
from bobine.air.live.state.outcome import aired_items, main_file
from bobine.air.live.state.session import fold
from bobine.errors import BobineError, DiskError, JournalError
from bobine.plan.timing.rundown import time_rundown
from tests.air.test_session import ITEMS, RATE, START, second
from tests.conftest import ROOT

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = pytest.mark.boundary

WILD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.sampled_from([10**19, -(10**19), 86_400, -86_401, 1 << 40, (1 << 40) + 1]),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["../x", "a/b", "..", "\ud800", "antenne.wav", "x" * 20_000]),
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), START]),
    st.sampled_from(ITEMS),
)
TAME: dict[str, st.SearchStrategy[Any]] = {
    "at": st.integers(0, 10**6).map(lambda n: START + timedelta(seconds=n))
    | st.just(bounds.EARLIEST)
    | st.just(bounds.LATEST),
    "position": st.none() | st.integers(0, bounds.MOST_SAMPLES),
    "item": st.sampled_from(ITEMS),
    "item_id": st.sampled_from([item.id for item in ITEMS]),
    "seconds": st.integers(-86_400, 86_400),
    "rate": st.integers(1, bounds.MOST_HZ),
    "start": st.integers(0, bounds.MOST_SAMPLES),
    "end": st.integers(0, bounds.MOST_SAMPLES),
    "running": st.booleans(),
    "bed": st.booleans(),
    "of": st.sampled_from(["", "claire"]),
    "file": st.sampled_from(["antenne.wav", "antenne-2.wav"]),
    "channels": st.integers(1, 2),
}


@st.composite
def anything(draw: st.DrawFn) -> e.Event:
    """An event of any kind, whose fields are mostly right, and sometimes anything at all."""
    kind: Any = draw(st.sampled_from([*e.KINDS.values(), e.Taken, e.Taken, e.Lengthened]))
    values = {}
    for field in fields(kind):
        tame = TAME.get(field.name, st.text(max_size=5))
        values[field.name] = draw(WILD if draw(st.integers(0, 9)) == 0 else tame)
    made: e.Event = kind(**values)
    return made


@given(st.lists(anything(), max_size=30))
def test_no_list_of_events_raises_in_the_fold_or_after_it(attempt: Attempt, events: list[e.Event]) -> None:
    with attempt("an event with an impossible value"):
        session = fold(events)
        impossible = sum(bool(bounds.fault_of(event)) for event in events)
        assert session.left_out >= impossible
        assert session.left_out <= len(events)
        timing = time_rundown(ITEMS, (START, START + timedelta(hours=1)), session.progress, START)
        assert timing.expected_end.tzinfo is not None
        for watch in session.stopwatches.values():
            assert watch.at(START) is not None
        aired_items(session, main_file(session) or "antenne.wav", 100 * RATE)


@given(anything())
def test_what_can_be_written_can_be_read_and_the_rest_is_refused(attempt: Attempt, event: e.Event) -> None:
    with attempt("an event with an impossible value"):
        try:
            line = line_of(event)
        except JournalError:
            assert bounds.fault_of(event)
        else:
            assert event_of(line.encode()) == event


GOOD = line_of(second(e.Taken, 2, item=ITEMS[0])).encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A line that may come from a good one: bytes changed, or a value replaced."""
    if draw(st.booleans()):
        line = bytearray(GOOD)
        for _ in range(draw(st.integers(1, 6))):
            line[draw(st.integers(0, len(line) - 2))] = draw(st.integers(0, 255))
        return bytes(line)
    values = json.loads(GOOD)
    key = draw(st.sampled_from(["type", "at", "position", "item", "else"]))
    values[key] = draw(JSON)
    return json.dumps(values).encode() + b"\n"


@given(st.lists(st.binary(max_size=60) | damaged(), max_size=12))
@example([b'{"type":{}}\n'])
@example([b"[" * 100_000 + b"\n", b'{"type":"lengthened","seconds":' + b"9" * 5000 + b"}\n"])
def test_any_bytes_are_a_journal_and_the_lines_left_out_are_counted(
    attempt: Attempt, tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    content = b"".join(lines)
    path = tmp_path_factory.mktemp("any") / "journal.jsonl"
    path.write_bytes(content)
    with attempt("any bytes as a journal"):
        journal = Journal(path)
        events = journal.read()
        whole = [line for line in content.split(b"\n")[:-1] if line.strip()]
        assert len(events) + len(journal.left_out) == len(whole)
        fold(events)
        journal.append(second(e.Marked, 3))
        assert len(Journal(path).read()) >= len(events) + 1
        assert path.read_bytes().startswith(content)


@pytest.mark.parametrize("name", ["journal_huge_seconds.jsonl", "fuzz_journal_*"])
def test_the_journals_that_failed(attempt: Attempt, tmp_path: Path, name: str) -> None:
    folder = ROOT.parent / "shared" / "cases" / "damaged"
    if not folder.is_dir():
        pytest.skip("the inputs that failed are not here")
    for found in folder.glob(name):
        with attempt("any bytes as a journal"):
            path = tmp_path / "journal.jsonl"
            path.write_bytes(found.read_bytes())
            journal = Journal(path)
            session = fold(journal.read())
            assert journal.left_out
            time_rundown(ITEMS, (START, START + timedelta(hours=1)), session.progress, START)


def test_a_journal_never_shrinks(attempt: Attempt, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    marks = [second(e.Marked, n, label=str(n)) for n in range(6)]
    rng = random.Random(1)
    for _ in range(40):
        with attempt("an older journal put back, or none at all"):
            path.unlink(missing_ok=True)
            journal, other = Journal(path), Journal(path)
            for mark in marks:
                journal.append(mark)
            assert journal.read() == other.read() == tuple(marks)
            content = path.read_bytes()
            cut = rng.randrange(len(content))
            older = rng.choice([content[:cut], b"", content[: content.find(b"\n") + 1], None])
            if older is None:
                path.unlink()
            elif rng.random() < 0.5:
                path.write_bytes(older)
            else:
                (tmp_path / "put").write_bytes(older)
                (tmp_path / "put").replace(path)
            assert set(journal.read()) == set(marks)
            assert journal.missing == len(marks) - len(Journal(path).read())


def test_another_s_journal_put_in_its_place_is_added_to_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    mine = [second(e.Marked, n, label="mine") for n in range(3)]
    for mark in mine:
        journal.append(mark)
    assert len(journal.read()) == 3
    theirs = [second(e.Marked, n, label="theirs") for n in range(8)]
    path.write_text("".join(map(line_of, [mine[0], *theirs])), encoding="utf-8")
    assert journal.read() == (mine[0], *theirs, *mine[1:])
    assert journal.missing == 2


@pytest.mark.parametrize("kind", ["link", "hanging link", "folder", "fifo", "loop"])
def test_a_journal_is_a_regular_file_and_no_link(attempt: Attempt, tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / "journal.jsonl", tmp_path / "papers"
    match kind:
        case "link":
            target.write_text("alias ls=ls\n", encoding="utf-8")
            path.symlink_to(target)
        case "hanging link":
            path.symlink_to(target)
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case _:
            path.symlink_to(path)
    with attempt("a link, folder or pipe in the journal's place"):
        for act in (lambda: Journal(path).append(second(e.Marked, 1)), lambda: Journal(path).read()):
            with pytest.raises(DiskError):
                act()
        if kind == "link":
            assert target.read_text(encoding="utf-8") == "alias ls=ls\n"
        if kind == "hanging link":
            assert not target.exists()


@pytest.mark.parametrize("code", ["EIO", "ENOTCONN", "EHOSTDOWN", "ESTALE", "EACCES", "ENODEV", "ENOLCK", "EOPNOTSUPP"])
@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_whatever_the_disk_refuses_is_our_own_error(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, call: str
) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.append(second(e.Marked, 1))
    assert len(journal.read()) == 1

    def refuse(*_: object, **__: object) -> None:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    with attempt("a system call that fails on the journal"):
        with monkeypatch.context() as faulty:
            faulty.setattr(os, call, refuse)
            with pytest.raises(BobineError):
                journal.append(second(e.Marked, 2))
            if call == "open":
                with pytest.raises(DiskError):
                    Journal(path).read()
        assert second(e.Marked, 1) in journal.read()


def test_a_folder_that_is_not_there_is_not_made_again(tmp_path: Path) -> None:
    """Under the place where a disk was mounted, it would be another one."""
    with pytest.raises(DiskError, match="n'est plus là"):
        Journal(tmp_path / "stick" / "journal.jsonl").append(second(e.Marked, 1))
    assert not (tmp_path / "stick").exists()
