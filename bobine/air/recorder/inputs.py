"""What ffmpeg is told for each kind of input. Pure.

Whatever comes in goes out as 16-bit samples at the recording's rate; the meter runs beside it and prints its readings
on standard error.
"""

from __future__ import annotations

from bobine.model.recording import InputKind, SoundInput

FRAGMENT_S = 0.05
"""How long a piece of sound is that a sound server hands over, seconds."""

STREAM_TIMEOUT_S = 8
"""After so many seconds without a byte, a stream is taken for broken."""

_STREAM_FORMATS = "aac,flac,mp3,ogg,mpegts,matroska,webm,mov,wav"


def arguments(source: SoundInput, rate: int, channels: int, *, begin_s: float = 0, speed: float = 1) -> list[str]:
    """Everything after ffmpeg's name.

    Args:
        source: the input; a file's path is absolute.
        rate: of the recording, Hz.
        channels: of the recording.
        begin_s: where to begin in a file, seconds.
        speed: of a file: 1 for real time.
    """
    return [
        "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error",
        *_input(source, rate, channels, begin_s),
        "-filter_complex", _graph(rate, channels, speed if source.kind is InputKind.FILE else None),
        "-map", "[kept]", "-flush_packets", "1", "-f", "s16le", "pipe:1",
    ]  # fmt: skip


def stall_s(source: SoundInput) -> float:
    """Without sound for so long, the input is taken for lost, and opened again, seconds."""
    return STREAM_TIMEOUT_S + 2 if source.kind is InputKind.STREAM else 3


def _input(source: SoundInput, rate: int, channels: int, begin_s: float) -> list[str]:
    asked = ["-sample_rate", str(rate), "-channels", str(channels)]
    quick = ["-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0"]
    fragment = round(FRAGMENT_S * rate) * channels * 2
    match source.kind:
        case InputKind.PULSE:
            options = ["-f", "pulse", "-fragment_size", str(fragment), *asked, *quick]
        case InputKind.ALSA | InputKind.OSS | InputKind.OPENAL:
            options = ["-f", str(source.kind), *asked, *quick]
        case InputKind.JACK:
            options = ["-f", "jack", "-channels", str(channels), *quick]
        case InputKind.DIRECTSHOW:
            return ["-f", "dshow", "-audio_buffer_size", "50", *asked, "-i", f"audio={source.name}"]
        case InputKind.AVFOUNDATION:
            return ["-f", "avfoundation", "-i", f":{source.name}"]
        case InputKind.STREAM:
            return [
                "-protocol_whitelist", "http,https,tcp,tls,crypto,httpproxy",
                "-format_whitelist", _STREAM_FORMATS,
                "-rw_timeout", str(STREAM_TIMEOUT_S * 1_000_000),
                "-i", source.name,
            ]  # fmt: skip
        case InputKind.FILE:
            begin = ["-ss", f"{begin_s:.6f}"] if begin_s else []
            whitelist = ["-protocol_whitelist", "file,pipe"]
            return [*whitelist, *begin, "-i", f"file:{source.name}"]
    return ["-protocol_whitelist", "pipe", *options, "-i", source.name]


def _graph(rate: int, channels: int, speed: float | None) -> str:
    layout = "mono" if channels == 1 else "stereo"
    # ffmpeg 5.1's own -re stands still for a second after the first packet
    paced = f"arealtime=speed={speed:g}," if speed is not None else ""
    return (
        f"[0:a:0]{paced}aresample={rate},aformat=sample_fmts=s16:channel_layouts={layout},asplit=2[kept][metered];"
        "[metered]ebur128=metadata=1,ametadata=mode=print:file='pipe\\:2':direct=1,anullsink"
    )


def device_name(kind: InputKind) -> str:
    """The name of a device in ffmpeg's list of them."""
    return str(kind)
