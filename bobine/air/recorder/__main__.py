"""``python -m bobine.air.recorder FOLDER``: records as the order in the folder asks, or waits to take over."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from bobine import children, ffmpeg
from bobine.air.recorder.link.folder import RecorderFolder
from bobine.air.recorder.process import Recorder
from bobine.air.recorder.standby import wait_for_turn


def main(recording: Path) -> None:
    """Record, once it is this process's turn."""
    for name in ("SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    place = RecorderFolder(recording)
    ffmpeg.find()
    children.prepare()
    order = wait_for_turn(place)
    if order is not None:
        Recorder(place, order).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
