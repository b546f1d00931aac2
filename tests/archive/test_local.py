"""An archive mastered by this computer's processes: what is told, what is done again, always to the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bobine.evening.archive.episodes import archive_of
from bobine.evening.archive.local import LocalWorkers
from bobine.evening.archive.orders import Fate, Order, Outcome
from bobine.evening.archive.presence import one_run
from bobine.evening.archive.rounds import remaster_all
from bobine.store.workspace import open_workspace
from tests.archive.archives import folders, in_work, masters, seen_in_work
from tests.archive.conftest import GOOD
from tests.conftest import Atelier

pytestmark = pytest.mark.slow


def test_each_episode_is_told_and_one_that_fails_stops_no_other(mastered: Atelier, said: dict[str, Any]) -> None:
    names = [f"bobine-romanaise/{folder.name}" for folder in folders(mastered)]
    assert [(one["episode"], one["outcome"]) for one in said["episodes"]] == [
        *((name, "encoded") for name in names[:GOOD]),
        (names[GOOD], "error"),
    ]
    assert said["episodes"][0]["segments"] == {"reused": 0, "encoded": 2}
    assert said["episodes"][GOOD]["error"] == (
        "L'enregistrement « antenne.wav » a disparu : rattachez-le avec « bobine importer »."
    )
    assert (said["purged"], said["unrecorded"]) == ([names[GOOD + 1]], [names[GOOD + 2]])
    assert len({name.split("/")[2] for name in masters(mastered)}) == GOOD
    assert not list(mastered.root.glob(".monter-tout.*.tmp"))


def test_what_is_up_to_date_stays_and_the_failure_is_told_again(mastered: Atelier) -> None:
    before = {path: path.stat().st_mtime_ns for path in mastered.root.rglob("master/podcast.mp3")}
    out = mastered.run("monter", "--tout", code=1).stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert "3 émissions\u00a0: 0 montée, 2 déjà à jour, 1 en échec." in out
    assert "Enregistrement purgé, montage d'avant gardé\u00a0: 1." in out
    assert out.count("« antenne.wav » a disparu".replace("« ", "«\u00a0").replace(" »", "\u00a0»")) == 2


def test_interrupted_then_with_a_worker_killed_it_ends_in_the_same_bytes(
    fresh: Callable[[], Atelier], mastered: Atelier
) -> None:
    atelier = fresh()
    run = atelier.start("monter", "--tout", "--coeurs", "2")
    assert seen_in_work(atelier, 1, lambda: run.poll() is not None)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    assert run.returncode == 1
    assert err.startswith("Interrompu\u00a0: ")
    assert (out, "Traceback" in err) == ("", False)
    assert not in_work(atelier)
    assert not list(atelier.root.glob(".monter-tout.*.tmp"))

    workspace = open_workspace(atelier.root)
    with LocalWorkers(2) as workers, one_run(atelier.root) as beacon:
        orders = [
            Order(str(atelier.root), one.folder.show, one.folder.path.name, (), 1, beacon)
            for one in archive_of(workspace, workspace.shows).recorded
        ]
        # on a machine that is busy elsewhere they may be at work between two looks: then all is made once more
        while True:
            for folder in folders(atelier):
                shutil.rmtree(folder / "master", ignore_errors=True)
            found, killed = _remastered_by_workers_of_whom_one_is_killed(atelier, workers, orders)
            if killed:
                break
    assert [one.fate for one in found].count(Fate.ERROR) == 1
    assert masters(atelier) == masters(mastered)


def _remastered_by_workers_of_whom_one_is_killed(
    atelier: Atelier, workers: LocalWorkers, orders: list[Order]
) -> tuple[tuple[Outcome, ...], bool]:
    """What became of each order, and whether a worker was killed in mid-work."""
    over = threading.Event()

    def kill_one() -> bool:
        if seen := seen_in_work(atelier, 1, over.is_set):
            os.kill(workers.pids[0], signal.SIGKILL)
        return seen

    with ThreadPoolExecutor(1) as beside:
        killing = beside.submit(kill_one)
        found = remaster_all(orders, workers, lambda _: None)
        over.set()
        return found, killing.result()


def test_a_worker_without_the_runs_beacon_does_nothing(mastered: Atelier, tmp_path: Path) -> None:
    """As one that sees a copy of the workspace, or another folder in its place."""
    with LocalWorkers(1) as workers:
        for root, reason in ((mastered.root, "est un autre dossier"), (tmp_path, "n'y est pas un atelier")):
            order = Order(str(root), "bobine-romanaise", "2026-09-03", (), 1, ".monter-tout.0123456789ab.tmp")
            outcome = Outcome.read(workers.submit(order.text()).result())
            assert outcome.fate is Fate.FOREIGN
            assert reason in outcome.sentence
