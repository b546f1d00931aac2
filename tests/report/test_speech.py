"""Speech times: what the stopwatches counted, where it lies in the recording, sums by person and by list."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.state import events as e
from bobine.air.live.state.session import fold
from bobine.air.live.state.speech import speech_turns
from bobine.cli import main
from bobine.model.show import Election
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.speech.tables import place_words, seconds_words, speech_rows
from bobine.report.speech.times import NO_LIST, SpeechFacts, TimedSpeech, Untimed, speech_times
from tests.report.workshop import PARIS, SHOWS, episode, journal

START = datetime(2026, 3, 5, 17, tzinfo=UTC)
OVER = START + timedelta(minutes=55)
WINDOW = Election(name="Municipales 2026", start=date(2026, 2, 1), end=date(2026, 3, 22))
RATE = 48_000


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def turned(second: float, of: str = "elue", *, on: bool, position: int | None = None) -> e.StopwatchTurned:
    return e.StopwatchTurned(at=at(second), position=position, of=of, running=on)


def recorded(second: float, file: str = "antenne.wav") -> e.RecordingStarted:
    return e.RecordingStarted(at=at(second), position=0, file=file, rate=RATE, channels=2)


stopwatch = st.one_of(
    st.builds(lambda on, of: e.StopwatchTurned(at=START, of=of, running=on), st.booleans(),
              st.sampled_from(["", "a", "b"])),
    st.builds(lambda of: e.StopwatchCleared(at=START, of=of), st.sampled_from(["a", "b"])),
    st.just(e.Undone(at=START)), st.just(e.Redone(at=START)), st.just(e.BegunAgain(at=START)),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 60), stopwatch), max_size=14))
def test_the_stretches_add_up_to_the_stopwatches(steps: list[tuple[int, e.Event]]) -> None:
    now, events = START, []
    for seconds, event in steps:
        now += timedelta(seconds=seconds)
        events.append(replace(event, at=now))
    turns = speech_turns(events, OVER)
    for of, watch in fold(events).stopwatches.items():
        lengths = [turn.ended - turn.started for turn in turns if turn.of == of]
        assert sum(lengths, timedelta()) == (watch.at(OVER) if of else timedelta())


@pytest.mark.parametrize(
    ("events", "places"),
    [
        ([recorded(0), turned(10, on=True, position=100), turned(20, on=False, position=300)],
         ("antenne.wav", 100, 300)),
        ([turned(10, on=True), recorded(12), turned(20, on=False, position=300)], (None, None, None)),
        ([recorded(0), turned(10, on=True, position=100), recorded(12, "b.wav"), turned(20, on=False, position=9)],
         ("antenne.wav", 100, None)),
        ([recorded(0), turned(10, on=True, position=100)], ("antenne.wav", 100, None)),
    ],
)  # fmt: skip
def test_where_it_lies_in_the_recording(events: list[e.Event], places: tuple[Any, ...]) -> None:
    (turn,) = speech_turns(events, OVER)
    assert (turn.file, turn.first, turn.last) == places


def test_a_clock_that_goes_back_takes_no_time_away() -> None:
    (turn,) = speech_turns([turned(10, on=True), turned(4, on=False)], OVER)
    assert turn.ended == turn.started


def speech(second: float, seconds: float, who: str = "Awa", on_list: str = "Ensemble", day: int = 5) -> TimedSpeech:
    started = datetime(2026, 3, day, 18, tzinfo=PARIS) + timedelta(seconds=second)
    return TimedSpeech(reference="fil/2026-03-05", date=date(2026, 3, day), who=who, on_list=on_list, started=started,
                       length=timedelta(seconds=seconds))  # fmt: skip


def facts(*speeches: TimedSpeech, **more: Any) -> SpeechFacts:
    return SpeechFacts(show="Le Fil", station="Radio", election=WINDOW, speeches=speeches, **more)


def test_people_and_lists_are_two_sums() -> None:
    of_two = (speech(300, 60, "Bruno"), speech(400, 5, "Cléo", ""))
    times = speech_times(facts(speech(0, 75.4), speech(200, 20.2), *of_two))
    told = [(one.name, one.length.seconds, one.times) for one in times.people]
    assert told == [("Awa", 96, 2), ("Bruno", 60, 1), ("Cléo", 5, 1)]
    assert [(one.name, one.length.seconds) for one in times.lists] == [("Ensemble", 156), (NO_LIST, 5)]


def test_both_ends_of_the_window_are_in_it() -> None:
    window = replace(WINDOW, start=date(2026, 3, 5), end=date(2026, 3, 6))
    found = speech_times(replace(facts(*(speech(0, 10, day=day) for day in range(3, 9))), election=window))
    assert [one.date.day for one in found.speeches] == [5, 6]
    untimed = Untimed(date=date(2026, 3, 7), title="Politique", asked="Claire")
    assert speech_times(replace(facts(untimed=(untimed,)), election=window)).untimed == ()


speeches = st.builds(
    speech, st.integers(0, 3000), st.integers(0, 300), st.sampled_from("AB"), st.sampled_from(["", "L"]),
    st.integers(1, 31),
)  # fmt: skip


@given(st.lists(speeches, max_size=6), st.lists(speeches, max_size=6), st.randoms(use_true_random=False))
def test_sums_of_a_union_in_any_order(some: list[TimedSpeech], others: list[TimedSpeech], random: Any) -> None:
    def sums(*ones: TimedSpeech) -> dict[tuple[str, str], int]:
        return {(one.name, one.on_list): one.length.seconds for one in speech_times(facts(*ones)).people}

    turned_round = [*some, *others]
    random.shuffle(turned_round)
    both, parts = sums(*turned_round), (sums(*some), sums(*others))
    assert both == sums(*some, *others)
    assert both == {key: sum(part.get(key, 0) for part in parts) for key in {*parts[0], *parts[1]}}
    lists = speech_times(facts(*some, *others)).lists
    assert sum(one.length.seconds for one in lists) == sum(both.values())


@pytest.mark.parametrize(
    ("seconds", "words"), [(75.34, "75,3"), (75, "75"), (0.04, "0"), (0.05, "0,1"), (3600, "3600")]
)
def test_seconds(seconds: float, words: str) -> None:
    assert seconds_words(timedelta(seconds=seconds)) == words


def test_the_bytes_of_the_csv() -> None:
    one = replace(speech(0, 75.34, "=Awa"), item="Politique", file="antenne.wav", rate=RATE, first=RATE * 3725)
    assert place_words(one, one.first) == "1:02:05,0"
    assert (
        cells_csv(speech_rows(speech_times(facts(one))))
        == (
            "\ufeffpériode;station;émission;date;personne;liste;heure;durée (s);élément;fichier;début dans le fichier;"
            "fin dans le fichier;premier échantillon;dernier échantillon;fréquence;référence\r\n"
            "Municipales 2026;Radio;Le Fil;2026-03-05;'=Awa;Ensemble;18:00:00;75,3;Politique;antenne.wav;1:02:05,0;;"
            "178800000;;48000;fil/2026-03-05\r\n"
            "Municipales 2026;Radio;Le Fil;total;'=Awa;Ensemble;;75;;;;;;;;\r\n"
            "Municipales 2026;Radio;Le Fil;total de la liste;;Ensemble;;75;;;;;;;;\r\n"
        ).encode()
    )


def run(capsys: pytest.CaptureFixture[str], root: Path, *words: str, code: int = 0) -> str:
    assert main(["--atelier", str(root), "parole", *words]) == code
    told = capsys.readouterr()
    return told.out if not code else told.err


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for day in (date(2026, 3, 5), date(2026, 3, 12), date(2026, 3, 26)):
        episode(tmp_path, day)
    journal(tmp_path, START, [
        (0, recorded(0)), (0, "generique"), (40, "politique"), (50, turned(50, on=True, position=50 * RATE)),
        (125, turned(125, on=False, position=125 * RATE)), (400, "fin"),
    ])  # fmt: skip
    journal(tmp_path, START + timedelta(weeks=1), [(0, "generique"), (40, "politique"), (400, "fin")])
    journal(tmp_path, START + timedelta(weeks=3), [(0, "politique"), (400, "fin")])
    told: dict[str, Any] = json.loads(run(capsys, tmp_path, "municipales", "--json", "--csv", "--pdf"))
    assert [(one["name"], one["seconds"]) for one in told["people"]] == [("Awa Traoré", 75)]
    assert [(one["name"], one["seconds"]) for one in told["lists"]] == [("Romans ensemble", 75)]
    (speech_,) = told["speeches"]
    assert (speech_["item"], speech_["file"], speech_["first"]) == ("Politique locale", "antenne.wav", 50 * RATE)
    (untimed,) = told["untimed"]
    assert untimed == {"date": "2026-03-12", "item": "Politique locale", "ask": "Claire Dumollard (animation)"}
    pdf, table = (tmp_path / f"parole-fil-municipales-2026.{suffix}" for suffix in ("pdf", "csv"))
    assert pdf.read_bytes().startswith(b"%PDF")
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) == 4
    text = run(capsys, tmp_path, "2026-03-05").replace("\u00a0", " ")
    assert "Romans ensemble" in text
    assert "non chronométrée" in text
    assert "Municipales 2026" in run(capsys, tmp_path, "legislatives", code=1)


def test_without_a_window_the_command_says_where_to_write_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    episode(tmp_path, date(2026, 3, 5), shows=SHOWS.partition("[[shows.fil.elections]]")[0])
    assert "[[shows.fil.elections]]" in run(capsys, tmp_path, code=1)
