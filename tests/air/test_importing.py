"""Recordings of every sort, as they come: used, or refused by a sentence, and what was attached before stays."""

import functools
import hashlib
import json
import os
import struct
import tempfile
import threading
import wave
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ffmpeg as graph
import pytest

from bobine import ffmpeg
from bobine.air.importing.importer import Imported, import_recording
from bobine.errors import BobineError, DiskError, Interrupted, MarksError, SoundError
from bobine.model.aired.as_run import MarksSource
from bobine.model.episode import Episode, Item, ItemKind
from bobine.store.records.recordings import as_run_path, read_as_run

pytestmark = pytest.mark.integration

SECONDS = (2, 3, 1)
TITLES = ("Générique", "Accueil", "Fin")
EPISODE = Episode(
    show="demo",
    date=date(2026, 11, 26),
    season=1,
    number=1,
    title="Essai",
    items=tuple(
        Item(id=f"i{number}", title=title, kind=ItemKind.TALK, duration=timedelta(seconds=seconds))
        for number, (title, seconds) in enumerate(zip(TITLES, SECONDS, strict=True))
    ),
)


def tone(path: Path, seconds: float = 7, source: str = "sine=f=440", **output: Any) -> Path:
    path.write_bytes(_toned(path.suffix, seconds, source, tuple(output.items())))
    return path


