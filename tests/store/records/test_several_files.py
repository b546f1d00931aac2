"""``as_run.toml`` of a recording in several files: what is written is read, what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.model.aired.as_run import AiredItem, AsRun, FollowingFile, MarksSource, Recording
from bobine.store.records.recordings import MOST_FILES, as_run_path, read_as_run, write_as_run

FOLLOWING = (
    FollowingFile(file="b.wav", start=1000, samples=500, sha256="bb", origin="ZOOM2.wav"),
    FollowingFile(file="c.wav", start=1400, samples=600, sha256="cc"),
)
RECORDING = Recording(
    file="a.wav", rate=100, channels=2, samples=2000, sha256="aa", first_samples=900, following=FOLLOWING
)
AS_RUN = AsRun(recording=RECORDING, source=MarksSource.MARKS, items=(AiredItem(id="un", start=0, end=1999),))


def test_several_files_are_written_and_read(tmp_path: Path) -> None:
    path = as_run_path(tmp_path)
    write_as_run(path, AS_RUN)
    assert read_as_run(path) == AS_RUN
    assert path.read_text("utf-8").count("[[recording.following]]") == 2
    assert [(part.file, part.start, part.end) for part in RECORDING.parts] == [
        ("a.wav", 0, 900), ("b.wav", 1000, 1500), ("c.wav", 1400, 2000)
    ]  # fmt: skip


def test_one_file_is_written_as_ever(tmp_path: Path) -> None:
    path = as_run_path(tmp_path)
    alone = replace(AS_RUN, recording=replace(RECORDING, following=(), first_samples=0))
    write_as_run(path, alone)
    text = path.read_text("utf-8")
    assert "following" not in text
    assert "first_samples" not in text
    assert read_as_run(path) == alone


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('file = "b.wav"', 'file = "../b.wav"', "file"),
        ('file = "b.wav"', 'file = "/etc/passwd"', "file"),
        ('file = "b.wav"', 'file = ".."', "file"),
        ("start = 1000", "start = 0", "start"),
        ("start = 1000", "start = -5", "start"),
        ("start = 1000", "start = 1400", "following"),
        ("samples = 600", "samples = 0", "samples"),
        ("samples = 600", "samples = 599", "following"),
        ("first_samples = 900", "first_samples = 0", "first_samples"),
        ("first_samples = 900", "first_samples = 2001", "first_samples"),
        ("first_samples = 900", "", "first_samples"),
        ('sha256 = "bb"', "", "sha256"),
        ('sha256 = "bb"', 'sha256 = "bb"\nvolume = 3', "volume"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = as_run_path(tmp_path)
    write_as_run(path, AS_RUN)
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PlanError) as caught:
        read_as_run(path)
    assert any(fault.key.endswith(key) for fault in caught.value.faults)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    path = as_run_path(tmp_path)
    many = tuple(FollowingFile(file="b.wav", start=n, samples=1, sha256="b") for n in range(1, MOST_FILES + 1))
    recording = replace(RECORDING, first_samples=1, following=many, samples=MOST_FILES + 1)
    write_as_run(path, replace(AS_RUN, recording=recording, items=()))
    with pytest.raises(PlanError, match="au plus"):
        read_as_run(path)
