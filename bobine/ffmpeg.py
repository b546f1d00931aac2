"""Open the files that ffmpeg reads, and run it.

Graphs are built with ffmpeg-python elsewhere, on files that only this module opens, and compiled to an argument list. A
run with an end is run here; an ffmpeg that listens or plays is started by ``processes``, with the same command. Both go
through ``children``: no shell, no input from the terminal, a session of their own so that Ctrl-C reaches us first, and
no longer life than this program's. A run can be cancelled at any moment.
"""

from __future__ import annotations

import contextlib
import functools
import re
import stat
import subprocess
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bobine import ffmpeg_input
from bobine.children import gathered, kill_when, start, widen
from bobine.errors import DiskError, Interrupted, ToolError
from bobine.ffmpeg_tool import find
from bobine.french import printable

__all__ = ["find"]

_LOG_KEPT = 64 * 1024
_CHUNK = 256 * 1024
_FILE = "file:"


class FfmpegError(ToolError):
    """ffmpeg ended with an error; ``log`` holds the end of what it printed, ``code`` its exit code."""

    def __init__(self, code: int, log: str) -> None:
        self.code = code
        self.log = log
        last = next((line for line in reversed(log.splitlines()) if line.strip()), "sans message")
        super().__init__(f"ffmpeg a échoué (code {code}) : {last.strip()[:300]}")


def lacks() -> tuple[str, ...]:
    """The filters and encoders that Bobine needs and this ffmpeg does not have."""
    filters = run(["-filters"], level="info").output.decode("utf-8", "replace").split()
    encoders = run(["-encoders"], level="info").output.decode("utf-8", "replace").split()
    wanted_filters = (
        *("ebur128", "alimiter", "volume", "afade", "atrim", "concat", "aresample", "volumedetect"),
        *("acrossfade", "aloop", "asoftclip", "bandreject", "highpass", "pan"),
    )
    return tuple(name for name in wanted_filters if name not in filters) + tuple(
        name for name in ("libmp3lame", "libopus", "pcm_f32le") if name not in encoders
    )


@functools.cache
def input_devices() -> frozenset[str]:
    """The sound devices that this ffmpeg can read, by its own names: ``pulse``, ``alsa``, ``jack``."""
    listed = run(["-devices"], level="info").output.decode("utf-8", "replace")
    return frozenset(name for names in re.findall(r"^ D.\s+(\S+)", listed, re.MULTILINE) for name in names.split(","))


@functools.cache
def output_devices() -> frozenset[str]:
    """The sound devices that this ffmpeg can play to, by its own names: ``pulse``, ``alsa``."""
    listed = run(["-devices"], level="info").output.decode("utf-8", "replace")
    return frozenset(name for names in re.findall(r"^ .E\s+(\S+)", listed, re.MULTILINE) for name in names.split(","))


def local_file(path: Path) -> str:
    """A file's name as ffmpeg must be given it: absolute, so that it is neither an option nor an address."""
    return ffmpeg_input.carried(f"{_FILE}{path.absolute()}")


def read_file(path: Path, *, track: int = 0, **options: Any) -> Any:
    """A sound track of a file, the first one unless another is asked for, to build a graph on."""
    import ffmpeg as graph

    return graph.input(local_file(path), **ffmpeg_input.of_file(**options))[f"a:{track}"]


def read_raw(path: Path, form: str, rate: int, channels: int, skip: int) -> Any:
    """The plain samples of a file whose header is not believed, to build a graph on.

    Args:
        path: the file.
        form: how they are coded, by ffmpeg's name: ``s16le``, ``f32be``…
        rate: Hz.
        channels: how many.
        skip: bytes before the first sample.
    """
    import ffmpeg as graph

    options = ffmpeg_input.of_raw(form, skip_initial_bytes=skip, ar=rate, ac=channels)
    return graph.input(local_file(path), **options)["a:0"]


def read_pipe(form: str, **options: Any) -> Any:
    """The sound that comes on standard input, of that container or coding (ffmpeg's name), to build a graph on."""
    import ffmpeg as graph

    return graph.input("pipe:0", **ffmpeg_input.of_pipe(form, **options))["a:0"]


def stand_in(name: str, again: int) -> Any:
    """A name in the place of an input, in a graph that is compared with others and never run."""
    import ffmpeg as graph

    return graph.input(name, again=again)


def read_source(description: str) -> Any:
    """A sound that ffmpeg makes itself, such as noise, to build a graph on; the description is never from outside."""
    import ffmpeg as graph

    return graph.input(description, **ffmpeg_input.of_device("lavfi"))["a:0"]


