"""Start long-running processes: one whose output is read, one that is fed, one that outlives this one."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from bobine.children import child_environment, module_command, start

_CHUNK = 64 * 1024
_PIPE_SIZE = 1 << 20
"""Bytes that the kernel may hold for us while we are busy; without it 64 KiB, a third of a second of sound."""

_LINES_KEPT = 20
_ROOM_EVERY_S = 0.002


class Running:
    """A process that writes bytes until it ends or is stopped; one thread reads them, one its log.

    Attributes:
        pid: its number.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_output: Callable[[bytes], None],
        on_line: Callable[[str], bool] = lambda _: False,
        fed_by: Sequence[str] = (),
        env: dict[str, str] | None = None,
    ) -> None:
        """Start it.

        Args:
            command: the program and its arguments.
            on_output: takes each piece of standard output as it comes, in a thread of its own; ``b""`` at the end.
            on_line: takes each line of standard error, in another; True keeps it out of ``complaints``.
            fed_by: another program, that it reads on standard input.
            env: the environment of both; ``child_environment`` gives it otherwise.

        Raises:
            OSError: if one of them cannot be started.
        """
        self._feeder = (
            start(fed_by, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, pipe_bytes=_PIPE_SIZE, env=env)
            if fed_by
            else None
        )
        source = self._feeder.stdout if self._feeder is not None else None
        self._process = start(
            command,
            stdin=subprocess.DEVNULL if source is None else source,
            stdout=subprocess.PIPE,
            pipe_bytes=_PIPE_SIZE,
            env=env,
        )
        if source is not None:
            source.close()
        self.pid = self._process.pid
        self._lines: deque[str] = deque(maxlen=_LINES_KEPT)
        self._threads = [
            threading.Thread(target=self._read_output, args=(on_output,), daemon=True),
            threading.Thread(target=self._read_log, args=(self._process, on_line), daemon=True),
        ]
        if self._feeder is not None:
            self._threads.append(threading.Thread(target=self._read_log, args=(self._feeder, on_line), daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def complaints(self) -> tuple[str, ...]:
        """The last lines of its log."""
        return tuple(self._lines)

    def stop(self, grace_s: float = 0) -> int:
        """Wait for the process to end, then kill it; its output until then is taken first.

        Args:
            grace_s: how long it may still take to end by itself, seconds.

        Returns:
            Its exit code; below zero where it was killed.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace_s)
        self._process.kill()
        code = self._process.wait()
        if self._feeder is not None:
            self._feeder.kill()
            self._feeder.wait()
        for thread in self._threads:
            thread.join()
        return code

    def _read_output(self, take: Callable[[bytes], None]) -> None:
        pipe = self._process.stdout
        if pipe is not None:
            with pipe:
                while piece := os.read(pipe.fileno(), _CHUNK):
                    take(piece)
        take(b"")

    def _read_log(self, process: subprocess.Popen[bytes], take: Callable[[str], bool]) -> None:
        pipe = process.stderr
        if pipe is None:
            return
        with pipe:
            for line in pipe:
                text = line.decode("utf-8", "replace").rstrip()
                if text and not take(text):
                    self._lines.append(text)


class Fed:
    """A process that is fed at its own pace: what is given waits in a small pipe until it takes it.

    Attributes:
        pid: its number.
    """

    def __init__(self, command: Sequence[str], *, ahead: int) -> None:
        """Start it.

        Args:
            command: the program and its arguments.
            ahead: bytes that may wait for it, where the system lets us choose.
        """
        self._process = start(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, bufsize=0, pipe_bytes=ahead)
        self.pid = self._process.pid
        self._lines: deque[str] = deque(maxlen=_LINES_KEPT)
        self._log = threading.Thread(target=self._read_log, daemon=True)
        self._log.start()
        if self._process.stdin is not None:
            os.set_blocking(self._process.stdin.fileno(), False)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def complaints(self) -> tuple[str, ...]:
        """The last lines of its log; all of them once it was stopped."""
        return tuple(self._lines)

    def give(self, data: bytes, patience_s: float) -> bool:
        """Give it bytes, waiting for room.

        Args:
            data: what to give.
            patience_s: how long it may take nothing, seconds.

        Returns:
            False if it takes no more: it has ended, or stands still.
        """
        pipe = self._process.stdin
        if pipe is None:
            return False
        left = memoryview(data)
        while left:
            if not select.select([], [pipe], [], patience_s)[1]:
                return False
            try:
                left = left[os.write(pipe.fileno(), left) :]
            except BlockingIOError:
                time.sleep(_ROOM_EVERY_S)
            except OSError:
                return False
        return True

    def stop(self) -> None:
        """End the process at once; what it still holds is not played."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._log.join()

    def _read_log(self) -> None:
        pipe = self._process.stderr
        if pipe is not None:
            with pipe:
                for line in pipe:
                    text = line.decode("utf-8", "replace").rstrip()
                    if text:
                        self._lines.append(text)


class Apart:
    """A program started apart, in a session of its own: it outlives this one, and its terminal."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        """Start it.

        Args:
            command: the program and its arguments.
            log: the file that takes what it prints, appended to.
        """
        with log.open("ab") as stream:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
                env=child_environment(),
                creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the process is still running."""
        return self._process.poll() is None

    @property
    def code(self) -> int | None:
        """The exit code; None while the process is running."""
        return self._process.poll()

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()


def start_module(module: str, arguments: Sequence[str], log: Path) -> Apart:
    """Start one of this project's modules as a program of its own.

    Args:
        module: its dotted name.
        arguments: what comes after it.
        log: the file that takes what it prints.
    """
    return Apart([*module_command(module), *arguments], log)
