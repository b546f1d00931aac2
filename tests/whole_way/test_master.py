"""The master, measured."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Evening
from tests.whole_way.measures import measured

pytestmark = pytest.mark.slow

FORMATS = ("mp3", "opus")
SPOKEN = frozenset({"talk", "chronique", "serial", "interview", "report", "vox-pop", "game"})


@pytest.mark.parametrize("audio_format", FORMATS)
def test_the_decoded_file_meets_the_targets(evening: Evening, audio_format: str) -> None:
    said = evening.mastered[audio_format]
    found = measured(Path(said["path"]))
    assert found.lufs == pytest.approx(-16.0, abs=0.3)
    assert found.dbtp <= -1.0
    assert said["integrated_lufs"] == pytest.approx(found.lufs, abs=0.1)
    assert said["true_peak_dbtp"] == pytest.approx(found.dbtp, abs=0.1)
    assert said["lra_lu"] == pytest.approx(found.lra, abs=0.5)
    assert said["bytes"] == Path(said["path"]).stat().st_size


@pytest.mark.parametrize("audio_format", FORMATS)
def test_spoken_items_are_equally_loud(evening: Evening, audio_format: str) -> None:
    kinds = {mark["n"]: mark["kind"] for mark in evening.marks["items"]}
    assert len(kinds) == len(evening.mastered["items"])
    path = Path(evening.mastered[audio_format]["path"])
    levels = [
        measured(path, item["start_s"], item["end_s"]).lufs
        for n, item in enumerate(evening.mastered["items"], 1)
        if kinds[n] in SPOKEN and item["kept"]
    ]
    assert len(levels) >= 8
    assert max(levels) - min(levels) <= 1.5


def test_what_was_recorded_was_not_equally_loud(evening: Evening) -> None:
    before = [item["lufs_before"] for item in evening.mastered["items"] if item["kept"]]
    assert max(before) - min(before) > 15


def test_the_item_without_podcast_rights_is_cut_and_all_else_is_there(evening: Evening) -> None:
    items = evening.mastered["items"]
    assert [item["title"] for item in items if not item["kept"]] == ["Live 2"]
    marks = dict(enumerate(evening.marks["items"]))
    position = 0.0
    for n, item in enumerate(items):
        if not item["kept"]:
            assert item["start_s"] is None
            continue
        length = (marks[n]["end"] - marks[n]["start"]) / evening.marks["rate"]
        assert item["start_s"] == pytest.approx(position, abs=0.001)
        assert item["end_s"] - item["start_s"] == pytest.approx(length, abs=0.13)
        position = item["end_s"]
    for audio_format in FORMATS:
        assert evening.mastered[audio_format]["duration_s"] == pytest.approx(position, abs=0.001)


def test_the_mp3_is_cbr_without_a_xing_header_and_as_long_as_it_says(evening: Evening) -> None:
    said = evening.mastered["mp3"]
    data = Path(said["path"]).read_bytes()
    assert b"Xing" not in data[:300_000]
    assert b"Info\x00" not in data[:300_000]
    sound = data[-(round(said["duration_s"] * 16_000) // 384 * 384) :]
    assert {sound[at : at + 2] for at in range(0, len(sound) - 384, 384)} == {b"\xff\xfb"}


def test_an_opus_file_lasts_exactly_as_long_as_the_podcast(evening: Evening) -> None:
    import mutagen.oggopus

    said = evening.mastered["opus"]
    info: Any = mutagen.oggopus.OggOpus(said["path"]).info
    assert info.length == pytest.approx(said["duration_s"], abs=0.001)


def test_chapters_agree_across_files_and_with_the_marks(evening: Evening) -> None:
    folder = Path(evening.mastered["mp3"]["path"]).parent
    chapters = json.loads((folder / "chapters.json").read_text(encoding="utf-8"))["chapters"]
    expected = [(chapter["startTime"], chapter["title"]) for chapter in chapters]
    for kind in ("mp3", "opus"):
        found = _ffprobe_chapters(Path(evening.mastered[kind]["path"]))
        assert [(round(start, 3), title) for start, title in found] == expected
    starts = {item["title"]: item["start_s"] for item in evening.mastered["items"] if item["kept"]}
    marks = {mark["title"]: mark for mark in evening.marks["items"]}
    first, rate = evening.marks["items"][0]["start"], evening.marks["rate"]
    cut = next(mark for mark in evening.marks["items"] if mark["title"] == "Live 2")
    for start, title in expected:
        assert abs(start - starts[title]) <= 0.001
        shift = (cut["end"] - cut["start"]) if marks[title]["start"] > cut["start"] else 0
        assert abs(start - (marks[title]["start"] - first - shift) / rate) <= 1.0
    assert "Virgule" not in [title for _, title in expected]


def _ffprobe_chapters(path: Path) -> list[tuple[float, str]]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return [(float(chapter["start_time"]), chapter["tags"]["title"]) for chapter in found]


def test_dead_air_is_reported_where_it_is(evening: Evening) -> None:
    manifest = (evening.atelier.episode / "master" / "manifest.toml").read_text(encoding="utf-8")
    portrait = next(mark for mark in evening.marks["items"] if mark["title"] == "Portrait")
    middle = (portrait["start"] + portrait["end"]) / 2 / evening.marks["rate"]
    import tomllib

    holes = tomllib.loads(manifest)["dead_air"]
    (hole,) = [hole for hole in holes if hole["item"] == "portrait" and abs(hole["recording_s"] - middle) < 10]
    assert hole["recording_s"] <= middle - 2.8
    assert hole["recording_s"] + hole["duration_s"] >= middle + 2.8
    assert hole["duration_s"] < 10


def test_mastering_again_gives_the_same_bytes(evening: Evening, tmp_path: Path) -> None:
    atelier = evening.atelier.copy(tmp_path)
    before = {path.name: path.read_bytes() for path in (atelier.episode / "master").iterdir() if path.is_file()}
    shutil.rmtree(atelier.episode / "master" / ".cache")
    segments = atelier.json("monter", "2026-11-19")["segments"]
    assert segments["reused"] == 0
    after = {path.name: path.read_bytes() for path in (atelier.episode / "master").iterdir() if path.is_file()}
    assert after == before
    assert "Rien n\u2019a changé" in atelier.run("monter", "2026-11-19").stdout.replace("'", "\u2019")
    with (atelier.episode / "master" / "podcast.mp3").open("ab") as file:
        file.write(b"damage")
    assert atelier.json("monter", "2026-11-19")["segments"] == {"reused": segments["encoded"], "encoded": 0}
    after = {path.name: path.read_bytes() for path in (atelier.episode / "master").iterdir() if path.is_file()}
    assert after == before
