"""An ffmpeg that has begun, and forks for each run that is asked of it.

Loading its two hundred libraries takes an ffmpeg seven times longer than most sounds of tests take it. Each run is a
process of the real program, with its own arguments, environment, folder and files; only its beginning is shared. What
is started in its place ends as it ends, hands signals on, and takes it along when it is killed.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bobine import ffmpeg_tool
from bobine.children import start

_HERE = Path(__file__).parent
_LONGEST_ADDRESS = 100


def build(to: Path) -> None:
    """Compile what waits inside of ffmpeg, and what asks it; nothing where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return
    real = ffmpeg_tool.find().path
    library = ["-shared", "-fPIC", str(_HERE / "server.c"), "-o", str(to / "server.so"), "-ldl"]
    asks = [f'-DREAL="{real}"', str(_HERE / "ask.c"), "-o", str(to / "ffmpeg")]
    for words in (library, asks):
        subprocess.run([compiler, "-O1", *words], check=True)


@contextmanager
def waiting(built: Path, folder: Path) -> Iterator[Path | None]:
    """The program to start in the place of ffmpeg; None where this ffmpeg does not wait (one without libraries).

    Args:
        built: what ``build`` made.
        folder: an empty one, for the time that it waits.
    """
    address = folder / "socket"
    if not (built / "ffmpeg").exists() or len(str(address)) > _LONGEST_ADDRESS:
        yield None
        return
    words = ["env", f"LD_PRELOAD={built / 'server.so'}", f"WAITING_SOCKET={address}", ffmpeg_tool.find().path]
    process = start(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None and not address.is_socket():
            time.sleep(0.01)
        yield Path(shutil.copy(built / "ffmpeg", folder)) if process.poll() is None else None
    finally:
        process.kill()
        process.communicate()
