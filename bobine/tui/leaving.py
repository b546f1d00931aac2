"""A terminal that is closed, or a machine that shuts down, loses no edit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

PATIENCE_S = 2
"""Time for the program to end once its terminal was closed, in seconds."""

_leaving: list[asyncio.Task[None]] = []


def leave_on_signals(app: App[Any], settle: Callable[[], Awaitable[None]]) -> None:
    """Leave when a signal says so, once every edit is on the disk.

    Args:
        app: what is left.
        settle: waits until every edit is on the disk.
    """
    loop = asyncio.get_running_loop()

    async def leave(code: int) -> None:
        await settle()
        # the terminal may be gone, and then nobody takes what is still to be drawn
        last_resort = threading.Timer(PATIENCE_S, os._exit, (code,))
        last_resort.daemon = True
        last_resort.start()
        app.exit(return_code=code)

    def heard(code: int) -> None:
        _leaving.append(loop.create_task(leave(code)))

    for name in ("SIGTERM", "SIGHUP"):
        with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), heard, 128 + getattr(signal, name))
