"""The podcast's encodings, seen as frames: an encoded stretch is cut at frames and joined by putting them in a row.

Each segment is encoded with some of its neighbours' sound around it; the encoder has then forgotten where it started by
the time the segment begins, and the neighbours' frames are thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bobine.errors import ToolError
from bobine.master.encoding import ogg
from bobine.model.show import AudioFormat, Sound


@dataclass(frozen=True, slots=True)
class Mp3:
    """Constant bit rate MPEG-1 layer III at 48 kHz, without bit reservoir and without a Xing header.

    Without the reservoir a frame depends on nothing but the sound around it, which is what makes joining exact. LAME
    turns 128 kb/s down by 0.446 dB (its own preset table); the make-up gives it back.

    Attributes:
        kbps: bit rate, kb/s.
        true_peak_dbtp: the limit that decoded sound must keep.
        format: which encoding it is.
        frame: samples in a frame.
        delay: samples by which decoded sound comes late, where frames are decoded one after the other.
        warm_up: frames encoded before a segment, and thrown away.
        look_ahead: frames encoded after it, and thrown away.
        container: ffmpeg's name of the container that ``wrap`` makes.
        sample_format: the sample format that the encoder takes best.
        effort: how long encoding takes beside the others.
    """

    kbps: int
    true_peak_dbtp: float
    format: AudioFormat = AudioFormat.MP3
    frame: int = 1152
    delay: int = 1105
    warm_up: int = 32
    look_ahead: int = 6
    container: str = "mp3"
    sample_format: str = "fltp"
    effort: float = 1.8

    @property
    def make_up_db(self) -> float:
        """0.446 dB from 64 to 160 kb/s, 0.265 at 192, none above: measured on LAME's output."""
        return 0.446 if self.kbps <= 160 else 0.265 if self.kbps <= 192 else 0.0

    @property
    def first_ceiling_db(self) -> float:
        """Limited speech overshoots by half a decibel; hot music by more, and is then corrected."""
        return self.true_peak_dbtp - 0.6

    @property
    def frame_bytes(self) -> int:
        """The size of every frame, bytes: 384 at 48 kHz and 128 kb/s."""
        return self.kbps * 1000 * self.frame // (48_000 * 8)

    def encoder_options(self) -> dict[str, Any]:
        """CBR, no reservoir, no Xing header, no ID3."""
        return {
            "f": "mp3",
            "acodec": "libmp3lame",
            "audio_bitrate": f"{self.kbps}k",
            "reservoir": 0,
            "write_xing": 0,
            "id3v2_version": 0,
        }

    def split(self, stream: bytes) -> list[bytes]:
        """Frames of one size.

        Raises:
            ToolError: if the stream is not made of such frames.
        """
        size = self.frame_bytes
        frames = [stream[at : at + size] for at in range(0, len(stream), size)]
        if any(len(frame) != size or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0 for frame in frames):
            raise ToolError("L'encodeur MP3 de ce ffmpeg ne donne pas des trames régulières : utilisez-en un autre.")
        return frames

    def wrap(self, frames: Iterable[bytes], count: int, samples: int) -> Iterable[bytes]:  # noqa: ARG002
        """The pieces of a decodable stream: MP3 frames need no container."""
        return frames


@dataclass(frozen=True, slots=True)
class Opus:
    """Opus at 48 kHz stereo in 20 ms packets; the attributes mean what they mean for ``Mp3``.

    At podcast rates speech comes out 0.1 to 0.2 dB quieter than it went in, music as it was: the make-up is between.
    """

    kbps: int
    true_peak_dbtp: float
    format: AudioFormat = AudioFormat.OPUS
    frame: int = ogg.PACKET_SAMPLES
    delay: int = 0
    warm_up: int = 50
    look_ahead: int = 6
    make_up_db: float = 0.1
    container: str = "ogg"
    sample_format: str = "flt"
    pre_skip: int = 312
    effort: float = 1.0

    @property
    def first_ceiling_db(self) -> float:
        """Opus at podcast rates overshoots more than MP3."""
        return self.true_peak_dbtp - 2.0

    def encoder_options(self) -> dict[str, Any]:
        """Variable bit rate around the nominal one, tuned for any sound.

        Complexity 5 takes a third of the time of the highest one; at 48 kb/s what it adds to the sound measured 15 dB
        lower on speech (it stays with the transform coder) and 0.4 dB higher on music.
        """
        return {
            "f": "opus",
            "acodec": "libopus",
            "audio_bitrate": f"{self.kbps}k",
            "vbr": "on",
            "application": "audio",
            "compression_level": 5,
            "frame_duration": 20,
        }

    def split(self, stream: bytes) -> list[bytes]:
        """The packets of an Ogg stream.

        Raises:
            ToolError: if it is none, or its encoder delay is not libopus's at 48 kHz.
        """
        try:
            found = ogg.read_packets(stream)
        except ValueError as error:
            raise ToolError("L'encodeur Opus de ce ffmpeg n'a pas donné un flux Ogg lisible.") from error
        if found.pre_skip != self.pre_skip:
            raise ToolError("L'encodeur Opus de ce ffmpeg a un retard inattendu : utilisez-en un autre.")
        return found.packets

    def wrap(self, frames: Iterable[bytes], count: int, samples: int) -> Iterable[bytes]:
        """The pieces of an Ogg Opus stream of ``count`` packets that lasts ``samples``."""
        return ogg.stream_pages(frames, count, self.pre_skip, samples)


Codec = Mp3 | Opus


def codec(audio_format: AudioFormat, sound: Sound) -> Codec:
    """The encoding of a format, at the show's bit rate."""
    if audio_format is AudioFormat.MP3:
        return Mp3(sound.mp3_kbps, sound.true_peak_dbtp)
    return Opus(sound.opus_kbps, sound.true_peak_dbtp)
