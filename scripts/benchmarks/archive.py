"""Times ``bobine monter --tout`` over an archive of short episodes: with one worker, then with two, and so on.

Every run masters the whole archive for another loudness target, so that all of it is encoded anew; the runs with one
worker and those with more take turns. With ``--cluster`` the workers are a Dask cluster's, on loopback.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from measuring.machine import machine

from bobine.demo.show import make_show
from bobine.demo.workspace import SLUG, make_demo_workspace
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import read_as_run, write_as_run

BOBINE = (sys.executable, "-m", "bobine")
LAST = date(2026, 11, 20)
_ITEMS = 5


def run(root: Path, *words: str) -> dict[str, object]:
    """What a command says, as JSON."""
    done = subprocess.run([*BOBINE, "--atelier", str(root), *words, "--json"], stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def make_archive(folder: Path, count: int, sounds: Path | None) -> Path:
    """A workspace with so many episodes of some seconds, all of the same sound, each with its own words."""
    root = folder / "atelier"
    made = make_show(folder / "studio", 1, 1, sounds)
    _, day = make_demo_workspace(root, folder / "feed", LAST, 1)
    run(root, "importer", day.isoformat(), str(made.recording), "--reperes", str(made.marks), "--quand-meme")
    first = root / "episodes" / SLUG / day.isoformat()
    as_run = read_as_run(first / "recording" / "as_run.toml")
    write_as_run(first / "recording" / "as_run.toml", replace(as_run, items=as_run.items[:_ITEMS]))
    plan = (first / "episode.toml").read_text("utf-8")
    for number in range(1, count):
        other = first.with_name((day - timedelta(weeks=number)).isoformat())
        shutil.copytree(first, other, copy_function=link)
        (other / "episode.toml").unlink()
        text = plan.replace(f"date = {day}", f"date = {other.name}").replace("number = 1\n", f"number = {number + 1}\n")
        (other / "episode.toml").write_text(text, "utf-8")
    return root


def link(source: str, target: str) -> None:
    """Give a sound a second name, copy what is small."""
    if source.endswith(".wav"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)


def aim_at(root: Path, lufs: float) -> None:
    """Ask for another loudness."""
    path = root / "shows.toml"
    before = re.sub(r"\n\[shows\.demo\.sound\]\n.*\n", "", path.read_text("utf-8"))
    path.write_text(f"{before}\n[shows.demo.sound]\nintegrated_lufs = {lufs:.1f}\n", "utf-8")


@contextlib.contextmanager
def started(log: Path, *words: str) -> Iterator[None]:
    """A program of Dask, while the block runs."""
    with log.open("wb") as stream:
        process = subprocess.Popen([sys.executable, "-m", *words], stdout=stream, stderr=stream, cwd=log.parent)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def said(log: Path, pattern: str) -> str:
    """What a program says of itself, once it does."""
    while (found := re.search(pattern, log.read_text("utf-8", "replace"))) is None:
        time.sleep(0.05)
    return found[1]


@contextlib.contextmanager
def cluster_of(folder: Path, workers: int) -> Iterator[str]:
    """A Dask cluster on loopback, its workers of one thread each; gives its address."""
    log = folder / "scheduler.log"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    with contextlib.ExitStack() as end:
        end.enter_context(started(log, "distributed.cli.dask_scheduler", *here, "--port", "0"))
        address = said(log, r"Scheduler at:\s+(tcp://\S+)")
        for number in range(workers):
            log = folder / f"worker-{number}.log"
            words = (address, *here, "--nthreads", "1", "--local-directory", str(folder / f"worker-{number}"))
            end.enter_context(started(log, "distributed.cli.dask_worker", *words))
            said(log, "(Registered to)")
        yield address


def sound_s(root: Path) -> float:
    """Length of an episode's master, seconds."""
    return read_manifest(next(root.rglob("master/manifest.toml"))).files[0].duration_s


def timed(root: Path, folder: Path, workers: int, *, on_cluster: bool) -> float:
    """Seconds that so many workers need for the archive, from the command to its end."""
    with contextlib.ExitStack() as end:
        where: Sequence[str] = ("--coeurs", str(workers))
        if on_cluster:
            where = ("--grappe", end.enter_context(cluster_of(folder, workers)))
        start = time.monotonic()
        found = run(root, "monter", "--tout", *where)
        took = time.monotonic() - start
    outcomes = [one["outcome"] for one in found["episodes"]]  # type: ignore[attr-defined]
    if set(outcomes) != {"encoded"}:
        raise SystemExit(f"not all of it was encoded: {outcomes}")
    return took


def main() -> None:
    """Make the archive, master it again and again, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=200, help="how many episodes")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="how many workers, each in turn")
    parser.add_argument("--times", type=int, default=1, help="how many times each")
    parser.add_argument("--cluster", action="store_true", help="by a Dask cluster on loopback")
    parser.add_argument("--son", type=Path, help="a folder of real sounds")
    options = parser.parse_args()
    took: dict[int, list[float]] = {workers: [] for workers in options.workers}
    with tempfile.TemporaryDirectory(prefix="bobine-archive-") as name:
        folder = Path(name)
        root = make_archive(folder, options.episodes, options.son)
        run(root, "monter", "--tout")
        lufs = -16.0
        for _ in range(options.times):
            for workers in options.workers:
                lufs -= 0.1
                aim_at(root, lufs)
                took[workers].append(timed(root, folder, workers, on_cluster=options.cluster))
        start = time.monotonic()
        run(root, "monter", "--tout")
        unchanged_s = time.monotonic() - start
        length_s = sound_s(root)
    print("| workers | archive, s | an episode, s | faster than the first row |")
    print("|---|---|---|---|")
    first = statistics.median(took[options.workers[0]])
    for workers, seconds in took.items():
        middle = statistics.median(seconds)
        print(f"| {workers} | {middle:.1f} | {middle / options.episodes:.2f} | {first / middle:.2f} |")
    print(f"\nAgain, nothing changed: {unchanged_s:.1f} s, {1000 * unchanged_s / options.episodes:.0f} ms an episode.")
    where = "Dask workers on loopback" if options.cluster else "processes of this computer"
    told = f"{options.episodes} episodes of {length_s:.0f} s in {_ITEMS} items, MP3 and Opus"
    print(f"\n{told}, {where}, {options.times} times each.")
    print(f"\nMachine: {machine()}.")


if __name__ == "__main__":
    main()
