"""The options of ffmpeg for each kind of input. Pure.

Whatever comes in goes out as 16-bit samples at the recording's rate; the meter runs beside it and prints its readings
on standard error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bobine.ffmpeg_input import as_arguments, of_device, of_file, of_pipe, of_stream
from bobine.model.recording import InputKind, SoundInput

FRAGMENT_S = 0.05
"""How long a piece of sound is that a sound server hands over, seconds."""

STREAM_TIMEOUT_S = 8
"""After so many seconds without a byte, a stream is taken for broken."""

CALLED = "Bobine"
"""What we are called in a sound server's list of streams."""

_QUICK = {"fflags": "nobuffer", "probesize": 32, "analyzeduration": 0}
_WIDTHS = (2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The sound wanted from an input.

    Attributes:
        rate: of the recording, Hz.
        channels: of the recording: 1 or 2.
        pair: which channels of the input become them, counted from 1; empty for its first ones.
    """

    rate: int
    channels: int
    pair: tuple[int, ...] = ()


def arguments(
    source: SoundInput, wanted: Wanted, *, width: int | None = None, begin_s: float = 0, speed: float = 1
) -> list[str]:
    """Everything after ffmpeg's name.

    Args:
        source: the input; a file's path is absolute.
        wanted: what is wanted of it.
        width: how many channels the input is asked for, where a pair of them is wanted, as ``widths`` gives them.
        begin_s: where to begin in a file, seconds.
        speed: of a file: 1 for real time.
    """
    return _whole(
        _input(source, wanted, width or wanted.channels, begin_s),
        wanted,
        speed if source.kind is InputKind.FILE else None,
    )


def piped_arguments(wanted: Wanted, width: int) -> list[str]:
    """Everything after ffmpeg's name, where ``all_channels`` gives it its sound on standard input.

    Args:
        wanted: what is wanted of it.
        width: how many channels come in.
    """
    options = of_pipe("s16le", ar=wanted.rate, ac=width, **_QUICK)
    return _whole(as_arguments(options, "pipe:0"), wanted, None)


def all_channels(source: SoundInput, wanted: Wanted, channel_map: Sequence[str]) -> list[str]:
    """The command that hands over every channel of a PulseAudio source as it is: mixed and moved by nobody.

    Args:
        source: the input, by its own name.
        wanted: what is wanted of it.
        channel_map: the names of the source's channels, in its order.
    """
    return [
        "parec", "--raw", "--no-remap", "--no-remix", f"--client-name={CALLED}", f"--device={source.name}",
        "--format=s16le", f"--rate={wanted.rate}", f"--channels={len(channel_map)}",
        f"--channel-map={','.join(channel_map)}", f"--latency-msec={round(FRAGMENT_S * 1000)}",
    ]  # fmt: skip


def widths(source: SoundInput, wanted: Wanted) -> tuple[int | None, ...]:
    """Numbers of channels to ask an input for, in turn until it opens: a card accepts only its own."""
    asks = source.kind.is_device and source.kind is not InputKind.PULSE
    if not wanted.pair or not asks:
        return (None,)
    least = max(wanted.pair)
    return (least, *(width for width in _WIDTHS if width > least))


def stall_s(source: SoundInput) -> float:
    """Without sound for so long, the input is taken for lost, and opened again, seconds."""
    return STREAM_TIMEOUT_S + 2 if source.kind is InputKind.STREAM else 3


def _whole(opened: list[str], wanted: Wanted, speed: float | None) -> list[str]:
    return [
        "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error",
        *opened,
        "-filter_complex", _graph(wanted, speed),
        "-map", "[kept]", "-flush_packets", "1", "-f", "s16le", "pipe:1",
    ]  # fmt: skip


def _input(source: SoundInput, wanted: Wanted, width: int, begin_s: float) -> list[str]:
    asked = {"sample_rate": wanted.rate, "channels": width}
    name = source.name
    match source.kind:
        case InputKind.PULSE:
            fragment = round(FRAGMENT_S * wanted.rate) * width * 2
            options = of_device("pulse", name=CALLED, fragment_size=fragment, **asked, **_QUICK)
        case InputKind.OSS:
            options, name = of_device("oss", **asked, **_QUICK), "/dev/dsp" if name == "default" else name
        case InputKind.ALSA | InputKind.OPENAL:
            options = of_device(str(source.kind), **asked, **_QUICK)
        case InputKind.JACK:
            options = of_device("jack", channels=width, **_QUICK)
        case InputKind.DIRECTSHOW:
            options, name = of_device("dshow", audio_buffer_size=50, **asked), f"audio={name}"
        case InputKind.AVFOUNDATION:
            options, name = of_device("avfoundation"), f":{name}"
        case InputKind.STREAM:
            options = of_stream(rw_timeout=STREAM_TIMEOUT_S * 1_000_000)
        case InputKind.FILE:
            options, name = of_file(**({"ss": f"{begin_s:.6f}"} if begin_s else {})), f"file:{name}"
    return as_arguments(options, name)


def _graph(wanted: Wanted, speed: float | None) -> str:
    layout = "mono" if wanted.channels == 1 else "stereo"
    # ffmpeg 5.1's own -re stands still for a second after the first packet
    paced = f"arealtime=speed={speed:g}," if speed is not None else ""
    chosen = "|".join(f"c{n}=c{channel - 1}" for n, channel in enumerate(wanted.pair))
    pair = f"pan={layout}|{chosen}," if chosen else ""
    return (
        f"[0:a:0]{paced}{pair}aresample={wanted.rate},aformat=sample_fmts=s16:channel_layouts={layout},"
        "asplit=2[kept][metered];"
        "[metered]ebur128=metadata=1,ametadata=mode=print:file='pipe\\:2':direct=1,anullsink"
    )


def device_name(kind: InputKind) -> str:
    """The name of a device in ffmpeg's list of them."""
    return str(kind)
