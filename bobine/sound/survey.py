"""What a sound file is: its rate, channels, length and peak, found by decoding it (ffprobe is not always there)."""

from __future__ import annotations

import re
import struct
import threading
from dataclasses import dataclass
from pathlib import Path

import ffmpeg as graph

from bobine import ffmpeg
from bobine.errors import SoundError

_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", re.MULTILINE)
_COUNT = re.compile(r"n_samples: (\d+)")
_PEAK = re.compile(r"max_volume: (-?[\d.]+|-inf) dB")
_FULL_SCALE = re.compile(r"histogram_0db: (\d+)")
_COMPLAINT = re.compile(r"^\[\S+ @ \S+\] (.*(?:[Ee]rror|[Ii]nvalid|[Cc]orrupt|truncat).*)$", re.MULTILINE)
_SILENCE_DB = -90.0


@dataclass(frozen=True, slots=True)
class SoundInfo:
    """What was found by decoding a file from one end to the other.

    Attributes:
        rate: sampling rate, Hz.
        channels: number of channels.
        samples: decoded length, samples per channel.
        declared_s: length that the file's header announces, seconds; None where it does not (for a WAV: what the file
            holds, even if its header promises more).
        peak_dbfs: highest sample, dBFS, of the sound reduced to 16 bits; None for digital silence.
        full_scale_samples: how many samples stand at full scale, to less than 1 dB.
        damage: ffmpeg's last complaint while decoding; empty for a sound file.
    """

    rate: int
    channels: int
    samples: int
    declared_s: float | None
    peak_dbfs: float | None
    full_scale_samples: int
    damage: str

    @property
    def duration_s(self) -> float:
        """Decoded length in seconds."""
        return self.samples / self.rate


def survey(path: Path, cancel: threading.Event | None = None) -> SoundInfo:
    """Decode a whole file and say what it holds.

    Raises:
        SoundError: if the file is missing, empty, or nothing in it can be decoded as sound.
        Interrupted: if ``cancel`` was set.
    """
    name = path.name
    if not path.is_file():
        raise SoundError(f"« {name} » : ce fichier n'existe pas.")
    if path.stat().st_size == 0:
        raise SoundError(f"« {name} » est vide (0 octet) : l'enregistrement ou la copie a échoué.")
    rate, channels = _layout(path, cancel)
    stream = ffmpeg.read_file(path).filter("volumedetect")
    try:
        # several outputs read the log: the header's duration and the filter's counts are printed at level "info"
        done = ffmpeg.run(["-nostats", *graph.get_args(stream.output("pipe:1", f="null"))], cancel=cancel, level="info")
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"« {name} » ne peut pas être décodé jusqu'au bout : {error}") from error
    count = _last(_COUNT, done.log)
    if count is None or int(count) < channels:
        raise SoundError(f"« {name} » ne contient aucun son.")
    # a length worked out from the bit rate announces nothing
    declared = None if "Estimating duration from bitrate" in done.log else _DURATION.search(done.log)
    peak = _last(_PEAK, done.log)
    level = None if peak in (None, "-inf") else float(str(peak))
    return SoundInfo(
        rate=rate,
        channels=channels,
        samples=int(count) // channels,
        declared_s=int(declared[1]) * 3600 + int(declared[2]) * 60 + float(declared[3]) if declared else None,
        peak_dbfs=None if level is None or level < _SILENCE_DB else level,
        full_scale_samples=int(_last(_FULL_SCALE, done.log) or 0),
        damage=_last(
            re.compile(r"^\[\S+ @ \S+\] (.*(?:[Ee]rror|[Ii]nvalid|[Cc]orrupt|truncat).*)$", re.MULTILINE), done.log
        )
        or "",
    )


def _layout(path: Path, cancel: threading.Event | None) -> tuple[int, int]:
    """Rate and channels, read from the header of a short stretch decoded to Sun AU (magic, offset, size, coding…)."""
    stream = ffmpeg.read_file(path)
    arguments = graph.get_args(stream.output("pipe:1", f="au", acodec="pcm_s16be", t=0.1))
    try:
        header = ffmpeg.run(arguments, cancel=cancel).output[:24]
    except ffmpeg.FfmpegError as error:
        raise SoundError(
            f"« {path.name} » n'est pas un fichier son que l'on sait lire : vérifiez que c'est bien l'enregistrement."
        ) from error
    if len(header) < 24:
        raise SoundError(f"« {path.name} » ne contient aucun son.")
    rate, channels = struct.unpack(">II", header[16:24])
    return int(rate), int(channels)


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.findall(text)
    return str(found[-1]) if found else None
