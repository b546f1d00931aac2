"""An archive mastered by a real Dask cluster on loopback, one of whose workers is killed in mid-work."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import imageio_ffmpeg
import pytest

from bobine.errors import ClusterError
from bobine.evening.archive.cluster import ClusterWorkers
from tests.archive.archives import in_work, masters, seen_in_work
from tests.archive.conftest import GOOD
from tests.conftest import ROOT, Atelier

pytestmark = pytest.mark.slow

_HERE = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def running(log: Path, *words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask that runs, its log in a file."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], stdout=stream, stderr=stream, env=env, cwd=log.parent
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def logged(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """What a program says of itself, once it has said it."""
    while (found := re.search(pattern, log.read_text("utf-8", "replace"))) is None:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        time.sleep(0.02)
    return found[1]


class Cluster:
    """A scheduler, and workers of one thread each."""

    def __init__(self, folder: Path, end: ExitStack) -> None:
        self.folder, self._end = folder, end
        log = folder / "scheduler.log"
        self.scheduler = end.enter_context(running(log, "distributed.cli.dask_scheduler", *_HERE, "--port", "0"))
        self.address = logged(self.scheduler, log, r"Scheduler at:\s+(tcp://\S+)")

    def worker(self, name: str, **environment: str) -> subprocess.Popen[bytes]:
        log = self.folder / f"{name}.log"
        words = (self.address, *_HERE, "--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder / name))
        process = self._end.enter_context(running(log, "distributed.cli.dask_worker", *words, **environment))
        logged(process, log, r"(Registered to)")
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as end:
        yield Cluster(tmp_path, end)


def test_a_cluster_masters_to_the_same_bytes_though_a_worker_is_killed(
    cluster: Cluster, fresh: Callable[[], Atelier], mastered: Atelier
) -> None:
    atelier = fresh()
    words = ("monter", "--tout", "--grappe", cluster.address)
    other = cluster.worker("other", BOBINE_FFMPEG=imageio_ffmpeg.get_ffmpeg_exe())
    err = atelier.run(*words, code=1).stderr
    refusal = "le même son n'y donnerait pas les mêmes octets (ffmpeg "
    assert re.match(rf"Ouvrier tcp://127\.0\.0\.1:\d+\u00a0: {re.escape(refusal)}", err)
    assert not masters(atelier)
    other.kill()
    other.wait()

    first, _ = cluster.worker("first"), cluster.worker("second")
    run = atelier.start(*words, "--json")
    assert seen_in_work(atelier, 2, lambda: run.poll() is not None)
    first.send_signal(signal.SIGKILL)
    out, err = run.communicate()
    assert (run.returncode, err) == (1, "")
    assert out.count('"outcome": "error"') == 1
    assert len(re.findall(r'"outcome": "(?:encoded|reused|unchanged)"', out)) == GOOD
    assert masters(atelier) == masters(mastered)
    assert not in_work(atelier)

    said = atelier.json("monter", "--tout", code=1)
    assert [one["outcome"] for one in said["episodes"]] == ["unchanged"] * GOOD + ["error"]

    # and one whose scheduler goes: the work stops, and is told
    run = atelier.start(*words, "--formats", "opus")
    assert seen_in_work(atelier, 1, lambda: run.poll() is not None)
    cluster.scheduler.kill()
    _, err = run.communicate()
    assert run.returncode == 1
    assert "ne répond plus" in err
    assert "Traceback" not in err
    while in_work(atelier):
        time.sleep(0.02)


def test_a_cluster_that_does_not_answer_or_has_no_workers_is_told(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bobine.evening.archive.cluster._CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match=r"La grappe tcp://127\.0\.0\.1:1 ne répond pas"):
        ClusterWorkers("tcp://127.0.0.1:1", str(tmp_path), "beacon")
    with pytest.raises(ClusterError, match="la configuration de Dask"):
        ClusterWorkers("tls://127.0.0.1:1", str(tmp_path), "beacon")
    monkeypatch.setattr("bobine.evening.archive.cluster._CONNECT_S", 30)
    with pytest.raises(ClusterError, match="n'a aucun ouvrier"):
        ClusterWorkers(cluster.address, str(tmp_path), "beacon")
