"""Times a file sent to a real S3 server over a weak line, cut on the way or not; the table is Markdown."""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

from measuring.machine import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.layout import IMMUTABLE
from tests.publish.destinations.weak_line import weak_line
from tests.publish.seaweed import ACCESS_KEY, SECRET_KEY, SeaweedFS


def measure(server: SeaweedFS, source: Path, mbit_s: float, *, is_cut: bool) -> str:
    """A row of the table."""
    content = source.read_bytes()
    file = StoredFile(
        key="emission/audio/emission-2026-11-26-0123456789ab.mp3",
        media_type="audio/mpeg",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        integrity="",
    )
    told: list[float] = []
    with weak_line(server.endpoint, mbit_s * 1e6 / 8) as line:
        line.cut_at = len(content) // 2 if is_cut else None
        store = BucketStore(server.destination(endpoint=line.endpoint))
        start = time.monotonic()
        store.put(file, source, IMMUTABLE, lambda _count: told.append(time.monotonic()))
        took_s = time.monotonic() - start
        sent = line.sent
    whole = store.head(file.key)
    assert whole is not None, file.key
    assert whole.is_identical_to(file), whole
    still_s = max((after - before for before, after in itertools.pairwise(told)), default=0.0)
    needs_s = len(content) * 8 / (mbit_s * 1e6)
    return (
        f"| {mbit_s:g} | {len(content) / 1e6:.1f} | {'once, half-way' if is_cut else 'no'} | {needs_s:.0f} "
        f"| {took_s:.0f} | {sent / 1e6:.1f} | {still_s:.1f} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rates", type=float, nargs="*", default=[1.0], help="of the line, in Mbit/s")
    parser.add_argument("--megabytes", type=float, default=8.0, help="size of the file")
    parser.add_argument("--cut", action="store_true", help="cut the line once, half-way, as well")
    options = parser.parse_args()
    os.environ |= {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "sound.mp3")
        source.write_bytes(os.urandom(int(options.megabytes * 1e6)))
        server = SeaweedFS(Path(name, "server"))
        server.start()
        try:
            print(
                "| line, Mbit/s | file, MB | cut | the line needs, s | took, s | went up, MB "
                "| longest without progress, s |\n|---|---|---|---|---|---|---|"
            )
            for rate in options.rates:
                for is_cut in (False, True) if options.cut else (False,):
                    print(measure(server, source, rate, is_cut=is_cut), flush=True)
        finally:
            server.kill()
    print(f"\nMachine: {machine()}.")


if __name__ == "__main__":
    main()
