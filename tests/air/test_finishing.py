from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.air.live.aired_recording import finish
from bobine.air.live.journal import Journal
from bobine.air.live.state import events as e
from bobine.errors import MarksError, SoundError
from bobine.sound.survey import survey
from bobine.store.records.recordings import as_run_path, read_as_run, write_as_run
from tests.air.test_session import ITEMS, RATE, second


def recorded(folder: Path, seconds: int) -> None:
    folder.mkdir()
    with wave.open(str(folder / "antenne.wav"), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(b"\x10\x20" * (seconds * RATE))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal.jsonl")
    made.append(second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=1))
    made.append(second(e.Taken, 1, item=ITEMS[0]))
    made.append(second(e.Taken, 3, item=ITEMS[1]))
    made.append(second(e.Taken, 4, item=ITEMS[2]))
    made.append(second(e.Ended, 6))
    return made


def test_what_was_aired_is_found_in_the_recording(tmp_path: Path, journal: Journal) -> None:
    folder = tmp_path / "recording"
    recorded(folder, 5)
    as_run = finish(folder, journal, ["i0", "i2"])
    assert read_as_run(as_run_path(folder)) == as_run
    assert [(item.id, item.start / RATE, item.end / RATE) for item in as_run.items] == [("i0", 1, 3), ("i2", 4, 5)]
    assert as_run.recording.samples == 5 * RATE


@pytest.mark.parametrize(
    ("declared", "torn", "samples"),
    [
        (0, 0, 5 * RATE),
        (RATE, 0, 5 * RATE),
        (0xFFFFFFFF, 0, 5 * RATE),
        (10 * RATE, 1, 5 * RATE - 1),
        (20 * RATE, 0, 5 * RATE),
    ],
    ids=["zero", "of some moment before", "a placeholder", "half a sample at the end", "more than there is"],
)
def test_the_recording_is_as_long_as_a_decoder_finds_it_whatever_its_header_says(
    tmp_path: Path, journal: Journal, declared: int, torn: int, samples: int
) -> None:
    folder = tmp_path / "recording"
    recorded(folder, 5)
    file = folder / "antenne.wav"
    content = bytearray(file.read_bytes())
    content[40:44] = declared.to_bytes(4, "little")
    file.write_bytes(bytes(content[: len(content) - torn]))
    found, decoded = finish(folder, journal, ["i0", "i2"]).recording, survey(file)
    assert (found.rate, found.channels, found.samples) == (RATE, 1, samples)
    assert (found.rate, found.channels, found.samples) == (decoded.rate, decoded.channels, decoded.samples)


def test_a_recording_without_sound_is_said(tmp_path: Path, journal: Journal) -> None:
    folder = tmp_path / "recording"
    recorded(folder, 0)
    with pytest.raises(SoundError, match="ne contient aucun son"):
        finish(folder, journal, ["i0"])
    assert not as_run_path(folder).exists()


def test_nothing_recorded_and_nothing_aired_are_said(tmp_path: Path, journal: Journal) -> None:
    folder = tmp_path / "recording"
    with pytest.raises(SoundError, match="Rien n'a été enregistré"):
        finish(folder, journal, ["i0"])
    recorded(folder, 5)
    with pytest.raises(MarksError, match="Aucun élément"):
        finish(folder, journal, ["somebody-else"])
    assert not as_run_path(folder).exists()


def test_a_file_attached_since_stays_attached(tmp_path: Path, journal: Journal) -> None:
    folder = tmp_path / "recording"
    recorded(folder, 5)
    ours = finish(folder, journal, ["i0", "i2"])
    (folder / "station.wav").write_bytes((folder / "antenne.wav").read_bytes())
    theirs = replace(ours, recording=replace(ours.recording, file="station.wav"))
    write_as_run(as_run_path(folder), theirs)
    assert finish(folder, journal, ["i0", "i2"]) == theirs
    (folder / "station.wav").unlink()
    assert finish(folder, journal, ["i0", "i2"]) == ours


def test_marks_come_back_as_named_points(tmp_path: Path, journal: Journal) -> None:
    folder = tmp_path / "recording"
    recorded(folder, 5)
    for at, label in ((0.5, ""), (2, "À couper"), (3.5, ""), (5.5, "")):
        journal.append(second(e.Marked, at, label=label))
    as_run = finish(folder, journal, ["i0", "i2"])
    assert read_as_run(as_run_path(folder)) == as_run
    assert [(point.position / RATE, point.text, point.item) for point in as_run.points] == [
        (0.5, "Repère 1", None), (2, "À couper", "i0"), (3.5, "Repère 3", None)
    ]  # fmt: skip
