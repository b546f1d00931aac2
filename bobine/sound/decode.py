"""Decode one track piece by piece, each sample where it belongs in time."""

from __future__ import annotations

import contextlib
import mmap
import queue
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import ffmpeg as graph
import numpy as np

from bobine import ffmpeg
from bobine.errors import Interrupted, SoundError
from bobine.french import printable
from bobine.sound.blocks import Samples
from bobine.sound.headers.mpeg_frames import mend
from bobine.sound.headers.pcm import width
from bobine.sound.pcm_reading import as_floats, read_samples
from bobine.sound.plan import Source
from bobine.sound.timeline import JITTER_S, Cut, Timeline, tells_error

_PIECE = 1 << 20
_AHEAD = 4
_SILENCE = 1 << 18
_BARE = ("mp3", "aac")
_FRAME = 8192
"""Samples that ffmpeg hands on at a time: coded frames are small, and each costs it as much as its sound does."""

_GATHERING_S = 0.002
"""Time that lines of the log may gather: each is written by itself, and waking up for each costs more than decoding."""


class FormatChangedError(Exception):
    """The format changes inside the file: it must be read as a source that varies."""


class UnevenError(Exception):
    """The file does not hold what its index promises: it must be read with its time stamps."""


class Decoding:
    """Decodes one source, once.

    Args:
        path: the file.
        source: which of its tracks, and how.
        rate: sampling rate to decode to, Hz.
        cancel: once set, decoding stops.

    Attributes:
        timeline: what was met on the way; complete once all was taken.
    """

    def __init__(self, path: Path, source: Source, rate: int, cancel: threading.Event | None = None) -> None:
        self._path = path
        self._source = source
        self._rate = rate
        self._cancel = cancel
        self._stop = threading.Event()
        self._pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
        self._log = b""
        # a bare stream has no time stamps, and its frames were looked through before: its log can be short; so can
        # that of a file whose index tells that no time stamp is needed
        is_known = (source.framed in _BARE or source.promised > 0) and not source.varies
        self._tells_frames = source.pcm is None and not is_known
        self._met_errors = False
        # half as much goes through the pipe, and comes to the same floats
        self._form = "s16le" if source.is_16_bit and source.rate == rate and not source.varies else "f32le"
        self._grown = threading.Condition()
        self._log_ended = False
        self.timeline = Timeline(source.rate, source.timed)

    def sounds(self) -> Generator[Samples]:
        """The sound, shape (samples, channels), silence put where some is missing.

        Raises:
            FormatChangedError: where it changes, unless the source says so.
            UnevenError: where it is not what the index promises; what was given until then may lie at wrong places.
            SoundError: if it cannot be decoded.
            Interrupted: if the work was to stop.
        """
        pcm = self._source.pcm
        if pcm is not None and pcm.rate == self._rate:
            yield from read_samples(self._path, pcm, self._cancel)
            return
        worker = threading.Thread(target=self._work, daemon=True)
        worker.start()
        try:
            yield from self._placed(self._taken())
            self._check_promise(ended=True)
        finally:
            self._stop.set()
            while worker.is_alive():
                with contextlib.suppress(queue.Empty):
                    self._pieces.get_nowait()
                worker.join(0.02)

    def _placed(self, sounds: Iterable[Samples]) -> Iterator[Samples]:
        """Put silence in and take overlaps away, as the log tells it of each sample before that one comes."""
        done = 0  # samples that came out of ffmpeg
        given = 0  # samples given out
        shift = 0  # at the source's rate
        place = 0  # of the next cut
        dropping = 0
        for sound in sounds:
            self._await(done + len(sound))
            rest = sound
            while len(rest):
                cut = self._cut(place)
                ahead = len(rest) if cut is None else max(0, self._out(cut.at) - done)
                now = rest[:ahead]
                rest = rest[ahead:]
                done += len(now)
                kept = now[min(dropping, len(now)) :]
                dropping -= len(now) - len(kept)
                if len(kept):
                    given += len(kept)
                    yield kept
                if cut is not None and len(now) == ahead and done >= self._out(cut.at):
                    place += 1
                    shift += cut.silence - cut.drop
                    wanted = self._out(cut.at + shift) - given
                    dropping += max(0, -wanted)
                    for size in _portions(wanted):
                        given += size
                        yield np.zeros((size, self._source.channels), np.float32)

    def _cut(self, place: int) -> Cut | None:
        with self._grown:
            cuts = self.timeline.cuts
            return cuts[place] if place < len(cuts) else None

    def _out(self, samples: int) -> int:
        """A number of the source's samples, as samples of what comes out."""
        return round(samples * self._rate / self._source.rate)

    def _await(self, samples: int) -> None:
        """Wait until the log tells of so many samples that came out, or is at its end."""
        if not self._tells_frames:
            return
        with self._grown:
            while not self._log_ended and self._out(self.timeline.decoded) < samples:
                # a resampler may give a sample early; ffmpeg must not be kept from going on to tell of it
                if not self._grown.wait(1) and self._pieces.full():
                    break
            if len(self.timeline.formats) > 1 and not self._source.varies:
                raise FormatChangedError

    def _taken(self) -> Iterator[Samples]:
        frame = width(self._form) * self._source.channels
        rest = b""
        while (piece := self._next()) is not None:
            if isinstance(piece, ffmpeg.FfmpegError):
                raise self._refused(piece) from piece
            if isinstance(piece, BaseException):
                raise piece
            content = rest + piece if rest else piece
            whole = len(content) // frame * frame
            rest = content[whole:]
            sound = as_floats(content[:whole] if rest else content, self._form).reshape(-1, self._source.channels)
            if not self._tells_frames:
                self.timeline.advance(len(sound))
            self._check_promise()
            yield sound

    def _check_promise(self, *, ended: bool = False) -> None:
        """Pass where nothing speaks against what the index promises; its length is looked at once all was taken."""
        promised = self._source.promised
        if promised and not self._tells_frames:
            missing = abs(self.timeline.decoded - self._out(promised)) if ended else 0
            if self._met_errors or missing > JITTER_S * self._rate:
                raise UnevenError

    def _next(self) -> bytes | BaseException | None:
        while True:
            if self._cancel is not None and self._cancel.is_set():
                raise Interrupted
            with contextlib.suppress(queue.Empty):
                return self._pieces.get(timeout=0.1)

    def _refused(self, error: ffmpeg.FfmpegError) -> SoundError:
        return SoundError(f"« {printable(self._path.name)} » ne peut pas être décodé jusqu'au bout : {error}")

    def _work(self) -> None:
        end: BaseException | None = None
        try:
            if self._source.mended or self._source.links:
                with mapped(self._path) as content:
                    for start, stop in self._source.links:
                        self._run(content[at : min(stop, at + _PIECE)] for at in range(start, stop, _PIECE))
                    if self._source.mended:
                        self._run(mend(content, self._source.framed).stream(content))
            else:
                self._run(None)
        except BaseException as error:  # noqa: BLE001 - raised where the sound is taken
            end = error
        with self._grown:
            self.timeline.finish()
            self._log_ended = True
            self._grown.notify_all()
        self._put(end)

    def _run(self, feed: Iterable[bytes] | None) -> None:
        ffmpeg.run(
            ["-nostats", *map(str, graph.get_args(self._graph()))],
            feed=feed,
            on_output=self._put,
            on_log=self._read_log,
            cancel=self._stop,
            level="level+info",
            piece_bytes=_PIECE,
        )

    def _put(self, piece: bytes | BaseException | None) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=0.1)
                return

    def _graph(self) -> Any:
        source = self._source
        pcm = source.pcm
        if pcm is not None:
            sound = ffmpeg.read_raw(self._path, pcm.coding, pcm.rate, pcm.channels, pcm.offset)
            sound = sound.filter("atrim", end_sample=pcm.samples)
        else:
            is_fed = source.mended or source.links
            sound = ffmpeg.read_pipe(source.framed) if is_fed else ffmpeg.read_file(self._path, track=source.track)
            if self._tells_frames:
                sound = sound.filter("asettb", "1/1000000").filter("ashowinfo")
            elif source.framed != "aac":  # ADTS may change its format, and what was gathered would then be lost
                sound = sound.filter("asetnsamples", n=_FRAME, p=0)
        if source.varies or source.rate != self._rate:
            sound = sound.filter("aresample", self._rate)
        layout = {"channel_layouts": "stereo"} if source.varies else {}
        sound = sound.filter("aformat", sample_fmts="s16" if self._form == "s16le" else "flt", **layout)
        return sound.output("pipe:1", f=self._form, acodec=f"pcm_{self._form}")

    def _read_log(self, piece: bytes) -> None:
        lines, end, rest = (self._log + piece).rpartition(b"\n")
        self._log = rest
        if end:
            told = lines.decode("utf-8", "replace")
            with self._grown:
                self.timeline.take_all(told)
                self._met_errors = self._met_errors or tells_error(told)
                self._grown.notify_all()
        time.sleep(_GATHERING_S)


@contextlib.contextmanager
def mapped(path: Path) -> Iterator[bytes]:
    """A file's content, read where it is looked at.

    Raises:
        SoundError: if the file cannot be read.
    """
    try:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content  # type: ignore[misc] # it can be sliced and searched, as bytes can
    except (OSError, ValueError) as error:
        raise SoundError(f"« {printable(path.name)} » ne peut pas être lu : vérifiez son support.") from error


def _portions(samples: int) -> Iterator[int]:
    while samples > 0:
        yield min(samples, _SILENCE)
        samples -= _SILENCE
