"""A show with two cuts and a better take, by commands, to the feed and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bobine import ffmpeg
from tests.conftest import Atelier, Evening
from tests.inputs import read

pytestmark = pytest.mark.slow

DAY = "2026-11-19"


def kept(mastered: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {one["id"]: (one["start_s"], one["end_s"]) for one in mastered["items"] if one["kept"]}


def test_cuts_and_a_take_go_online_and_come_back(evening: Evening, tmp_path: Path) -> None:
    atelier: Atelier = evening.atelier.copy(tmp_path)
    master = atelier.episode / "master"
    before = (master / "podcast.mp3").read_bytes()
    recorded = {path: path.read_bytes() for path in (atelier.episode / "recording").glob("recording*")}
    atelier.run("publier", DAY)
    spoken = [one["id"] for one in evening.mastered["items"] if one["kept"]]
    first, second, third = spoken[1], spoken[2], spoken[4]
    take = tmp_path / "meilleure prise.flac"
    start, end = kept(evening.mastered)[third]
    ffmpeg.run(
        [*read(master / "podcast.mp3"), "-ss", str(start), "-t", str(end - start - 2.5), ffmpeg.local_file(take)]
    )

    atelier.run("couper", DAY, first, "1.2", "2.45")
    atelier.run("couper", DAY, second, "0:00.5", "0:01,1")
    atelier.run("importer", DAY, str(take), "--element", third)
    said = atelier.run("publier", DAY, code=1).stderr
    assert "depuis le montage" in said

    edited = atelier.json("monter", DAY)
    assert (atelier.episode / "recording").exists()
    assert all(path.read_bytes() == content for path, content in recorded.items())
    old, new = kept(evening.mastered), kept(edited)
    lengths = {one: (new[one][1] - new[one][0]) - (old[one][1] - old[one][0]) for one in old}
    expected = {first: -1.25, second: -0.6, third: -2.5}
    for one, change in lengths.items():
        assert change == pytest.approx(expected.get(one, 0.0), abs=0.13), one
    assert sum(lengths.values()) == pytest.approx(-4.35, abs=0.3)
    chapters = json.loads((master / "chapters.json").read_text("utf-8"))["chapters"]
    starts = {new[one][0] for one in new}
    # a list of whole seconds rounds
    assert all(min(abs(chapter["startTime"] - start) for start in starts) <= 0.1 for chapter in chapters)
    items = {one["id"]: one for one in edited["items"]}
    assert (items[first]["cuts"], items[first]["cut_s"]) == (1, 1.25)
    assert items[third]["take"] == "meilleure prise.flac"
    assert "coupé de 1,2 s" in " ".join(atelier.run("monter", DAY).stdout.split()).replace("\u00a0", " ")
    atelier.run("publier", DAY)

    atelier.run("couper", DAY, first, "--rendre", "1")
    atelier.run("couper", DAY, second, "--rendre")
    atelier.run("importer", DAY, "--element", third, "--retirer")
    again = atelier.json("monter", DAY)
    assert kept(again) == old
    assert (master / "podcast.mp3").read_bytes() == before
