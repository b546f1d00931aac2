"""Recordings of every sort, as they come: attached and used, and what was attached before stays."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from pathlib import Path
from typing import Any

import pytest

from bobine.air.importing.importer import import_recording
from bobine.model.aired.as_run import MarksSource
from bobine.store.records.recordings import as_run_path, read_as_run
from tests.air.recordings import EPISODE, TITLES, recording_folder, show_sound, tone

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return recording_folder(tmp_path)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return show_sound(tmp_path)


def test_a_recording_with_marks_is_attached(folder: Path, sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    marks = tmp_path / "marks.json"
    items = [{"title": title, "start": n * 48_000, "end": (n + 1) * 48_000} for n, title in enumerate(TITLES)]
    marks.write_text(json.dumps({"rate": 48_000, "items": items}), "utf-8")
    told: list[float] = []
    found = import_recording(EPISODE, folder, sound, marks, progress=told.append)
    assert found.notes == ()
    assert found.as_run.source is MarksSource.MARKS
    assert [(item.id, item.start, item.end) for item in found.as_run.items] == [
        ("i0", 0, 48_000),
        ("i1", 48_000, 96_000),
        ("i2", 96_000, 144_000),
    ]
    recording = found.as_run.recording
    assert (recording.rate, recording.channels, recording.samples) == (48_000, 2, 7 * 48_000)
    assert recording.origin == "show.wav"
    assert recording.file == f"recording-{recording.sha256[:8]}.wav"
    assert (folder / recording.file).read_bytes() == content == sound.read_bytes()
    assert read_as_run(as_run_path(folder)) == found.as_run
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_without_marks_the_planned_times_are_proposed(folder: Path, sound: Path) -> None:
    found = import_recording(EPISODE, folder, sound)
    assert found.as_run.source is MarksSource.PLANNED
    assert [item.end for item in found.as_run.items] == [96_000, 240_000, 288_000]
    assert "heures prévues" in found.notes[0]


def test_a_new_recording_is_used_and_the_earlier_one_stays(folder: Path, sound: Path, tmp_path: Path) -> None:
    first = import_recording(EPISODE, folder, tone(tmp_path / "a.flac", ar=8000)).as_run.recording
    found = import_recording(EPISODE, folder, sound)
    second = found.as_run.recording
    assert first.file.endswith(".flac")
    assert sorted(path.name for path in folder.iterdir()) == sorted(["as_run.toml", first.file, second.file])
    assert [one.file for one in found.others] == [first.file]
    assert read_as_run(as_run_path(folder)).recording == second


@pytest.mark.parametrize("name", ["again.wav", "other-name.WAV", "ailleurs/show.wav", "link.wav", "recording.wav"])
def test_the_same_bytes_again_add_nothing(folder: Path, sound: Path, tmp_path: Path, name: str) -> None:
    first = import_recording(EPISODE, folder, sound).as_run.recording
    copy = tmp_path / name
    copy.parent.mkdir(exist_ok=True)
    copy.symlink_to(sound) if name == "link.wav" else copy.write_bytes(sound.read_bytes())
    state = (folder / first.file).stat()
    again = import_recording(EPISODE, folder, copy)
    assert (again.as_run.recording.file, again.as_run.recording.sha256) == (first.file, first.sha256)
    assert again.others == ()
    assert {path.name for path in folder.iterdir()} == {"as_run.toml", first.file}
    after = (folder / first.file).stat()
    assert (after.st_ino, after.st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


def test_an_earlier_recording_is_used_again_by_importing_it(folder: Path, sound: Path, tmp_path: Path) -> None:
    first = import_recording(EPISODE, folder, tone(tmp_path / "a.flac", ar=8000)).as_run.recording
    second = import_recording(EPISODE, folder, sound).as_run.recording
    back = import_recording(EPISODE, folder, folder / first.file)
    assert back.as_run.recording.file == first.file
    assert [one.file for one in back.others] == [second.file]


def test_a_file_that_has_the_name_of_a_new_copy_stays(folder: Path, sound: Path) -> None:
    name = f"recording-{hashlib.sha256(sound.read_bytes()).hexdigest()[:8]}.wav"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"another sound")
    found = import_recording(EPISODE, folder, sound)
    assert (folder / name).read_bytes() == b"another sound"
    assert found.as_run.recording.file != name
    assert [(one.file, one.bytes) for one in found.others] == [(name, 13)]


def test_the_attached_recording_itself_can_be_imported_again(folder: Path, sound: Path, tmp_path: Path) -> None:
    recording = import_recording(EPISODE, folder, sound).as_run.recording
    attached = folder / recording.file
    labels = tmp_path / "labels.txt"
    labels.write_text("1.0\t1.0\tGénérique\n3\t3\tAccueil\n5\t5\tFin\n", "utf-8")
    again = import_recording(EPISODE, folder, attached, labels)
    assert again.as_run.source is MarksSource.MARKS
    assert (again.as_run.recording.sha256, again.as_run.recording.file) == (recording.sha256, recording.file)
    assert attached.is_file()
    link = tmp_path / "link.wav"
    link.symlink_to(attached)
    assert import_recording(EPISODE, folder, link).as_run.recording.file == recording.file
    assert attached.is_file()


@pytest.mark.parametrize(
    "name", ["-i.wav", "a'b;c.wav", "deux\nlignes.wav", "🎙️ émission.wav", "%03d.wav", "sans-suffixe", "x.W?V", " .wav"]
)
def test_file_names_are_only_names(folder: Path, sound: Path, tmp_path: Path, name: str) -> None:
    source = sound.rename(tmp_path / name)
    recording = import_recording(EPISODE, folder, source).as_run.recording
    assert (folder / recording.file).is_file()
    assert recording.file.removesuffix(".wav") == f"recording-{recording.sha256[:8]}"
    assert "\n" not in recording.origin
    assert source.is_file()


def test_a_relative_path_with_dots_is_followed(
    folder: Path, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    assert import_recording(EPISODE, folder, Path("../show.wav")).as_run.recording.origin == "show.wav"


def test_a_truncated_recording_is_taken_when_told_so(folder: Path, sound: Path) -> None:
    os.truncate(sound, int(sound.stat().st_size * 0.8))
    found = import_recording(EPISODE, folder, sound, accept_damage=True)
    assert "il manque 0'01 à la fin" in found.remarks[0].text
    assert found.as_run.items[-1].end <= found.as_run.recording.samples


@pytest.mark.parametrize(
    ("name", "output", "note"),
    [
        ("telephone.wav", {"ar": 8000, "ac": 1, "acodec": "pcm_u8"}, "8,0 kHz"),
        ("cinema.wav", {"ar": 48_000, "ac": 6}, "6 canaux"),
        ("studio.wav", {"ar": 192_000, "ac": 2, "acodec": "pcm_s24le"}, None),
        ("sature.wav", {"ac": 2, "af": "volume=60dB"}, "Le son sature souvent"),
        ("vbr.mp3", {"ac": 2, "q:a": 5, "write_xing": 0}, None),
        ("tout.aac", {"ac": 2}, None),
    ],
)
def test_odd_sounds_are_taken_and_said(
    folder: Path, tmp_path: Path, name: str, output: dict[str, Any], note: str | None
) -> None:
    remarks = import_recording(EPISODE, folder, tone(tmp_path / name, **output)).remarks
    assert any(note in told.text for told in remarks) if note else not remarks


@pytest.mark.slow
def test_six_hours_are_taken_and_said(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "nuit.wav"
    count = 6 * 3600 * 8000
    second = bytes(128 + (index % 40) for index in range(8000))
    with source.open("wb") as stream:
        head = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", count)
        stream.write(struct.pack("<4sI4s", b"RIFF", 4 + len(head) + count, b"WAVE") + head)
        for _ in range(count // 8000):
            stream.write(second)
    found = import_recording(EPISODE, folder, source)
    assert found.as_run.recording.samples == count
    assert any("L'enregistrement dure 6 h 00'00 pour 0'06 d'émission prévue" in one.text for one in found.remarks)


def test_a_killed_import_leaves_nothing_behind_for_long(folder: Path, sound: Path) -> None:
    folder.mkdir()
    (folder / "..incoming.0123456789ab.tmp.wav").write_bytes(b"half")
    (folder / "mon-fichier.txt").write_bytes(b"mine")
    recording = import_recording(EPISODE, folder, sound).as_run.recording
    assert {path.name for path in folder.iterdir()} == {"as_run.toml", recording.file, "mon-fichier.txt"}


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 7), (100, 7), (0x7FFFF000, 7), (0xFFFFFFFF, 7), (0x80000000, 7), (192_000 * 3, 7)]
)
def test_the_length_is_the_files_whatever_the_header_says(folder: Path, sound: Path, size: int, seconds: int) -> None:
    content = bytearray(sound.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", size)
    sound.write_bytes(content)
    found = import_recording(EPISODE, folder, sound)
    assert found.as_run.recording.samples == seconds * 48_000
    assert found.remarks == ()
    assert sound.read_bytes() == content


def test_remarks_have_a_kind(folder: Path, tmp_path: Path) -> None:
    found = import_recording(EPISODE, folder, tone(tmp_path / "cinema.wav", ar=48_000, ac=6))
    assert [remark.kind.value for remark in found.remarks] == ["channels"]
    assert "6 canaux" in found.remarks[0].text
