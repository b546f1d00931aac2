"""Start other programs that end with this one, and give them no more of its environment than they need.

A program that reads sounds is not given the keys of a cloud; and however this one ends, it leaves none behind.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import IO, Any

_NEEDED = re.compile(
    "PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_.*|TZ|TZDIR|TERM|TMPDIR|TMP|TEMP|DISPLAY|WAYLAND_DISPLAY|XDG_.*"
    # where the sound is, and what the sound systems are told
    "|DBUS_SESSION_BUS_ADDRESS|PULSE_.*|PIPEWIRE_.*|ALSA_.*|JACK_.*|AUDIODEV|AUDIODEVICE|ALSOFT_.*|SNDIO_.*"
    # how a stream is reached
    "|(?:https?|all|no|ftp)_proxy|(?:HTTPS?|ALL|NO|FTP)_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|CURL_CA_BUNDLE"
    # how programs and their libraries are found
    "|LD_LIBRARY_PATH|LD_PRELOAD|DYLD_.*|PYTHON.*|VIRTUAL_ENV|IMAGEIO_.*|BOBINE_.*|COVERAGE_.*"
    "|SYSTEMROOT|WINDIR|SYSTEMDRIVE|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|USERPROFILE|HOMEDRIVE|HOMEPATH"
)
"""Variables that a program we start may need; keys, tokens and passwords are none of them."""

_SECRET = re.compile("SECRET|TOKEN|PASSWORD|CREDENTIAL|ACCESS_KEY|API_KEY", re.IGNORECASE)
"""Variables that are never handed on, whatever their names begin with."""


_WIDE = 1 << 20
_WORTH_WAKING = 1 << 18
_GATHERING_S = 0.001


def widen(pipe: IO[bytes] | None) -> None:
    """Let more lie in a pipe where the system knows how: each side wakes the other less often."""
    control = getattr(fcntl, "F_SETPIPE_SZ", None)
    if pipe is not None and control is not None:
        with contextlib.suppress(OSError):  # a system may allow less
            fcntl.fcntl(pipe, control, _WIDE)


def kill_when(process: subprocess.Popen[bytes], cancel: threading.Event, ended: threading.Event) -> None:
    """Kill a process once ``cancel`` is set; give up once ``ended`` is."""
    while not ended.wait(0.05):
        if cancel.is_set():
            process.kill()
            return


def gathered(pipe: Any, size: int) -> Iterator[bytearray]:
    """The content of a pipe in pieces of ``size`` bytes; the last may be shorter.

    Programs write little at a time, and waking up for each costs more than copying it: some may gather.

    Args:
        pipe: buffered, opened to read bytes.
        size: at least 1.
    """
    count = size
    while count:
        piece = bytearray(size)
        filled = 0
        while filled < size and (count := pipe.readinto1(memoryview(piece)[filled:])):
            filled += count
            if filled < size and count < _WORTH_WAKING:
                time.sleep(_GATHERING_S)
        if filled:
            yield piece if filled == size else piece[:filled]


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a program that we start: what it needs of ours.

    Args:
        more: further variables.
    """
    needed = {name: value for name, value in os.environ.items() if _NEEDED.fullmatch(name)}
    return {name: value for name, value in needed.items() if not _SECRET.search(name)} | more


class _Starter:
    """Starts processes in one thread that lives as long as this program.

    Linux ends a bound process with the *thread* that started it.
    """

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._asked: queue.SimpleQueue[tuple[Sequence[str], dict[str, Any], Future[subprocess.Popen[bytes]]]] = (
            queue.SimpleQueue()
        )
        threading.Thread(target=self._serve, name="starter", daemon=True).start()

    def start(self, command: Sequence[str], options: dict[str, Any]) -> subprocess.Popen[bytes]:
        """Start one; raises what ``Popen`` raises."""
        answer: Future[subprocess.Popen[bytes]] = Future()
        self._asked.put((command, options, answer))
        return answer.result()

    def _serve(self) -> None:
        while True:
            command, options, answer = self._asked.get()
            try:
                answer.set_result(subprocess.Popen(command, **options))
            except BaseException as error:  # noqa: BLE001 - raised where it was asked
                answer.set_exception(error)
            del command, options, answer


