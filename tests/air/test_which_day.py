"""Which show is meant, and whether a recording can be its: across midnight, on the nights of a change of hour."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.air.importing.recorded_when import RecordedWhen, doubt, recorded_when
from bobine.errors import PlanError
from bobine.model.show import Slot, Weekday
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER, Atelier

Attempt = Callable[[str], AbstractContextManager[None]]
PARIS = ZoneInfo("Europe/Paris")
ROW = "a recording that cannot be of that show"

pytestmark = pytest.mark.boundary


def workspace_at(root: Path, start: str, end: str, days: list[str]) -> Workspace:
    """The workspace with the slot at other hours, and a plan on those days."""
    text = (ATELIER / "shows.toml").read_text(encoding="utf-8")
    text = text.replace("start = 18:00:00", f"start = {start}").replace("end = 18:55:00", f"end = {end}")
    root.mkdir()
    (root / "shows.toml").write_text(text, encoding="utf-8")
    for day in days:
        folder = root / "episodes" / "bobine-romanaise" / day
        folder.mkdir(parents=True)
        (folder / "episode.toml").write_text('title = "Essai"\n', encoding="utf-8")
    return open_workspace(root)


@pytest.mark.parametrize(
    ("start", "end", "now", "found"),
    [
        ("23:30:00", "00:30:00", "2026-11-26T23:20", "2026-11-26"),
        ("23:30:00", "00:30:00", "2026-11-27T00:05", "2026-11-26"),
        ("23:30:00", "00:30:00", "2026-11-27T01:10", "2026-11-26"),
        ("23:30:00", "00:30:00", "2026-11-27T01:40", "2026-12-03"),
        ("18:00:00", "18:55:00", "2026-11-27T00:05", "2026-12-03"),
        ("18:00:00", "18:55:00", "2026-11-26T23:59", "2026-11-26"),
        ("22:00:00", "06:00:00", "2026-11-27T05:59", "2026-11-26"),
    ],
)
def test_the_next_show_after_midnight_is_the_one_on_air(
    attempt: Attempt, tmp_path: Path, start: str, end: str, now: str, found: str
) -> None:
    workspace = workspace_at(tmp_path / "w", start, end, ["2026-11-19", "2026-11-26", "2026-12-03"])
    moment = datetime.fromisoformat(now).replace(tzinfo=PARIS)
    with attempt("a show across midnight named by « prochaine »"):
        assert workspace.resolve("prochaine", moment.date(), moment)[1] == date.fromisoformat(found)


@pytest.mark.parametrize(("start", "end"), [("06:00:00", "06:00:00"), ("22:00:00", "21:00:00")])
def test_a_slot_of_a_whole_day_is_refused_where_it_is_read(tmp_path: Path, start: str, end: str) -> None:
    with pytest.raises(PlanError, match=r"shows\.toml, ligne \d+ : shows\.bobine-romanaise\.slot\.end"):
        workspace_at(tmp_path / "w", start, end, ["2026-11-26"])


@pytest.mark.parametrize(
    ("start", "end", "day", "begins", "hours"),
    [
        # 02:30 does not exist on the night of spring: it is read with the hour of before, so it is 03:30
        (time(2, 30), time(4, 0), date(2027, 3, 28), "2027-03-28T01:30+00:00", 0.5),
        # 02:30 comes twice on the night of autumn: the first is meant
        (time(2, 30), time(4, 0), date(2026, 10, 25), "2026-10-25T00:30+00:00", 2.5),
        (time(23, 30), time(0, 30), date(2026, 11, 26), "2026-11-26T22:30+00:00", 1),
        # the same hour twice: from one day to the next, which may have an hour less or more
        (time(18), time(18), date(2026, 11, 26), "2026-11-26T17:00+00:00", 24),
        (time(18), time(18), date(2027, 3, 27), "2027-03-27T17:00+00:00", 23),
        (time(18), time(18), date(2026, 10, 24), "2026-10-24T16:00+00:00", 25),
    ],
)
def test_a_slot_has_one_reading(attempt: Attempt, start: time, end: time, day: date, begins: str, hours: float) -> None:
    with attempt("a slot at an hour that does not exist, comes twice, or lasts a day"):
        found = Slot(day=Weekday.THURSDAY, start=start, end=end).bounds(day)
        assert found[0].astimezone(UTC) == datetime.fromisoformat(begins)
        assert found[1].astimezone(UTC) - found[0].astimezone(UTC) == timedelta(hours=hours)


SIX = datetime(2026, 11, 26, 18, tzinfo=PARIS), datetime(2026, 11, 26, 18, 55, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("began", "changed", "now", "words"),
    [
        (None, "2026-11-26T18:56", "2026-11-26T20:00", ""),
        (None, "2026-12-24T10:00", "2026-12-24T11:00", ""),
        ("2026-11-26T17:58", "2026-11-26T18:56", "2026-11-26T20:00", ""),
        ("2026-11-26T17:58", "2026-11-20T18:56", "2026-11-26T20:00", "n'a plus changé depuis le vendredi 20 novembre"),
        (
            None,
            "2026-11-19T18:56",
            "2026-11-26T09:00",
            "pas encore eu lieu : elle est le jeudi 26 novembre 2026 à 18 h 00",
        ),
        (None, "2026-11-26T18:56", "2026-11-20T09:00", "pas encore eu lieu"),
        (None, "2026-11-26T17:00", "2026-11-27T09:00", "n'a plus changé depuis le jeudi 26 novembre 2026 à 17 h 00"),
        ("2026-11-19T18:00", "2026-11-27T10:00", "2026-11-27T11:00", "a commencé le jeudi 19 novembre 2026 à 18 h 00"),
        ("2026-12-03T18:00", "2026-12-03T19:00", "2026-12-04T11:00", "a commencé le jeudi 3 décembre 2026"),
    ],
)
def test_a_recording_that_cannot_be_of_the_show_is_doubted(
    attempt: Attempt, began: str | None, changed: str, now: str, words: str
) -> None:
    with attempt(ROW):
        told = RecordedWhen(
            datetime.fromisoformat(began) if began else None, datetime.fromisoformat(changed).replace(tzinfo=PARIS)
        )
        said = doubt(told, SIX, PARIS, datetime.fromisoformat(now).replace(tzinfo=PARIS))
        assert bool(said) == bool(words)
        assert words in said


def test_a_broadcast_wav_says_when_it_began(tmp_path: Path) -> None:
    bext = bytes(320) + b"2026-11-26" + b"18:00:03" + bytes(300)
    body = b"WAVE" + struct.pack("<4sI", b"bext", len(bext)) + bext + struct.pack("<4sI", b"data", 4) + bytes(4)
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    found = recorded_when(path)
    assert found is not None
    assert found.began == datetime.fromisoformat("2026-11-26T18:00:03")
    for broken in (body[:100], body.replace(b"2026-11-26", b"2026-99-99"), body.replace(b"bext", b"best"), b""):
        path.write_bytes(b"RIFF" + struct.pack("<I", len(broken)) + broken)
        found = recorded_when(path)
        assert found is not None
        assert found.began is None
    assert recorded_when(tmp_path / "none") is None


@pytest.mark.slow
def test_the_command_refuses_it_unless_told(attempt: Attempt, evening: object, tmp_path: Path) -> None:
    from tests.conftest import Evening

    assert isinstance(evening, Evening)
    atelier: Atelier = evening.atelier.copy(tmp_path)
    old = tmp_path / "old.wav"
    shutil.copyfile(evening.recording, old)
    os.utime(old, (1_700_000_000, 1_700_000_000))
    before = sorted((atelier.episode / "recording").iterdir())
    with attempt(ROW):
        done = atelier.run("importer", "2026-11-19", str(old), code=1)
        assert "--quand-meme" in done.stderr
        assert sorted((atelier.episode / "recording").iterdir()) == before
        atelier.run("importer", "2026-11-19", str(old), "--quand-meme")
