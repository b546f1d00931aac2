"""Times a show from its end to what the public hears, its last minutes run live at the speed of life.

All but the last minutes of the recording are there at once, and mastered (and sent) ahead before the clock of the show
starts; the rest is recorded as time goes by, with its items, while the real process masters ahead and the real thread
sends. No sound server is needed: a script writes what the recorder would. The table is Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from measuring.machine import load, machine
from measuring.processes import Cost, cpu_by, of_workspace, timed, words_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bobine.air.live.aired_recording import finish
from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.rehearsal import NoRecorder
from bobine.air.live.stage import Stage
from bobine.air.live.state import events as e
from bobine.air.recorder.wav import GrowingWav
from bobine.demo.show import make_show
from bobine.demo.workspace import SLUG, make_demo_workspace
from bobine.evening.ahead.folder import AheadFolder
from bobine.evening.ahead.status import State, read_status
from bobine.evening.ahead.watch import Watch
from bobine.evening.ahead.worker import Task, Worker
from bobine.evening.ending.sending_ahead import AGAIN_S
from bobine.model.destination import BucketDestination
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.publish.destinations.weak_line import WeakLine, weak_line
from tests.publish.seaweed import ACCESS_KEY, SECRET_KEY, SeaweedFS

RATE = 48_000
FRAME = 4
PIECE_S = 0.5
"""The recording grows by so much at once, seconds."""

STILL_S = AGAIN_S + 10
"""Where no more of the sound goes up for so long, what is known of it is there, seconds."""

WIDE = 1e9
"""A line that is not shaped, bytes a second."""


@dataclass(frozen=True)
class Live:
    """What was measured.

    Attributes:
        took_s: seconds from giving the air back until the public hears it.
        as_run_s: seconds of them until the recording had stopped and the as-run was written.
        publishing: what the command took after that.
        ready: segments that were mastered by the end of the show, and how many there are.
        cpu: of what masters ahead, over the live minutes, in cores.
        sent_mb: what went up after the show; None where it was not counted.
    """

    took_s: float
    as_run_s: float
    publishing: Cost
    ready: tuple[int, int]
    cpu: float
    sent_mb: float | None


class Evening:
    """A show that is played into its recording."""

    def __init__(
        self, folder: Path, minutes: float, sounds: Path | None, destination: BucketDestination | None
    ) -> None:
        made = make_show(folder / "studio", minutes, 1, sounds)
        self.root = folder / "atelier"
        _, day = make_demo_workspace(self.root, folder / "feed", date(2026, 11, 20), minutes)
        self.day = day.isoformat()
        if destination is not None:
            _publish_to(self.root / "shows.toml", destination)
        self._marks: list[dict[str, Any]] = json.loads(made.marks.read_text(encoding="utf-8"))["items"]
        self._sound = made.recording
        workspace = open_workspace(self.root)
        self._show = workspace.show(SLUG)
        self._folder = workspace.folder(self._show, day)
        planned = read_episode(workspace, self._show, day).items
        self._items = [planned[mark["n"] - 1] for mark in self._marks]
        self._start = self._show.slot.bounds(day)[0]
        self._journal = Journal(self._folder.path / JOURNAL_FILE)
        self._folder.recording.mkdir(parents=True, exist_ok=True)
        self._wav = GrowingWav(self._folder.recording / "antenne.wav", RATE, 2)
        self._taken = 0
        self._write(e.RecordingStarted, file="antenne.wav", rate=RATE, channels=2)
        stage = Stage(self._journal.path, NoRecorder(), self._folder.recording, master=self._folder.master)
        self.watch = Watch(stage, self.root, self._folder)

    def run(self, live_s: float, line: WeakLine | None, bytes_a_second: float) -> Live:
        """Play it, its last seconds as time goes by, give the air back, and publish."""
        end = self._marks[-1]["end"]
        begins = max(0, end - round(live_s * RATE))
        with wave.open(str(self._sound)) as sound:
            while self._wav.samples < begins:
                self._play(sound, min(begins - self._wav.samples, 60 * RATE))
            made = self._master_what_is_there()
            self.watch.follow(on_air=True)
            self._catch_up(made, line)
            if line is not None:
                line.rate = bytes_a_second
            began, spent = time.monotonic(), self._ahead_cpu()
            while self._wav.samples < end:
                self._play(sound, min(end - self._wav.samples, round(PIECE_S * RATE)))
                time.sleep(max(0.0, began + (self._wav.samples - begins) / RATE - time.monotonic()))
            cpu = (self._ahead_cpu() - spent) / (time.monotonic() - began)
        sent = line.sent if line is not None else 0
        begun = time.monotonic()
        self._write(e.Ended)
        self._wav.close()
        said = read_status(AheadFolder(self._folder.master).status)
        finish(self._folder.recording, self._journal, [item.id for item in self._items])
        as_run_s = time.monotonic() - begun
        self.watch.leave()  # as the screen does, before the terminal works
        command = [sys.executable, "-m", "bobine", "--atelier", str(self.root), "publier", self.day, "--a-la-fin"]
        told = self.root.parent / "publier.json"
        cost = timed([*command, "--json"], told)
        took_s = time.monotonic() - begun
        assert json.loads(told.read_text(encoding="utf-8"))["audible"] is True
        ready = (said.ready, said.total) if said is not None else (0, 0)
        return Live(took_s, as_run_s, cost, ready, cpu, (line.sent - sent) / 1e6 if line is not None else None)

    def _play(self, sound: wave.Wave_read, samples: int) -> None:
        """Record so much, with the items that begin in it."""
        until = self._wav.samples + samples
        while self._wav.samples < until:
            coming = self._marks[self._taken]["start"] if self._taken < len(self._marks) else until
            stop = min(until, max(coming, self._wav.samples))
            if stop > self._wav.samples:
                self._wav.append(sound.readframes(stop - self._wav.samples))
                self._wav.sync()
            if stop == coming and self._taken < len(self._marks):
                self._write(e.Taken, item=self._items[self._taken])
                self._taken += 1

    def _master_what_is_there(self) -> int:
        """Fill the cache with what the process would have made by now, here: with its niceness it would take longer.

        Returns:
            How many segments it comes to.
        """
        folder = self._folder
        AheadFolder(folder.master).folder.mkdir(parents=True, exist_ok=True)
        task = Task(self.root, SLUG, folder.date, self._journal.path, folder.recording, folder.master, folder.path)
        worker = Worker(task)
        worker._step()
        return worker._status.ready

    def _catch_up(self, made: int, line: WeakLine | None) -> None:
        """Wait until the process has what is there, and it is sent."""
        sent, still = -1, time.monotonic()
        while True:
            time.sleep(0.5)
            said = read_status(AheadFolder(self._folder.master).status)
            if said is not None and said.state is not State.WORKING:
                raise SystemExit(f"nothing is mastered ahead: {said.state}")
            if line is not None and line.sent != sent:
                sent, still = line.sent, time.monotonic()
            done = said is not None and said.pid != os.getpid() and said.ready >= made
            if not done:
                still = time.monotonic()
            if done and (line is None or time.monotonic() - still > STILL_S):
                return

    def _ahead_cpu(self) -> float:
        every = of_workspace(self.root)
        return cpu_by([one for one in every if any("evening.ahead" in word for word in words_of(one))])

    def _write(self, kind: type[e.Event], **more: object) -> None:
        position = self._wav.samples
        self._journal.append(kind(at=self._start + timedelta(seconds=position / RATE), position=position, **more))


def _publish_to(shows: Path, destination: BucketDestination) -> None:
    text = shows.read_text(encoding="utf-8")
    text = text.replace("[shows.demo.podcast]\n", '[shows.demo.podcast]\ndestination = "seaweed"\n')
    text += (
        f'\n[destinations.seaweed]\nkind = "bucket"\nbucket = "{destination.bucket}"\nprefix = "{destination.prefix}"\n'
        f'endpoint = "{destination.endpoint}"\npublic_url = "{destination.public_url}"\nupload_ahead_kbps = 100000\n'
    )
    shows.write_text(text, encoding="utf-8")


@contextmanager
def seaweed(folder: Path) -> Iterator[SeaweedFS]:
    """A real S3 server on the loopback, and its keys in the environment."""
    os.environ |= {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    server = SeaweedFS(folder / "server")
    server.start()
    try:
        yield server
    finally:
        server.kill()


def measure(
    folder: Path, minutes: float, live_minutes: float, sounds: Path | None, *, bucket: bool, mbit_s: float
) -> Live:
    """Run one evening.

    Args:
        folder: an empty one.
        minutes: length of the show.
        live_minutes: so many of the last are run at the speed of life.
        sounds: a folder of real sounds; made without it.
        bucket: whether it is published to SeaweedFS on the loopback, or to a folder.
        mbit_s: of the line up to it, during the live minutes and after; 0 for one that is not shaped.
    """
    with ExitStack() as end:
        line: WeakLine | None = None
        destination: BucketDestination | None = None
        if bucket:
            server = end.enter_context(seaweed(folder))
            line = end.enter_context(weak_line(server.endpoint, WIDE))
            destination = replace(server.destination(name="seaweed"), endpoint=line.endpoint)
        evening = Evening(folder, minutes, sounds, destination)
        try:
            return evening.run(live_minutes * 60, line, mbit_s * 1e6 / 8 or WIDE)
        finally:
            evening.watch.leave()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=55, help="length of the show (55)")
    parser.add_argument("--live", type=float, default=10, help="so many of its last minutes at the speed of life (10)")
    parser.add_argument("--line", type=float, default=1.0, help="of the weak uplink, in Mbit/s (1)")
    parser.add_argument("--son", type=Path, help="a folder of real speech and music to make the show from")
    options = parser.parse_args()
    print(f"{options.minutes:g} minutes, the last {options.live:g} at the speed of life\n")
    print("| destination | uplink, Mbit/s | mastered at the end | CPU ahead, % of a core | went up after the show, MB "
          "| as-run, s | online and audible, s |\n|---|---|---|---|---|---|---|")  # fmt: skip
    for where, bucket, mbit_s in (("folder", False, 0), ("SeaweedFS", True, 0), ("SeaweedFS", True, options.line)):
        with tempfile.TemporaryDirectory(prefix="bobine-live-", ignore_cleanup_errors=True) as name:
            found = measure(Path(name), options.minutes, options.live, options.son, bucket=bucket, mbit_s=mbit_s)
        sent = "" if found.sent_mb is None else f"{found.sent_mb:.1f}"
        print(f"| {where} | {f'{mbit_s:g}' if mbit_s else ''} | {found.ready[0]} of {found.ready[1]} "
              f"| {100 * found.cpu:.0f} | {sent} | {found.as_run_s:.1f} | {found.took_s:.1f} |")  # fmt: skip
    print(f"\nLoad: {load()}. Machine: {machine()}.")


if __name__ == "__main__":
    main()
