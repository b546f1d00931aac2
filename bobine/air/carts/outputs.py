"""The arguments that ffmpeg takes for each kind of sound output, and the test whether an output works."""

from __future__ import annotations

import threading

from bobine import ffmpeg
from bobine.air.carts.prepare import CHANNELS, FRAME, RATE
from bobine.errors import Interrupted, ToolError
from bobine.ffmpeg_input import as_arguments, of_pipe
from bobine.french import printable
from bobine.model.carts import OutputKind, SoundOutput

BUFFER_MS = 80
"""Sound buffered by a sound server: less, and a busy computer makes holes; more, and a key answers late."""

_PROBE_S = 0.3
_PATIENCE_S = 8.0


def arguments(output: SoundOutput) -> list[str]:
    """Everything after ffmpeg's name: what comes on standard input is played as soon as it comes."""
    return ["-hide_banner", "-nostats", "-loglevel", "error", *_stream(output)]


def _stream(output: SoundOutput) -> list[str]:
    options = of_pipe("s16le", ar=RATE, ac=CHANNELS, fflags="nobuffer", probesize=32, analyzeduration=0)
    return [*as_arguments(options, "pipe:0"), "-c:a", "pcm_s16le", *_device(output)]


def _device(output: SoundOutput) -> list[str]:
    default = output.name == "default"
    match output.kind:
        case OutputKind.PULSE:
            device = [] if default else ["-device", output.name]
            return ["-f", "pulse", "-name", "Bobine", "-buffer_duration", str(BUFFER_MS), *device, "Bobine"]
        case OutputKind.ALSA:
            return ["-f", "alsa", output.name]
        case OutputKind.OSS:
            return ["-f", "oss", "/dev/dsp" if default else output.name]
        case OutputKind.AUDIOTOOLBOX:
            device = [] if default else ["-audio_device_index", output.name]
            return ["-f", "audiotoolbox", *device, "Bobine"]


def check_output(output: SoundOutput) -> None:
    """Play a moment of silence.

    Raises:
        ToolError: if there is no ffmpeg, if it does not know that kind of output, or if the output refuses.
    """
    name = printable(str(output))
    if output.kind not in ffmpeg.output_devices():
        raise ToolError(
            f"L'ffmpeg de cet ordinateur ({ffmpeg.find().version}) ne sait pas jouer vers « {name} » : choisissez une "
            "autre sortie dans shows.toml, ou installez l'ffmpeg du système."
        )
    late = threading.Event()
    timer = threading.Timer(_PATIENCE_S, late.set)
    timer.start()
    try:
        ffmpeg.run(_stream(output), feed=bytes(round(_PROBE_S * RATE) * FRAME), cancel=late)
    except ffmpeg.FfmpegError as error:
        raise ToolError(f"La sortie « {name} » ne répond pas : vérifiez qu'elle est branchée et allumée.") from error
    except Interrupted:
        raise ToolError(f"La sortie « {name} » ne prend pas le son : un autre programme l'occupe peut-être.") from None
    finally:
        timer.cancel()
