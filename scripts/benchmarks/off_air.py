"""Times ``bobine publier --a-la-fin`` from the end of a show to what the public hears; the table is Markdown.

The show is made, and mastered once, so that the cache holds its segments as it does where they are made while the show
is on air; ``cold`` rows begin without it. Where the uplink is used during the show, the sound but for its last minute
went up before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from measuring.machine import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bobine.demo.show import make_show
from bobine.demo.workspace import make_demo_workspace
from bobine.model.destination import BucketDestination
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.outgoing.ahead import AheadUpload, Pace
from bobine.publish.tags import untagged
from tests.publish.destinations.weak_line import weak_line
from tests.publish.seaweed import ACCESS_KEY, SECRET_KEY, SeaweedFS

DAY = date(2026, 11, 19)
SLUG = "demo"
LAST_S = 60


@dataclass(frozen=True)
class Known:
    """The sound as far as it is known."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read(self, start: int, length: int) -> bytes:
        return self.content[start : start + length]


class Studio:
    """A workspace with the recording of a show, mastered once."""

    def __init__(self, folder: Path, minutes: float, formats: str, sounds: Path | None = None) -> None:
        made = make_show(folder / "studio", minutes, 1, sounds)
        self.root = folder / "atelier"
        make_demo_workspace(self.root, folder / "feed", date(2026, 11, 20), minutes)
        self.shows = self.root / "shows.toml"
        names = ", ".join(f'"{name}"' for name in formats.split(","))
        self.text = self.shows.read_text(encoding="utf-8") + f"\n[shows.demo.sound]\nformats = [{names}]\n"
        self.shows.write_text(self.text, encoding="utf-8")
        self.master = self.root / "episodes" / SLUG / DAY.isoformat() / "master"
        self.run("importer", str(DAY), str(made.recording), "--reperes", str(made.marks), "--quand-meme")
        self.run("monter", str(DAY))
        self.body = untagged((self.master / "podcast.mp3").read_bytes())

    def run(self, *arguments: str) -> dict[str, Any]:
        """A command; gives what it says."""
        command = [sys.executable, "-m", "bobine", "--atelier", str(self.root), *arguments, "--json"]
        found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return found

    def forget(self, *, cold: bool) -> None:
        """The master is to be made again, from its cache or without."""
        for file in self.master.iterdir():
            if file.is_file():
                file.unlink()
        for note in self.master.parent.glob("release.toml"):
            note.unlink()
        if cold:
            shutil.rmtree(self.master / ".cache", ignore_errors=True)

    def publishes_to(self, destination: BucketDestination | None) -> list[str]:
        """The arguments that publish there; None for the folder."""
        self.shows.write_text(self.text, encoding="utf-8")
        if destination is None:
            return []
        with self.shows.open("a", encoding="utf-8") as stream:
            stream.write(
                f'\n[destinations.seaweed]\nkind = "bucket"\nbucket = "{destination.bucket}"\n'
                f'prefix = "{destination.prefix}"\nendpoint = "{destination.endpoint}"\n'
                f'public_url = "{destination.public_url}"\n'
            )
        return ["--vers", "seaweed"]


@dataclass(frozen=True)
class OffAir:
    """One way from the end of a show to the public.

    Attributes:
        took_s: seconds until it was audible.
        sent_mb: what went up meanwhile; None where nobody counted.
    """

    took_s: float
    sent_mb: float | None


def measure(studio: Studio, server: SeaweedFS | None, mbit_s: float | None, *, ahead: bool, cold: bool) -> OffAir:
    """Publish once."""
    studio.forget(cold=cold)
    line = weak_line(server.endpoint, mbit_s * 1e6 / 8) if server is not None and mbit_s else nullcontext()
    with line as weak:
        destination = server.destination(name="seaweed") if server is not None else None
        if destination is not None and ahead:
            known = studio.body[: len(studio.body) - LAST_S * len(studio.body) // _seconds(studio)]
            AheadUpload(BucketStore(destination), SLUG, DAY, "mp3", Pace(10**9)).offer(Known(known))
        if destination is not None and weak is not None:
            destination = replace(destination, endpoint=weak.endpoint)
        to = studio.publishes_to(destination)
        start = time.monotonic()
        said = studio.run("publier", str(DAY), "--a-la-fin", *to)
        took_s = time.monotonic() - start
        assert said["audible"] is True, said
        return OffAir(took_s, weak.sent / 1e6 if weak is not None else None)


def row(studio: Studio, server: SeaweedFS | None, mbit_s: float | None, *, ahead: bool, cold: bool) -> str:
    """A row of the table."""
    found = measure(studio, server, mbit_s, ahead=ahead, cold=cold)
    where = "folder" if server is None else "SeaweedFS"
    sent = "" if found.sent_mb is None else f"{found.sent_mb:.1f}"
    return (
        f"| {where} | {f'{mbit_s:g}' if mbit_s else ''} | {'cold' if cold else 'cached'} "
        f"| {'during the show' if ahead else 'at the end'} | {sent} | {found.took_s:.1f} |"
    )


def _seconds(studio: Studio) -> int:
    return len(studio.body) * 8 // 128_000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, help="length of the show")
    parser.add_argument("--formats", default="mp3", help="what is made, such as mp3,opus")
    parser.add_argument("--line", type=float, default=1.0, help="of the weak uplink, in Mbit/s; 0 for no such rows")
    parser.add_argument("--cold", action="store_true", help="rows without a cache as well")
    options = parser.parse_args()
    os.environ |= {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    with tempfile.TemporaryDirectory() as name:
        studio = Studio(Path(name), options.minutes, options.formats)
        server = SeaweedFS(Path(name, "server"))
        server.start()
        try:
            print(
                f"{options.minutes:g} minutes, {options.formats}\n\n"
                "| destination | uplink, Mbit/s | master | the sound goes up | went up, MB | online and audible, s |\n"
                "|---|---|---|---|---|---|"
            )
            for cold in (False, True) if options.cold else (False,):
                print(row(studio, None, None, ahead=False, cold=cold), flush=True)
                print(row(studio, server, None, ahead=False, cold=cold), flush=True)
                print(row(studio, server, None, ahead=True, cold=cold), flush=True)
            if options.line:
                for ahead in (True, False):
                    print(row(studio, server, options.line, ahead=ahead, cold=False), flush=True)
        finally:
            server.kill()
    print(f"\nMachine: {machine()}.")


if __name__ == "__main__":
    main()
