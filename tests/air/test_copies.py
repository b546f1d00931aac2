"""Copies that are made while a file is still being judged: taken where they are of its state, gone elsewhere."""

import hashlib
from pathlib import Path

import pytest

from bobine.air.importing.copies import CopiesAhead, copies_ahead
from bobine.air.importing.copying import copy_recording, sweep_incoming

CONTENT = bytes(range(256)) * 9000


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "show.wav"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recording"


def waited(ahead: CopiesAhead) -> CopiesAhead:
    ahead.wait(lambda _share: None, None)
    return ahead


def test_a_copy_that_is_taken_gets_the_name_of_its_content(sound: Path, folder: Path) -> None:
    with copies_ahead([sound], folder) as ahead:
        made = waited(ahead).take(sound, sound.stat())
        copy, digest, new = copy_recording(sound, sound.stat(), folder, lambda _share: None, None, made)
    assert new
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert copy.read_bytes() == CONTENT
    assert [path.name for path in folder.iterdir()] == [f"recording-{digest[:8]}.wav"]


def test_nothing_is_left_of_what_nobody_took(sound: Path, folder: Path) -> None:
    with copies_ahead([sound], folder) as ahead:
        assert waited(ahead).take(sound, sound.stat()) is not None
        sweep_incoming(folder)  # of this process: no leftover
        assert len(list(folder.iterdir())) == 1
    assert not folder.exists()


def test_nothing_is_left_of_one_that_was_stopped(sound: Path, folder: Path) -> None:
    folder.mkdir()
    with copies_ahead([sound], folder):
        pass
    assert list(folder.iterdir()) == []


def test_a_copy_of_another_state_is_not_taken(sound: Path, folder: Path) -> None:
    with copies_ahead([sound], folder) as ahead:
        waited(ahead)
        sound.write_bytes(CONTENT + b"more")
        assert ahead.take(sound, sound.stat()) is None


def test_a_copy_that_another_import_swept_is_made_again(sound: Path, folder: Path) -> None:
    with copies_ahead([sound], folder) as ahead:
        made = waited(ahead).take(sound, sound.stat())
        assert made is not None
        made.path.unlink()
        copy, _, new = copy_recording(sound, sound.stat(), folder, lambda _share: None, None, made)
    assert new
    assert copy.read_bytes() == CONTENT


def test_a_file_that_cannot_be_read_is_left_to_the_usual_copy(tmp_path: Path, folder: Path) -> None:
    missing = tmp_path / "missing.wav"
    with copies_ahead([missing, tmp_path, Path("odd\0name")], folder) as ahead:
        waited(ahead)
    assert not folder.exists()


def test_a_file_that_is_there_already_is_not_copied(sound: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "recording-1.wav").write_bytes(CONTENT)
    with copies_ahead([sound], folder) as ahead:
        assert waited(ahead).take(sound, sound.stat()) is None
    assert [path.name for path in folder.iterdir()] == ["recording-1.wav"]
