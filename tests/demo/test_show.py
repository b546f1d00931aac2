"""The show made from nothing, measured by ffmpeg and not by what made it."""

import hashlib
import json
import re
import threading
import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

import ffmpeg as graph
import pytest

from bobine import ffmpeg
from bobine.demo.real_sounds import SoundFolder
from bobine.demo.rundown import RUNDOWN
from bobine.demo.show import AFTER_S, BEFORE_S, ShowFiles, make_show
from bobine.errors import Interrupted, SoundError
from bobine.model.episode import ItemKind
from tests.demo.shows import made_show

RATE = 48_000
MINUTES, SEED = 2, 7
Filter = tuple[str, dict[str, object]]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> ShowFiles:
    return made_show(tmp_path_factory, MINUTES, SEED)


def items(show: ShowFiles) -> list[dict[str, Any]]:
    content = json.loads(show.marks.read_text("utf-8"))
    assert content["rate"] == RATE
    return list(content["items"])


def measured(path: Path, start: int, end: int, *filters: Filter) -> str:
    stream = ffmpeg.read_file(path).filter("atrim", start_sample=start, end_sample=end)
    for name, options in filters:
        stream = stream.filter(name, **options)
    arguments = ["-nostats", *graph.get_args(stream.output("pipe:1", f="null"))]
    return ffmpeg.run(arguments, level="info").log


def loudness(path: Path, start: int, end: int) -> float:
    found = re.findall(
        r"^    I:\s+(-?[\d.]+) LUFS", measured(path, start, end, ("ebur128", {"framelog": "verbose"})), re.MULTILINE
    )
    return float(found[-1])


def volume(path: Path, start: int, end: int, what: str, *filters: Filter) -> float:
    found = re.findall(rf"{what}: (-?[\d.]+) dB", measured(path, start, end, *filters, ("volumedetect", {})))
    return float(found[-1])


@pytest.mark.slow
def test_the_recording_is_as_long_as_its_marks_say(show: ShowFiles) -> None:
    marks = items(show)
    with wave.open(str(show.recording), "rb") as stream:
        assert (stream.getframerate(), stream.getnchannels(), stream.getsampwidth()) == (RATE, 2, 2)
        assert stream.getnframes() == marks[-1]["end"] + AFTER_S * RATE
    assert marks[0]["start"] == BEFORE_S * RATE
    assert all(one["end"] == other["start"] for one, other in pairwise(marks))
    assert [mark["title"] for mark in marks] == [item.title for item in RUNDOWN]
    assert [mark["n"] for mark in marks] == list(range(1, 19))
    for mark in marks:
        assert 0.94 < (mark["end"] - mark["start"]) / RATE / mark["planned_s"] < 1.07


@pytest.mark.slow
def test_each_item_is_as_loud_as_its_mark_says(show: ShowFiles) -> None:
    for mark in items(show):
        found = loudness(show.recording, mark["start"], mark["end"])
        if mark["title"] == "Remerciements":
            assert found > mark["recorded_lufs"] + 5
        elif mark["kind"] == ItemKind.GAME:
            assert mark["recorded_lufs"] - 4 < found < mark["recorded_lufs"]
        else:
            assert found == pytest.approx(mark["recorded_lufs"], abs=0.7), mark["title"]


@pytest.mark.slow
def test_it_has_the_faults_of_a_real_recording(show: ShowFiles) -> None:
    marks = {mark["title"]: mark for mark in items(show)}
    for start, end in ((0, BEFORE_S * RATE), (items(show)[-1]["end"], items(show)[-1]["end"] + AFTER_S * RATE)):
        assert volume(show.recording, start, end, "mean_volume") == pytest.approx(-62, abs=1)
    portrait = marks["Portrait"]
    middle = (portrait["start"] + portrait["end"]) // 2
    assert volume(show.recording, middle - int(2.9 * RATE), middle + int(2.9 * RATE), "max_volume") < -45
    assert volume(show.recording, middle + int(3.2 * RATE), portrait["end"], "max_volume") > -30
    game = marks["Jeu (au téléphone)"]
    treble: Filter = ("highpass", {"f": 6000})
    full = volume(show.recording, game["start"], game["end"], "mean_volume")
    assert volume(show.recording, game["start"], game["end"], "mean_volume", treble) < full - 25
    thanks = marks["Remerciements"]
    crest = volume(show.recording, thanks["start"], thanks["end"], "max_volume") - volume(
        show.recording, thanks["start"], thanks["end"], "mean_volume"
    )
    assert crest < 9


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(show: ShowFiles, tmp_path: Path) -> None:
    again = make_show(tmp_path, MINUTES, SEED)
    for one, other in ((show.recording, again.recording), (show.marks, again.marks)):
        assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()


def tone(path: Path, frequency: int, seconds: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = ffmpeg.read_source(f"sine=f={frequency}:d={seconds}").output(ffmpeg.local_file(path))
    ffmpeg.run(graph.get_args(made))


def test_real_sounds_are_found_by_kind_and_used_in_turn(tmp_path: Path) -> None:
    tone(tmp_path / "voix" / "a'b; c.wav", 300, 1)
    tone(tmp_path / "-i.wav", 300, 1)
    tone(tmp_path / "Musique du studio" / "x.flac", 900, 1)
    (tmp_path / "voix" / "texte.txt").write_text("non", "utf-8")
    folder = SoundFolder(tmp_path, "1")
    assert folder.has(music=True)
    assert folder.has(music=False)
    take = folder.play(3.5, music=False)
    assert len(take.pcm) == 4 * int(3.5 * RATE)
    assert 0 < take.pcm.count(bytes(4)) < 4000


def test_a_single_kind_is_said_to_be_alone(tmp_path: Path) -> None:
    tone(tmp_path / "music" / "x.wav", 900, 1)
    folder = SoundFolder(tmp_path, "1")
    assert folder.has(music=True)
    assert not folder.has(music=False)


def test_sounds_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="n'est pas un dossier"):
        make_show(tmp_path / "out", 1, sounds=tmp_path / "rien")
    with pytest.raises(SoundError, match="aucun fichier son"):
        make_show(tmp_path / "out", 1, sounds=tmp_path)
    (tmp_path / "faux.mp3").write_text("bonjour", "utf-8")
    with pytest.raises(SoundError, match=r"« faux\.mp3 » n'est pas un fichier son"):
        SoundFolder(tmp_path, "1").play(1, music=False)
    with pytest.raises(SoundError, match="entre 1 et 180 minutes"):
        make_show(tmp_path / "out", 0.01)
    assert not (tmp_path / "out" / "recording.wav").exists()


@pytest.mark.slow
def test_a_show_of_real_music_has_synthesised_speech(tmp_path: Path) -> None:
    tone(tmp_path / "sons" / "music" / "x.wav", 900, 5)
    files = make_show(tmp_path / "out", 1, 1, tmp_path / "sons")
    for mark in items(files)[:2]:
        assert loudness(files.recording, mark["start"], mark["end"]) == pytest.approx(mark["recorded_lufs"], abs=1)


def test_stopping_leaves_no_recording(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Interrupted):
        make_show(tmp_path, 1, cancel=cancel)
    assert list(tmp_path.iterdir()) == []
