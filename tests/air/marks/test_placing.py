"""Marks inside a sound file lay the rundown on it, or are left aside with a word; refused marks do not hide remarks."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.air.importing.placed import Placed
from bobine.air.importing.placing import place_by_marks, place_without_marks, preceded_by
from bobine.air.importing.several.sources import Source, one_after_the_other
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.model.aired.remarks import RemarkKind
from bobine.model.episode import Episode, Item, ItemKind
from bobine.sound.survey import survey
from bobine.store.records.recordings import as_run_path, write_as_run
from tests.air.marks.files import FMT, SOUND, WAVS, chunk, cue, encoded, labels, riff
from tests.inputs import made

pytestmark = pytest.mark.integration

TITLES = ("Générique", "Accueil, sommaire", "Live 1")


def episode(*titles: str) -> Episode:
    items = tuple(
        Item(id=f"i{number}", title=title, kind=ItemKind.TALK, duration=timedelta(seconds=2))
        for number, title in enumerate(titles)
    )
    return Episode(show="demo", date=date(2026, 11, 26), season=1, number=1, title="Essai", items=items)


def placed(source: Path, folder: Path, *titles: str) -> Placed:
    whole = one_after_the_other([Source(source, source.stat(), survey(source))])
    return place_without_marks(episode(*(titles or TITLES)), whole, folder, lambda _share: None, threading.Event())


def bounds(found: Placed) -> list[tuple[str, int, int]]:
    return [(item.id, item.start, item.end) for item in found.matching.items]


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.mkv", "a.opus", "a.mp4"])
def test_chapters_of_the_file_lay_the_rundown(name: str, tmp_path: Path) -> None:
    found = placed(encoded(tmp_path / name), tmp_path / "recording")
    assert found.source is MarksSource.MARKS
    (first, second) = bounds(found)
    assert first == ("i0", 0, 112_560)
    assert second[:2] == ("i1", 112_560)
    assert [remark.kind for remark in found.remarks] == [RemarkKind.MARKS]
    assert "(2)" in found.remarks[0].text


@pytest.mark.parametrize("name", ["cue and labels behind the sound", "regions", "RF64", "iXML", "order of play alone"])
def test_marks_of_a_wav_lay_the_rundown(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(WAVS[name])
    found = placed(path, tmp_path / "recording")
    assert bounds(found) == [("i0", 0, 16_000), ("i1", 16_000, 48_000)]


@pytest.mark.parametrize(
    "content",
    [
        riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000), labels(b"Bourse", "Météo".encode())),
        riff(chunk(b"fmt ", FMT), SOUND, cue(0, 2**31), labels("Générique".encode(), b"Accueil")),
        riff(chunk(b"fmt ", FMT), SOUND, cue(*range(0, 11_000, 10)), labels("Générique".encode())),
        riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000, 20_000, 30_000)),
        riff(
            chunk(b"fmt ", FMT), SOUND, cue(0, 10, 20), labels("Générique".encode(), lengths=(40_000, 40_000, 40_000))
        ),
    ],
)
def test_marks_that_do_not_fit_are_left_aside_with_a_word(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    found = placed(path, tmp_path / "recording")
    assert found.source is MarksSource.PLANNED
    assert len(found.matching.items) == 3
    (remark,) = found.remarks
    assert remark.kind is RemarkKind.MARKS
    assert remark.text.startswith("Les repères que contient ce fichier sont laissés de côté. ")


def test_bare_cue_points_count_in_order_where_nothing_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000, 30_000)))
    assert bounds(placed(path, tmp_path / "recording")) == [
        ("i0", 0, 16_000),
        ("i1", 16_000, 30_000),
        ("i2", 30_000, 48_000),
    ]


def test_bare_cue_points_do_not_come_before_what_was_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "recording"
    folder.mkdir()
    own = folder / "antenne.wav"
    ffmpeg.run([*made("anoisesrc=d=6:r=8000"), ffmpeg.local_file(own)])
    recording = Recording(file=own.name, rate=8000, channels=1, samples=48_000, sha256="0" * 64)
    items = (AiredItem(id="i0", start=0, end=8000),)
    points = (NamedPoint(position=4000, text="Repère 1", item="i0"), NamedPoint(position=9000, text="x", item="gone"))
    write_as_run(as_run_path(folder), AsRun(recording=recording, source=MarksSource.MARKS, items=items, points=points))
    path = tmp_path / "a.wav"
    path.write_bytes(riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000, 30_000)))
    with pytest.raises(MarksError, match="ne s'accorde pas"):
        placed(path, folder)
    path.write_bytes(WAVS["regions"])
    assert bounds(placed(path, folder)) == [("i0", 0, 16_000), ("i1", 16_000, 48_000)]
    again = placed(own, folder)
    assert bounds(again) == [("i0", 0, 8000)]
    assert again.points == (points[0], NamedPoint(position=9000, text="x"))


@pytest.mark.parametrize("marks", ["", "0\t1\tBourse\n", "0\t70\tGénérique\n", "bonjour", "0\tx\ta\n"])
def test_refused_marks_do_not_hide_what_is_said_of_the_sound(marks: str, tmp_path: Path) -> None:
    path, text = tmp_path / "a.wav", tmp_path / "r.txt"
    path.write_bytes(riff(chunk(b"fmt ", FMT), SOUND))
    text.write_text(marks, "utf-8")
    with pytest.raises(MarksError) as caught, preceded_by(("Le son est abîmé à 0:03.", "Il est en mono.")):
        place_by_marks(episode(*TITLES), survey(path), text)
    assert str(caught.value).startswith("Le son est abîmé à 0:03.\nIl est en mono.\n")
    with pytest.raises(MarksError) as alone, preceded_by(()):
        place_by_marks(episode(*TITLES), survey(path), text)
    assert str(caught.value).endswith(str(alone.value))
