"""The live screen and the presenter's view outlive whatever the journal, its disk and the plan become."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.stage import real_stage
from bobine.air.live.state.session import fold
from bobine.prompter.view import Follower
from bobine.store.workspace import open_workspace
from bobine.tui.documents.desk import Desk
from tests.conftest import ROOT
from tests.tui.hands import run, seat
from tests.tui.onair.test_onair_screen import DAY, SIX, Clock, journal, on_air, ticked

pytestmark = pytest.mark.boundary
Attempt = Callable[[str], AbstractContextManager[None]]
ROW = "a journal damaged under an open live screen"

LINES = [
    b'{"type":{}}\n',
    b'{"type":"lengthened","at":"2026-11-26T17:00:05.000000Z","position":null,"seconds":99999999999999999999}\n',
    b'{"type":"marked","at":"9999-12-31T23:59:59.999999Z","position":null,"label":""}\n',
    b'{"type":"moved-back","at":"2026-11-26T17:00:05.000000Z","position":' + b"9" * 5000 + b',"seconds":1}\n',
    b'{"type":"recording-started","at":"2026-11-26T17:00:05.000000Z","position":0,"file":"../x","rate":1,"channels":2}\n',
    b"\xff\xfe\x00[[[[\n",
]


def folder(root: Path) -> Path:
    return root / "episodes" / "bobine-romanaise" / str(DAY)


@pytest.mark.parametrize("line", LINES)
def test_one_line_kills_no_screen(attempt: Attempt, atelier: Path, line: bytes) -> None:
    path = folder(atelier) / JOURNAL_FILE

    async def test() -> None:
        clock = Clock(SIX)
        desk = Desk(open_workspace(atelier), open_workspace(atelier).shows[0], clock)
        follower = Follower(
            lambda: desk.show, DAY, real_stage(desk.workspace, desk.show, DAY).journal, desk.episode_source(DAY), clock
        )
        with attempt(ROW):
            async with seat(on_air(atelier, clock)) as hands:
                await hands.press("space")
                clock.on(seconds=40)
                await hands.press("space")
                assert follower.view().title == "Accueil, sommaire"
                with path.open("ab") as stream:
                    stream.write(line)
                await hands.until(lambda: "de côté" in hands.told(), "that a line is left out")
                assert "Accueil, sommaire" in await ticked(hands)
                assert follower.view().title == "Accueil, sommaire"
                clock.on(seconds=40)
                await hands.press("m")
                assert len(fold(journal(atelier).read()).marks) == 1
            async with seat(on_air(atelier, clock)) as hands:
                assert "Accueil, sommaire" in await ticked(hands)

    run(test)


def test_the_journals_that_failed_open_a_screen(attempt: Attempt, atelier: Path) -> None:
    cases = ROOT.parent / "shared" / "cases" / "damaged"
    if not cases.is_dir():
        pytest.skip("the inputs that failed are not here")

    async def test() -> None:
        for found in (*cases.glob("fuzz_journal*"), cases / "journal_huge_seconds.jsonl"):
            (folder(atelier) / JOURNAL_FILE).write_bytes(found.read_bytes())
            with attempt(ROW):
                async with seat(on_air(atelier, Clock(SIX))) as hands:
                    await hands.press("escape")  # the journal may be of another day: it is asked about
                    assert "FIN" in await ticked(hands)

    run(test)


@pytest.mark.parametrize("code", ["EIO", "ENOTCONN", "EHOSTDOWN", "ESTALE"])
def test_a_disk_that_fails_leaves_the_last_state_with_an_alarm(
    attempt: Attempt, atelier: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    real = os.open

    def refuse(path: object, *arguments: object, **options: object) -> int:
        if str(path).endswith(JOURNAL_FILE):
            number = getattr(errno, code)
            raise OSError(number, os.strerror(number))
        return real(path, *arguments, **options)  # type: ignore[arg-type]

    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            with attempt("a system call that fails on the journal"), monkeypatch.context() as faulty:
                faulty.setattr(os, "open", refuse)
                clock.on(seconds=40)
                await hands.press("space")
                text = await ticked(hands)
                assert "Accueil, sommaire" in text
                assert "Journal hors d'atteinte" in text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
            await hands.until(lambda: len(journal(atelier).read()) == 2, "what was held")
            await hands.until(lambda: "de nouveau là" in hands.told(), "that it is written")

    run(test)


def test_a_workspace_that_is_unmounted_does_not_throw_the_show_back(attempt: Attempt, atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        desk = Desk(open_workspace(atelier), open_workspace(atelier).shows[0], clock)
        follower = Follower(
            lambda: desk.show, DAY, real_stage(desk.workspace, desk.show, DAY).journal, desk.episode_source(DAY), clock
        )
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            clock.on(seconds=40)
            await hands.press("space")
            assert follower.view().title == "Accueil, sommaire"
            with attempt("the journal's disk goes away during the show"):
                episodes, away = atelier / "episodes", atelier.with_name("away")
                episodes.rename(away)
                clock.on(seconds=40)
                await hands.press("m")
                assert "Accueil, sommaire" in await ticked(hands)
                assert follower.view().title == "Accueil, sommaire"
                assert not episodes.exists()
                away.rename(episodes)
                await hands.until(lambda: len(fold(journal(atelier).read()).marks) == 1, "the mark")
                assert len(journal(atelier).read()) == 3

    run(test)


@pytest.mark.parametrize(("answer", "aired"), [("again", 0), ("on", 1)])
def test_a_trial_of_the_day_before_is_asked_about(attempt: Attempt, atelier: Path, answer: str, aired: int) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
        clock.moment = SIX + timedelta(days=1) - timedelta(minutes=10)
        path = folder(atelier) / JOURNAL_FILE
        # the same trial, a day before the show
        text = path.read_text(encoding="utf-8").replace("2026-11-26T", "2026-11-25T")
        path.write_text(text, encoding="utf-8")
        clock.moment = SIX
        with attempt("a journal of another day"):
            async with seat(on_air(atelier, clock)) as hands:
                await hands.until(lambda: "Commencé hier" in hands.text(), "the question")
                assert "DÉPASSE" not in hands.text()
                await hands.press(*(["enter"] if answer == "again" else ["down", "enter"]))
                await hands.until(lambda: "Commencé hier" not in hands.text(), "the answer")
                await hands.until(
                    lambda: len(fold(journal(atelier).read()).progress.stretches) == aired, "what it came to"
                )

    run(test)
