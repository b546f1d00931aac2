"""The sound that mastering reads: 48 kHz PCM files that can be sought to the sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

from bobine import ffmpeg
from bobine.master.cache.digests import file_state
from bobine.master.cache.program import makers
from bobine.master.edit import Segment, joins, sounds_of
from bobine.master.encoding import graphs
from bobine.master.pieces import RECORDING, Join
from bobine.model.aired.as_run import Recording
from bobine.sound.conform import conform, is_plain
from bobine.sound.joining import FileSpan, join
from bobine.store.files import disk_errors


def readable_sources(
    recording: Recording,
    pieces: Sequence[FileSpan],
    takes: Mapping[str, Path],
    segments: tuple[Segment, ...],
    folder: Path,
    cancel: Event,
) -> dict[str | Join, Path]:
    """Every sound that segments are made of, as one 48 kHz PCM file each: the recording, the takes, the joins.

    Args:
        recording: what was recorded.
        pieces: its files, each where it lies.
        takes: what stands in the place of an item's own sound, by its name.
        segments: the edit list.
        folder: where decoded copies and joins may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if a file cannot be decoded.
        Interrupted, DiskError: as ``ffmpeg.run`` does.
    """
    found: dict[str | Join, Path] = {}
    for n, name in enumerate(sounds_of(segments)):
        own = folder / f"sound-{n}"
        with disk_errors(own):
            own.mkdir()
        if name == RECORDING:
            found[name] = readable_source(recording, pieces, own, cancel)
        else:
            found[name] = plain(takes[name], own / "source.wav", cancel)
    for n, one in enumerate(joins(segments)):
        target = folder / f"join-{n}.wav"
        ffmpeg.run(graphs.crossfade(found[one.sound], one, target), cancel=cancel)
        found[one] = target
    return found


def readable_source(recording: Recording, pieces: Sequence[FileSpan], folder: Path, cancel: Event) -> Path:
    """The recording itself where it is one plain file of 48 kHz PCM WAV, else its whole sound as such in ``folder``.

    Several files give the very sound that one would have given: they are joined at their own rate, then resampled.

    Args:
        recording: what was recorded.
        pieces: its files, each where it lies.
        folder: where files of the work may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if the recording cannot be decoded.
        Interrupted, DiskError: as ``conform`` does.
    """
    if len(pieces) == 1:
        return plain(pieces[0].path, folder / "source.wav", cancel)
    joined = folder / "joined.wav"
    with disk_errors(joined):
        join(pieces, recording.rate, joined, to_rate=recording.rate, cancel=cancel)
    return plain(joined, folder / "source.wav", cancel)


def plain(path: Path, target: Path, cancel: Event) -> Path:
    """A file itself where mastering can read it as it is, else its sound as such in ``target``.

    Raises:
        SoundError: if it cannot be decoded.
        Interrupted, DiskError: as ``conform`` does.
    """
    if is_plain(path):
        return path
    conform(path, None, target, cancel)
    return target


def sound_states(
    recording: Recording, pieces: Sequence[FileSpan], takes: Mapping[str, Path], sources: Mapping[str | Join, Path]
) -> dict[str | Join, str]:
    """For each sound that is read or decoded from files, a text that changes whenever those do; joins have none.

    Args:
        recording: what was recorded.
        pieces: its files, each where it lies.
        takes: what stands in the place of an item's own sound, by its name.
        sources: what ``readable_sources`` gave.
    """
    found: dict[str | Join, str] = {}
    for sound, path in sources.items():
        if isinstance(sound, str):
            of = pieces if sound == RECORDING else [FileSpan(takes[sound], 0, 0)]
            states = [f"{piece.start} {piece.samples} {file_state(piece.path)}" for piece in of]
            how = "plain" if path == of[0].path else f"decoded {recording.rate} {makers()}"
            found[sound] = "\n".join([how, *states])
    return found