_starting = threading.Lock()
_starters: list[_Starter] = []


def _starter() -> _Starter:
    with _starting:
        if not _starters or _starters[0].owner != os.getpid():
            _starters[:] = [_Starter()]
        return _starters[0]


def start(
    command: Sequence[str], *, pipe_bytes: int = -1, env: dict[str, str] | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a program that ends with this one, even where this one is killed; its log is a pipe.

    Args:
        command: the program and its arguments.
        pipe_bytes: how much its pipes may hold, where the system lets us choose.
        env: its environment; ``child_environment`` gives it otherwise.
        options: ``stdin``, ``stdout`` and ``bufsize``, as ``subprocess.Popen`` takes them.

    Raises:
        OSError: if it cannot be started.
    """
    if not os.access(command[0], os.X_OK) and shutil.which(command[0]) is None:
        raise FileNotFoundError(f"no program « {command[0]} »")
    return _starter().start(
        [*_bound(), *command],
        {
            "stderr": subprocess.PIPE,
            "start_new_session": True,
            "pipesize": pipe_bytes if sys.platform == "linux" else -1,
            "env": child_environment() if env is None else env,
            **options,
        },
    )


def prepare() -> None:
    """Find out beforehand what ``start`` needs: where each moment is sound, nothing is left to be found out."""
    _bound()
    _starter()


@functools.cache
def _bound() -> tuple[str, ...]:
    """The command that makes a program end with the one that started it, through util-linux; empty elsewhere.

    Without it a program ends when it next writes to us, or reads from us.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is None:
        return ()
    words = (setpriv, "--pdeathsig", "KILL", "--")
    try:
        done = subprocess.run([*words, setpriv, "--version"], capture_output=True, timeout=20, env={})
    except (OSError, subprocess.SubprocessError):
        return ()
    return words if done.returncode == 0 else ()


def ask(command: Sequence[str], patience_s: float, env: dict[str, str] | None = None) -> str | None:
    """Run a small program and return its output; None where it is missing, fails, or takes too long.

    Args:
        command: the program and its arguments.
        patience_s: how long it may take, seconds.
        env: its environment; ``child_environment`` gives it otherwise.
    """
    try:
        process = start(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=env)
    except OSError:
        return None
    try:
        output, _ = process.communicate(timeout=patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    return output.decode("utf-8", "replace") if process.returncode == 0 else None


def module_command(module: str) -> list[str]:
    """The command that runs one of this project's modules as a program of its own.

    Args:
        module: its dotted name.
    """
    # -P: the current folder must not lend the program its modules; a checkout that is not installed is found by path
    root = Path(__file__).resolve().parent.parent
    code = f"import sys, runpy; sys.path.append({str(root)!r}); runpy.run_module({module!r}, run_name='__main__')"
    return [sys.executable, "-P", "-c", code]


class LostError(Exception):
    """A process that has ended, and does not answer."""


class Answering:
    """A process that answers each line with a line, and ends once nothing more can be asked of it.

    Attributes:
        pid: its number.
    """

    def __init__(self, command: Sequence[str]) -> None:
        """Start it; what it logs is not kept.

        Args:
            command: the program and its arguments.

        Raises:
            OSError: if it cannot be started.
        """
        self._process = start(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment()
        )
        self.pid = self._process.pid

    def ask(self, line: str) -> str:
        """The answer to a line, however long that takes; one thread at a time may ask.

        Args:
            line: without a line break.

        Raises:
            LostError: if it has ended, or ends meanwhile.
        """
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise LostError
        try:
            into.write(f"{line}\n".encode())
            into.flush()
            answer = out.readline()
        except (OSError, ValueError) as error:
            raise LostError from error
        if not answer.endswith(b"\n"):
            raise LostError
        return answer.decode("utf-8", "replace").rstrip("\n")

    def end(self, grace_s: float) -> None:
        """Let it end; kill it if it has not after ``grace_s`` seconds."""
        pipe = self._process.stdin
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace_s)
        self._process.kill()
        self._process.wait()
