"""Holds and purges, as commands and by hand; what is left when one is killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bobine.air.recorder.clocks import boot, steady, wall
from bobine.air.recorder.link.alive import birth, is_recorder
from bobine.air.recorder.link.folder import RecorderFolder
from bobine.air.recorder.link.status import Publisher, State, Status
from bobine.errors import BobineError, SoundError, WorkspaceError
from bobine.evening.keeping import Stock, purge, recordings_words, stock, stocks
from bobine.evening.mastering import master_episode
from bobine.model.aired.as_run import FollowingFile
from bobine.model.aired.edits import Take, with_take
from bobine.model.published.keeping import Hold
from bobine.model.show import AudioFormat
from bobine.store.documents.episodes import read_episode
from bobine.store.records.edits import change_edits, edits_path, read_edits
from bobine.store.records.keeping import hold_path, lift_hold, purged_path, put_hold, read_hold, read_purged
from bobine.store.records.recordings import read_as_run, write_as_run
from tests.conftest import ROOT, Atelier
from tests.keeping.conftest import BEGAN, DAY, LATER, Studio

EARLY = datetime(2026, 12, 20, 12, tzinfo=UTC)


@contextmanager
def recorder_of(recording: Path) -> Iterator[None]:
    """A process that the system knows as the recorder of a folder, and that says so."""
    place = RecorderFolder(recording)
    place.make()
    words = [sys.executable, "-c", "import time; time.sleep(600)  # bobine.air.recorder", str(place.recording)]
    process = subprocess.Popen(words)
    try:
        while not is_recorder(process.pid, birth(process.pid), place.recording):
            time.sleep(0.01)
        status = Status(
            run="a", state=State.RECORDING, file="antenne.wav", rate=48000, channels=2, position=1, epoch=None,
            pace=48000, at=steady(), boot=boot(), utc=wall(), pid=process.pid, born=birth(process.pid),
        )  # fmt: skip
        Publisher(place.status).publish(status)
        yield
    finally:
        process.kill()
        process.wait()


def found(studio: Studio, now: datetime = LATER, *, even_unused: bool = True) -> Stock:
    return stock(studio.workspace, studio.show, DAY, now, even_unused=even_unused)


def purge_all(studio: Studio, now: datetime = LATER) -> Stock:
    return purge(studio.workspace, found(studio, now), now, even_unused=True)


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


def test_a_lost_recording_is_a_fault_while_it_must_be_kept(studio: Studio) -> None:
    studio.record().unlink()
    assert not recordings_words(studio.workspace, studio.show, EARLY)[0]
    ok, words = recordings_words(studio.workspace, studio.show, LATER)
    assert ok
    assert "a disparu : rattachez-le avec « bobine importer »." in words


def test_too_early_held_and_recording_are_refused(studio: Studio) -> None:
    path = studio.record()
    shown = found(studio)
    with pytest.raises(WorkspaceError) as error:
        purge(studio.workspace, shown, EARLY, even_unused=True)
    assert str(error.value) == (
        "bobine-romanaise/2026-11-26 est à garder : diffusée il y a moins de 31 jours. Purge possible à partir du "
        "lundi 28 décembre 2026."
    )
    with pytest.raises(WorkspaceError, match="rien n'en a été monté ni publié"):
        purge(studio.workspace, shown, LATER)
    put_hold(hold_path(studio.folder.path), Hold(by="Nadia", at=EARLY, reason="plainte"))
    with pytest.raises(WorkspaceError, match="à garder, demandé par Nadia le dimanche 20 décembre 2026 : plainte"):
        purge(studio.workspace, shown, LATER, even_unused=True)
    hold_path(studio.folder.path).write_text("by = ", "utf-8")
    with pytest.raises(WorkspaceError, match=r"hold\.toml est illisible"):
        purge(studio.workspace, shown, LATER, even_unused=True)
    lift_hold(hold_path(studio.folder.path))
    with (
        recorder_of(studio.folder.recording),
        pytest.raises(WorkspaceError, match="un enregistrement est en cours"),
    ):
        purge(studio.workspace, shown, LATER, even_unused=True)
    assert path.exists()
    assert read_purged(purged_path(studio.folder.recording)) is None
    purge_all(studio)
    assert not path.exists()


def test_the_days_to_keep_are_a_setting_that_cannot_be_shortened(studio: Studio) -> None:
    studio.record()
    studio.configure("keep_days = 31 #", "keep_days = 90 #")
    assert not found(studio).verdict.allowed
    studio.configure("keep_days = 90 #", "keep_days = 30 #")
    with pytest.raises(BobineError, match="keep_days : 30 est hors limites : de 31 à 3660 jours"):
        found(studio)


def test_an_election_window_of_the_show_is_asked_for(studio: Studio) -> None:
    studio.record()
    shows = studio.root / "shows.toml"
    window = '[[shows.bobine-romanaise.elections]]\nname = "Municipales"\nstart = 2027-01-01\nend = 2027-03-31\n\n'
    head = "[shows.bobine-romanaise.sound]"
    shows.write_text(shows.read_text("utf-8").replace(head, window + head), "utf-8")
    verdict = found(studio).verdict
    assert [one.words for one in verdict.refusals] == ["période électorale en cours (Municipales)"]
    assert f"{verdict.from_day}" == "2027-04-01"


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


def test_the_commands(studio: Studio) -> None:
    atelier = Atelier(studio.root)
    studio.record()
    day = str(DAY)
    held = atelier.json("garder", day, "--par", "Nadia", "--motif", "droit de réponse")
    assert held["new"]
    assert not atelier.json("garder", day, "--motif", "autre chose")["new"]
    assert "est déjà à garder, demandé par Nadia" in atelier.run("garder", day).stdout
    hold = read_hold(hold_path(studio.folder.path))
    assert hold is not None
    assert hold.reason == "droit de réponse"
    told = atelier.json("purger", day, "--oui", code=1)["episodes"][0]
    assert "hold" in [one["obstacle"] for one in told["refusals"]]
    assert "un motif" not in atelier.run("garder", day, "--motif", "un\nmotif", code=1).stderr
    assert atelier.json("garder", day, "--lever")["lifted"]
    assert "n'était pas à garder" in atelier.run("garder", day, "--lever").stdout
    assert not hold_path(studio.folder.path).exists()
    early = datetime.now(UTC).date() < DAY + timedelta(days=33)
    assert {one["obstacle"] for one in atelier.json("purger")["episodes"][0]["refusals"]} == {
        "unused", *(["too-early"] if early else [])
    }  # fmt: skip
    for wrong in ((day, "--tout-ce-qui-peut"), ("--oui",), ("--quand-meme",)):
        atelier.run("purger", *wrong, code=1)
    assert (studio.folder.recording / "antenne.wav").exists()


def test_a_purge_is_listed_then_confirmed(studio: Studio) -> None:
    """An old broadcast: the days are over whatever today is."""
    old = studio.root / "episodes" / "bobine-romanaise" / "2020-01-09"
    studio.record()
    studio.folder.path.rename(old)
    plan = old / "episode.toml"
    plan.write_text(plan.read_text("utf-8").replace("2026-11-26", "2020-01-09"), "utf-8")
    atelier = Atelier(studio.root)
    sound = old / "recording" / "antenne.wav"
    out = atelier.run("purger", "2020-01-09", code=1).stdout
    assert "rien n'en a été monté ni publié." in out
    assert not atelier.json("purger", "--tout-ce-qui-peut", "--oui")["episodes"][0]["purged"]
    out = atelier.run("purger", "2020-01-09", "--quand-meme").stdout
    assert "Peut être purgé." in out
    assert "Rien n'a été effacé. Pour purger\u00a0: ajoutez --oui." in out
    assert sound.exists()
    assert [one.folder.date.year for one in stocks(studio.workspace, LATER)] == [2020]
    assert "libérés" in atelier.run("purger", "2020-01-09", "--quand-meme", "--oui").stdout
    assert not sound.exists()
    assert (old / "recording" / "as_run.toml").exists()
    assert "Aucun enregistrement à purger" in atelier.run("purger").stdout
    assert (old / "recording" / "purged.toml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "gone"), [("purger", True), ("oui", False), ("", False)])
def test_a_terminal_asks_for_a_word(studio: Studio, typed: str, gone: bool) -> None:
    old = studio.root / "episodes" / "bobine-romanaise" / "2020-01-09"
    sound = old / studio.record().relative_to(studio.folder.path)
    studio.folder.path.rename(old)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bobine", "purger", "2020-01-09", "--quand-meme"]
    with subprocess.Popen(
        command,
        cwd=studio.root,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        os.close(theirs)
        os.write(ours, f"{typed}\n".encode())
        said = b""
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:
                break
    os.close(ours)
    assert process.returncode == 0
    assert "Écrivez «\u00a0purger\u00a0»".encode() in said
    assert sound.exists() != gone


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
