"""The formats that a command is asked to make."""

from __future__ import annotations

from bobine.errors import WorkspaceError
from bobine.model.show import AudioFormat, Sound


def chosen_formats(text: str | None, sound: Sound) -> tuple[AudioFormat, ...]:
    """The formats asked for on the command line, else the show's.

    Raises:
        WorkspaceError: if one of them does not exist.
    """
    if text is None:
        return sound.formats
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    known = [audio_format.value for audio_format in AudioFormat]
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        raise WorkspaceError(
            f"--formats {text} : écrivez un ou plusieurs de {', '.join(known)}, séparés par des virgules."
        )
    return tuple(dict.fromkeys(AudioFormat(name) for name in names))