@functools.cache
def _toned(suffix: str, seconds: float, source: str, output: tuple[tuple[str, Any], ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"tone{suffix}")
        made = ffmpeg.read_source(f"{source}:d={seconds}" if seconds else source)
        ffmpeg.run(graph.get_args(made.output(ffmpeg.local_file(path), **dict(output))))
        return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    episode = tmp_path / "episodes" / "demo" / "2026-11-26"
    episode.mkdir(parents=True)
    return episode / "recording"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return tone(tmp_path / "show.wav", ar=48_000, ac=2)


@pytest.fixture
def earlier(folder: Path, tmp_path: Path) -> Iterator[Imported]:
    """A recording that was attached before; whatever the test does, it must still be there, intact."""
    imported = import_recording(EPISODE, folder, tone(tmp_path / "earlier.wav", source="sine=f=300", ar=8000))
    yield imported
    assert read_as_run(as_run_path(folder)) == imported.as_run
    attached = folder / imported.as_run.recording.file
    assert hashlib.sha256(attached.read_bytes()).hexdigest() == imported.as_run.recording.sha256
    assert sorted(path.name for path in folder.iterdir()) == sorted(["as_run.toml", attached.name])


def refused(folder: Path, source: Path, marks: Path | None = None, error: type[BobineError] = SoundError) -> str:
    with pytest.raises(error) as caught:
        import_recording(EPISODE, folder, source, marks)
    return str(caught.value)


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


@pytest.mark.usefixtures("earlier")
class TestRefused:
    """Each is refused by a sentence; the earlier recording is checked by its fixture."""

    def test_truncated_wav(self, folder: Path, sound: Path) -> None:
        os.truncate(sound, sound.stat().st_size // 2)
        assert refused(folder, sound).startswith(
            "« show.wav » est tronqué : il annonce 0'07 et n'en contient que 0'03."
        )

    @pytest.mark.parametrize("suffix", ["flac", "mp3"])
    def test_truncated_compressed(self, folder: Path, tmp_path: Path, suffix: str) -> None:
        source = tone(tmp_path / f"show.{suffix}")
        os.truncate(source, source.stat().st_size // 2)
        assert "est tronqué" in refused(folder, source)

    def test_empty(self, folder: Path, tmp_path: Path) -> None:
        source = tmp_path / "vide.wav"
        source.touch()
        assert "est vide" in refused(folder, source)

    def test_header_alone(self, folder: Path, tmp_path: Path) -> None:
        with wave.open(str(tmp_path / "x.wav"), "wb") as stream:
            stream.setparams((1, 2, 8000, 0, "NONE", ""))
        assert "x.wav" in refused(folder, tmp_path / "x.wav")

    def test_text_renamed(self, folder: Path, tmp_path: Path) -> None:
        source = tmp_path / "notes.wav"
        source.write_text("18 h 00 : générique\n" * 100, "utf-8")
        assert "n'est pas un fichier son" in refused(folder, source)

    def test_playlist_of_other_files(self, folder: Path, sound: Path, tmp_path: Path) -> None:
        source = tmp_path / "list.wav"
        source.write_text(f"ffconcat version 1.0\nfile '{sound}'\n", "utf-8")
        assert "n'est pas un fichier son" in refused(folder, source)

    def test_silence(self, folder: Path, tmp_path: Path) -> None:
        source = tone(tmp_path / "muet.wav", 0, "anullsrc=r=8000", t=7)
        assert "silencieux d'un bout à l'autre" in refused(folder, source)

    def test_three_seconds_for_a_longer_show(self, folder: Path, tmp_path: Path) -> None:
        message = refused(folder, tone(tmp_path / "court.wav", 3), error=MarksError)
        assert "ne dure que 0'03 ; l'émission en prévoit 0'06" in message

    def test_missing_folder_and_pipe(self, folder: Path, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "tube")
        assert "n'existe pas" in refused(folder, tmp_path / "rien.wav")
        assert "est un dossier" in refused(folder, tmp_path)
        assert "fichier ordinaire" in refused(folder, tmp_path / "tube")

    @pytest.mark.parametrize(
        ("labels", "part"),
        [
            ("0\t2\tGénérique\n1\t3\tAccueil\n", "après le début du repère 2"),
            ("5\t6\tGénérique\n3\t1\tAccueil\n", "est avant son début"),
            ("0\t2\tGénérique\n3\t60\tAccueil\n", "après la fin de l'enregistrement"),
            ("0\t1\tMétéo\n1\t2\tBourse\n", "ne vont pas avec ce conducteur"),
            ("0\t1\tGénérique\n1\t2\tBourse\n2\t3\tAccueil\n", "« Bourse »"),
            ("", "est vide"),
        ],
    )
    def test_marks_that_do_not_fit(self, folder: Path, sound: Path, tmp_path: Path, labels: str, part: str) -> None:
        marks = tmp_path / "labels.txt"
        marks.write_text(labels, "utf-8")
        assert part in refused(folder, sound, marks, MarksError)

    def test_marks_that_cannot_be_read(self, folder: Path, sound: Path, tmp_path: Path) -> None:
        assert "ne peut pas être lu" in refused(folder, sound, tmp_path, MarksError)
        assert "ne peut pas être lu" in refused(folder, sound, tmp_path / "rien", MarksError)

    def test_no_room(self, folder: Path, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        usage = type("Usage", (), {"free": 1000})
        monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
        assert "libérez de la place" in refused(folder, sound, error=DiskError)

    def test_interrupted_while_copying(self, folder: Path, sound: Path) -> None:
        cancel = threading.Event()

        def stop(done: float) -> None:
            if done > 0.5:
                cancel.set()

        with pytest.raises(Interrupted):
            import_recording(EPISODE, folder, sound, progress=stop, cancel=cancel)

    def test_stopped_by_the_keyboard_while_copying(self, folder: Path, sound: Path) -> None:
        def stop(done: float) -> None:
            if done > 0.5:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_recording(EPISODE, folder, sound, progress=stop)

    def test_source_that_grows_meanwhile(self, folder: Path, sound: Path) -> None:
        def grow(done: float) -> None:
            if done == 0.5:
                with sound.open("ab") as stream:
                    stream.write(bytes(1000))

        with pytest.raises(SoundError, match="change encore"):
            import_recording(EPISODE, folder, sound, progress=grow)

    def test_note_that_cannot_be_written(self, folder: Path, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise DiskError("plein")

        monkeypatch.setattr("bobine.air.importing.importer.write_as_run", fail)
        refused(folder, sound, error=DiskError)


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


def test_what_is_odd_about_a_file_is_said_where_its_marks_are_refused(folder: Path, tmp_path: Path) -> None:
    whole = tone(tmp_path / "whole.mp3", audio_bitrate="64k").read_bytes()
    source = tmp_path / "torn.mp3"
    source.write_bytes(whole[:20_000] + bytes(range(250)) * 32 + whole[28_000:])
    marks = tmp_path / "labels.txt"
    marks.write_text("0\t2\tGénérique\n3\t60\tAccueil\n", "utf-8")
    told = refused(folder, source, marks, MarksError)
    assert "après la fin de l'enregistrement" in told
    assert "est abîmé à 0:02" in told


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
