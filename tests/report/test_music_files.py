"""The music log read from a workspace: what was aired and when, carts, replays, what was not aired, the commands."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.air.live.state import events as e
from bobine.cli import main
from bobine.evening.seasons.music import read_music
from bobine.model.episode_day import EpisodeDay
from bobine.report.music.facts import HalfYear
from bobine.report.music.log import MusicLog
from bobine.report.music.tables import length_words
from tests.report.workshop import NOW, PARIS, SHOWS, episode, journal, opened

DAY = date(2026, 3, 5)
START = datetime(2026, 3, 5, 18, 0, 5, tzinfo=PARIS)
WHOLE = ((0, "generique"), (40, "politique"), (400, "live"), (645, "politique"), (700, "fin"))


FIRST = HalfYear(2026, 1)


def log(root: Path, half: HalfYear = FIRST) -> MusicLog:
    return read_music(*opened(root), half, NOW)


def told(found: MusicLog) -> list[tuple[str, str, str]]:
    return [(line.work.title, f"{line.at:%d %H:%M:%S}", length_words(line.length)) for line in found.lines]


def cart(second: float, sound: str, seconds: int = 5, *, bed: bool = False) -> tuple[float, e.Event]:
    at = START + timedelta(seconds=second)
    return second, e.CartStarted(at=at, sound=sound, bed=bed, seconds=seconds)


def test_what_was_aired_is_in_it_at_its_hour_and_the_rest_is_not(tmp_path: Path) -> None:
    episode(tmp_path, DAY)
    journal(tmp_path, START, WHOLE)
    found = log(tmp_path)
    assert told(found) == [("La Bobine", "05 18:00:05", "00:00:40"), ("Passerelle", "05 18:06:45", "00:04:05")]
    assert [line.performer for line in found.lines] == ["Anouar Ketfi", "Trio du Jacquemart"]
    assert found.lacks == ()


def test_what_is_written_after_the_show_counts(tmp_path: Path) -> None:
    folder = episode(tmp_path, DAY)
    journal(tmp_path, START, WHOLE)
    plan = (folder / "episode.toml").read_text("utf-8")
    (folder / "episode.toml").write_text(
        plan.replace('title = "Passerelle"', 'title = "La passerelle", isrc = "FRZ039700212"')
    )
    assert [(line.work.title, line.work.isrc) for line in log(tmp_path).lines][1] == ("La passerelle", "FRZ039700212")


def test_an_item_that_is_aired_twice_is_there_twice(tmp_path: Path) -> None:
    episode(tmp_path, DAY)
    journal(tmp_path, START, [(0, "live"), (60, "politique"), (100, "live"), (190, "fin")])
    assert told(log(tmp_path)) == [("Passerelle", "05 18:00:05", "00:01:00"), ("Passerelle", "05 18:01:45", "00:01:30")]


def test_sounds_that_were_started_by_their_keys_count_too(tmp_path: Path) -> None:
    episode(tmp_path, DAY)
    events: list[tuple[float, str | e.Event]] = [
        (0, "generique"),
        cart(0.5, "episodes/fil/2026-03-05/pad/generique.wav", 40),  # the item's own sound: it counts once
        (40, "politique"),
        cart(50, "sons/virgule.wav"),
        cart(60, "sons/rires.wav", 4),
        cart(70, "sons/inconnu.wav"),
        cart(80, "episodes/fil/2026-03-05/pad/generique.wav", 40),
        (90, e.CartStopped(at=START + timedelta(seconds=90))),
        (400, "fin"),
    ]
    journal(tmp_path, START, events)
    found = log(tmp_path)
    assert told(found) == [("La Bobine", "05 18:00:05", "00:00:40"), ("Zip", "05 18:00:55", "00:00:05"),
                           ("La Bobine", "05 18:01:25", "00:00:10")]  # fmt: skip
    assert {lack.title for lack in found.lacks} == {"Rires", "sons/inconnu.wav"}


def test_a_replay_is_there_again_from_the_start_of_its_slot(tmp_path: Path) -> None:
    episode(tmp_path, DAY)
    journal(tmp_path, START, WHOLE)
    episode(tmp_path, date(2026, 4, 2), head="replay = 2026-03-05", items="")
    episode(tmp_path, date(2026, 4, 9), head="replay = 2026-03-12", items="")
    episode(tmp_path, date(2026, 4, 16), head="replay = 2026-03-05\ncancelled = true", items="")
    found = log(tmp_path)
    assert told(found)[2:] == [("La Bobine", "02 18:00:00", "00:00:40"), ("Passerelle", "02 18:06:40", "00:04:05")]
    assert [line.playing.replay for line in found.lines[2:]] == [DAY, DAY]
    (lack,) = found.lacks
    assert lack.dates == (date(2026, 4, 9),)
    assert "rediffusion du jeudi 12 mars 2026" in lack.what


def test_shows_of_which_nothing_tells_are_asked_for_and_those_to_come_are_not(tmp_path: Path) -> None:
    for day, head in ((DAY, ""), (date(2026, 3, 12), "cancelled = true"), (date(2026, 3, 19), 'kind = "trailer"')):
        episode(tmp_path, day, head=head)
    episode(tmp_path, date(2026, 12, 3))
    episode(tmp_path, date(2026, 3, 26), items="[[items]]\n")
    found = log(tmp_path)
    (lack,) = found.lacks
    assert (lack.dates, lack.asked, found.lines) == ((DAY,), "Claire Dumollard (animation)", ())
    (remark,) = found.remarks
    assert remark.startswith("jeudi 26 mars 2026 : ")
    assert log(tmp_path, HalfYear(2026, 2)).lacks == ()


def test_a_bonus_beside_the_slot_is_in_it_only_where_it_went_on_air(tmp_path: Path) -> None:
    episode(tmp_path, EpisodeDay(2026, 3, 5, "bonus"), head='kind = "bonus"')
    assert log(tmp_path) == replace(log(tmp_path), lines=(), lacks=(), remarks=())
    journal(tmp_path, START, [(0, "generique"), (40, "fin")], EpisodeDay(2026, 3, 5, "bonus"))
    assert told(log(tmp_path)) == [("La Bobine", "05 18:00:05", "00:00:40")]


def test_a_show_over_midnight_on_the_last_of_june(tmp_path: Path) -> None:
    night = SHOWS.replace("start = 18:00:00, end = 18:55:00", "start = 23:30:00, end = 00:25:00")
    day = date(2026, 6, 30)
    episode(tmp_path, day, shows=night)
    start = datetime(2026, 6, 30, 23, 58, 0, tzinfo=PARIS)
    journal(tmp_path, start, [(0, "generique"), (40, "politique"), (120, "live"), (360, "fin")])
    assert told(log(tmp_path)) == [("La Bobine", "30 23:58:00", "00:00:40")]
    assert told(log(tmp_path, HalfYear(2026, 2))) == [("Passerelle", "01 00:00:00", "00:04:00")]


def test_a_show_that_nobody_ended_has_no_invented_length(tmp_path: Path) -> None:
    episode(tmp_path, DAY)
    journal(tmp_path, START, [(0, "generique"), (40, "live")])
    found = log(tmp_path)
    assert told(found)[1] == ("Passerelle", "05 18:00:45", "")
    assert "durée" in found.lacks[0].what


def run(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> str:
    assert main(["--atelier", str(root), *words]) == 0
    return capsys.readouterr().out


def test_the_command_writes_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    episode(tmp_path, DAY)
    journal(tmp_path, START, [*WHOLE[:-1], (700, "pause"), (880, "fin")])
    monkeypatch.chdir(tmp_path)
    whole: dict[str, Any] = json.loads(run(capsys, tmp_path, "musiques", "fil/2026-S1", "--json", "--csv", "--pdf"))
    assert [line["title"] for line in whole["lines"]] == ["La Bobine", "Passerelle", "Jamais passée"]
    assert whole["written"] == ["musiques-fil-2026-S1.csv", "musiques-fil-2026-S1.pdf"]
    assert (tmp_path / "musiques-fil-2026-S1.pdf").read_bytes().startswith(b"%PDF")
    rows = list(csv.reader(io.StringIO((tmp_path / "musiques-fil-2026-S1.csv").read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) == 4
    text = run(capsys, tmp_path, "musiques", "2026-S1").replace("\u00a0", " ")
    for words in ("1er semestre 2026", "Jamais passée", "00:04:05", "Ce qui manque", "31 août 2026"):
        assert words in text
    for wrong in ("2026", "2026-S3", "autre/2026-S1"):
        assert main(["--atelier", str(tmp_path), "musiques", wrong]) == 1
