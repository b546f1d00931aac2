"""Holds and purges: what goes, what stays, and what is left when one is killed midway."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.errors import SoundError, WorkspaceError
from bobine.evening.keeping import recordings_words
from bobine.evening.mastering import master_episode
from bobine.model.aired.as_run import FollowingFile
from bobine.model.aired.edits import Take, with_take
from bobine.model.published.keeping import Hold
from bobine.model.show import AudioFormat
from bobine.store.documents.episodes import read_episode
from bobine.store.records.edits import change_edits, edits_path, read_edits
from bobine.store.records.keeping import hold_path, lift_hold, purged_path, put_hold, read_purged
from bobine.store.records.recordings import read_as_run, write_as_run
from tests.conftest import ROOT, Atelier
from tests.keeping.conftest import BEGAN, DAY, LATER, Studio
from tests.keeping.purges import EARLY, found, purge_all


def master(studio: Studio) -> None:
    episode = read_episode(studio.workspace, studio.show, DAY)
    master_episode(studio.show, episode, studio.folder, (AudioFormat.MP3,), lambda *_: None, threading.Event())


def test_the_recording_goes_and_nothing_else(studio: Studio) -> None:
    studio.air()
    path = studio.record()
    (studio.folder.master).mkdir()
    (studio.folder.master / "podcast.mp3").write_bytes(b"x")
    kept = [studio.folder.master / ".cache" / ("0" * 64), studio.folder.master / ".work" / "mp3-000.frames"]
    for one in kept:
        one.parent.mkdir()
        one.write_bytes(b"voices")
    before = {
        one: one.read_bytes() for one in studio.folder.path.rglob("*") if one.is_file() and one not in [path, *kept]
    }
    assert purge_all(studio).bytes == 2004
    assert not path.exists()
    assert not any(one.exists() for one in kept)
    for one, content in before.items():
        assert one.read_bytes() == content
    assert (studio.folder.path / "archive" / "conducteur-realise.csv").is_file()
    assert not found(studio).files
    with pytest.raises(SoundError) as error:
        master(studio)
    assert str(error.value) == (
        "L'enregistrement « antenne.wav » a été purgé le lundi 1er février 2027 : ce qui en a été monté et publié "
        "reste, rien de nouveau ne peut en être fait."
    )
    ok, words = recordings_words(studio.workspace, studio.show, EARLY)
    assert ok
    assert "0 enregistrement en place" in words
    assert "a été purgé le lundi 1er février 2027" in words


def test_takes_are_held_and_purged_with_the_recording_and_what_is_noted_of_them_stays(studio: Studio) -> None:
    studio.air()
    path = studio.record()
    take = path.with_name("recording-0123abcd.wav")
    take.write_bytes(bytes(500))
    noted = Take(item=studio.items[0].id, file=take.name, rate=100, channels=1, samples=200, sha256="1" * 64, start=0,
                 end=200)  # fmt: skip
    edits = edits_path(studio.folder.path)
    change_edits(edits, lambda found: with_take(found, noted))
    put_hold(hold_path(studio.folder.path), Hold(by="Nadia", at=BEGAN))
    with pytest.raises(WorkspaceError, match="Nadia"):
        purge_all(studio)
    lift_hold(hold_path(studio.folder.path))
    assert purge_all(studio).bytes == 2004 + 500
    assert not take.exists()
    assert read_edits(edits).takes == (noted,)
    path.write_bytes(b"RIFF")
    with pytest.raises(SoundError, match=f"« {take.name} » a été purgé"):
        master(studio)


def test_a_second_copy_goes_with_the_first_or_stays_and_is_told(studio: Studio, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    studio.configure('second = ""', f'second = "{stick}"')
    studio.record(second=stick)
    copy = stick / "bobine-romanaise" / DAY.isoformat() / "antenne.wav"
    away = stick.rename(tmp_path / "away")
    assert found(studio).unreachable == str(stick)
    out = Atelier(studio.root).run("purger", str(DAY), code=1).stdout
    assert f"la deuxième copie n'est pas accessible («\u00a0{stick}\u00a0»)\u00a0: elle reste." in out
    purge_all(studio)
    away.rename(stick)
    assert copy.exists()
    assert [one.path for one in found(studio).files] == [copy]
    purge_all(studio)
    assert not copy.exists()


def test_what_is_attached_later_is_not_called_purged(studio: Studio) -> None:
    studio.record()
    purge_all(studio)
    studio.record()
    assert recordings_words(studio.workspace, studio.show, LATER) == (True, "1 enregistrement en place")
    assert found(studio).files


@pytest.mark.slow
def test_a_purge_that_is_killed_leaves_what_can_be_read_and_finished(studio: Studio) -> None:
    for number in range(2, 40):
        studio.record().with_name(f"antenne-{number}.wav").write_bytes(b"x")
    program = (
        "import sys, pathlib, os, signal\n"
        "from tests.keeping.conftest import BEGAN, DAY, LATER\n"
        "from bobine.evening.keeping import purge, stock\n"
        "from bobine.store.workspace import open_workspace\n"
        "workspace = open_workspace(pathlib.Path(sys.argv[1]))\n"
        "gone = 0\n"
        "unlink = pathlib.Path.unlink\n"
        "def dying(self, *a, **k):\n"
        "    global gone\n"
        "    if self.suffix == '.wav':\n"
        "        gone += 1\n"
        "        if gone == int(sys.argv[2]): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return unlink(self, *a, **k)\n"
        "pathlib.Path.unlink = dying\n"
        "found = stock(workspace, workspace.shows[0], DAY, LATER, even_unused=True)\n"
        "purge(workspace, found, LATER, even_unused=True)\n"
    )
    left = []
    for at in (1, 5, 20):
        done = subprocess.run([sys.executable, "-c", program, str(studio.root), str(at)], cwd=ROOT)
        assert done.returncode == -signal.SIGKILL
        left.append(len(found(studio).files))
        purged = read_purged(purged_path(studio.folder.recording))
        assert purged is not None
        assert len(purged.files) == 39
        assert studio.folder.as_run.is_file()
        there = (studio.folder.recording / "antenne.wav").exists()
        assert ("a été purgé le" in recordings_words(studio.workspace, studio.show, LATER)[1]) != there
    assert left == [39, 35, 16]
    purge_all(studio)
    assert not found(studio).files
    with pytest.raises(SoundError, match="a été purgé le"):
        master(studio)


def test_all_that_was_ever_attached_is_held_then_purged(studio: Studio) -> None:
    """An import beside earlier ones, in several files: a hold keeps every one of them, a purge takes every one."""
    folder = studio.folder.recording
    studio.record()
    for name in ("recording-11111111.wav", "recording-22222222.wav", "recording-33333333.mp3"):
        (folder / name).write_bytes(bytes(2000))
    as_run = read_as_run(studio.folder.as_run)
    following = (FollowingFile(file="recording-22222222.wav", start=600, samples=400, sha256="2" * 64),)
    recording = replace(as_run.recording, file="recording-11111111.wav", first_samples=600, following=following)
    write_as_run(studio.folder.as_run, replace(as_run, recording=recording))
    put_hold(hold_path(studio.folder.path), Hold(reason="doute", by="Anouar", at=LATER))
    assert len(found(studio).main) == 4
    with pytest.raises(WorkspaceError):
        purge_all(studio)
    assert len(list(folder.glob("*.*"))) >= 5
    assert recordings_words(studio.workspace, studio.show, LATER)[0]
    (folder / "recording-22222222.wav").rename(folder / "elsewhere")
    ok, words = recordings_words(studio.workspace, studio.show, LATER)
    assert not ok
    assert "recording-22222222.wav" in words
    (folder / "elsewhere").rename(folder / "recording-22222222.wav")
    lift_hold(hold_path(studio.folder.path))
    purge_all(studio)
    assert {path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".toml"} <= {".gitkeep"}
    assert recordings_words(studio.workspace, studio.show, LATER)[0]