def command(arguments: Sequence[str]) -> list[str]:
    """The whole command of an ffmpeg that is given these arguments.

    Raises:
        ToolError: if there is no ffmpeg, or an input does not say what it may be: none is ever opened so.
        FfmpegError: if a file to read is there and no regular one: a pipe would be waited for.
    """
    arguments = [ffmpeg_input.restored(argument) for argument in arguments]
    for one in ffmpeg_input.inputs_of(arguments):
        if not one.guarded:
            raise ToolError(f"« {printable(one.name[:100])} » n'est pas ouvert : rien ne dit quel son ce peut être.")
        if one.name.startswith(_FILE) and _is_odd(Path(one.name.removeprefix(_FILE))):
            raise FfmpegError(1, f"« {printable(one.name[-100:])} » n'est pas un fichier ordinaire")
    return [find().path, *arguments]


def _is_odd(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # ffmpeg says it better


@dataclass(frozen=True, slots=True)
class Finished:
    """The result of a run: its standard output, unless it was consumed on the way, and the end of its log."""

    output: bytes
    log: str


def run(
    arguments: Sequence[str],
    *,
    feed: bytes | Iterable[bytes] | None = None,
    on_output: Callable[[bytes], None] | None = None,
    on_log: Callable[[bytes], None] | None = None,
    cancel: threading.Event | None = None,
    level: str = "error",
    piece_bytes: int = 0,
) -> Finished:
    """Run ffmpeg to its end.

    Args:
        arguments: everything after the program's name.
        feed: bytes for its standard input, at once or piece by piece; none is given otherwise.
        on_output: takes standard output piece by piece, in this thread; without it the output is returned whole.
        on_log: takes the log piece by piece, in another thread; a long one is not kept whole.
        cancel: once set, the process is killed.
        level: ffmpeg's own log level.
        piece_bytes: how much of the output is gathered before it is taken; 0 to take it as it comes.

    Raises:
        Interrupted: if ``cancel`` was set.
        DiskError: if the disk was full.
        FfmpegError, ToolError: if ffmpeg ended with an error, or there is none.
    """
    process = start(
        command(["-nostdin", "-hide_banner", "-loglevel", level, *arguments]),
        stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    ended = threading.Event()
    log = bytearray()
    helpers = [threading.Thread(target=_drain, args=(process.stderr, log, on_log), daemon=True)]
    if feed is not None:
        helpers.append(threading.Thread(target=_give, args=(process.stdin, feed), daemon=True))
    if cancel is not None:
        helpers.append(threading.Thread(target=kill_when, args=(process, cancel, ended), daemon=True))
    for helper in helpers:
        helper.start()
    collected: list[bytes] = []
    take: Callable[[Any], object] = collected.append if on_output is None else on_output
    widen(process.stdout)
    try:
        output = _pipe(process.stdout)
        for piece in gathered(output, piece_bytes) if piece_bytes else iter(lambda: output.read1(_CHUNK), b""):
            take(piece)
        code = process.wait()
    finally:
        process.kill()
        process.wait()
        ended.set()
        for helper in helpers:
            helper.join()
        for pipe in (process.stdout, process.stderr):
            _pipe(pipe).close()
    text = log.decode("utf-8", "replace")
    if cancel is not None and cancel.is_set():
        raise Interrupted
    if code != 0 or "No space left on device" in text:
        if "No space left on device" in text:
            raise DiskError("Le disque est plein : libérez de la place, puis recommencez ; rien n'a été perdu.")
        raise FfmpegError(code, text)
    return Finished(b"".join(collected), text)


def _pipe(pipe: IO[bytes] | None) -> Any:
    if pipe is None:
        raise ToolError("ffmpeg n'a pas démarré correctement.")
    return pipe


def _drain(pipe: IO[bytes] | None, log: bytearray, on_log: Callable[[bytes], None] | None) -> None:
    for piece in iter(lambda: _pipe(pipe).read1(_CHUNK), b""):
        if on_log is not None:
            on_log(piece)
        log += piece
        if len(log) > 2 * _LOG_KEPT:
            del log[:-_LOG_KEPT]


def _give(pipe: IO[bytes] | None, feed: bytes | Iterable[bytes]) -> None:
    # ffmpeg may close its input early, when it has read as much as it was asked for
    with contextlib.suppress(BrokenPipeError, ConnectionResetError, OSError):
        for piece in (feed,) if isinstance(feed, bytes) else feed:
            _pipe(pipe).write(piece)
    with contextlib.suppress(BrokenPipeError, OSError):
        _pipe(pipe).close()
