"""Recordings that are refused by a sentence: what was attached before stays as it was."""

from __future__ import annotations

import hashlib
import os
import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from bobine.air.importing.importer import Imported, import_recording
from bobine.errors import BobineError, DiskError, Interrupted, MarksError, SoundError
from bobine.store.records.recordings import as_run_path, read_as_run
from tests.air.recordings import EPISODE, recording_folder, show_sound, tone

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return recording_folder(tmp_path)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return show_sound(tmp_path)


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


def test_what_is_odd_about_a_file_is_said_where_its_marks_are_refused(folder: Path, tmp_path: Path) -> None:
    whole = tone(tmp_path / "whole.mp3", audio_bitrate="64k").read_bytes()
    source = tmp_path / "torn.mp3"
    source.write_bytes(whole[:20_000] + bytes(range(250)) * 32 + whole[28_000:])
    marks = tmp_path / "labels.txt"
    marks.write_text("0\t2\tGénérique\n3\t60\tAccueil\n", "utf-8")
    told = refused(folder, source, marks, MarksError)
    assert "après la fin de l'enregistrement" in told
    assert "est abîmé à 0:02" in told
