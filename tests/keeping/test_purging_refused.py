"""Purges that are refused, as the recording must be kept: too early, held, being recorded, in an election window."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bobine.air.recorder.clocks import boot, steady, wall
from bobine.air.recorder.link.alive import birth, is_recorder
from bobine.air.recorder.link.folder import RecorderFolder
from bobine.air.recorder.link.status import Publisher, State, Status
from bobine.errors import BobineError, WorkspaceError
from bobine.evening.keeping import purge, recordings_words
from bobine.model.published.keeping import Hold
from bobine.store.records.keeping import hold_path, lift_hold, purged_path, put_hold, read_purged
from tests.keeping.conftest import LATER, Studio
from tests.keeping.purges import EARLY, found, purge_all


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
