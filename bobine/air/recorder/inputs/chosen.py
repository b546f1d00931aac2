"""The input that a show's settings choose, checked before anything listens to it."""

from __future__ import annotations

import os
from pathlib import Path

from bobine import ffmpeg
from bobine.air.recorder.inputs.ffmpeg_options import device_name
from bobine.errors import SoundError, ToolError
from bobine.french import printable
from bobine.model.recording import InputKind, RecordingSettings, SoundInput, parse_input


def source_of(settings: RecordingSettings, root: Path) -> SoundInput:
    """The input that the settings name; a file's path is absolute.

    Args:
        settings: the show's.
        root: the folder that a relative path starts from.

    Raises:
        SoundError: if none is configured, or the file to play does not exist.
        ToolError: if there is no ffmpeg, or if it cannot read that kind of input.
    """
    if not settings.input:
        raise SoundError(
            "Aucune entrée son n'est choisie : écrivez-la dans shows.toml, table « recording », clé « input » "
            "(par exemple « pulse:default »)."
        )
    source = parse_input(settings.input)
    if source.kind is InputKind.FILE:
        path = Path(os.path.realpath(root / source.name))
        # a relative path stands in the settings, and stays in the workspace; another was given on the command line
        if not Path(source.name).is_absolute() and not path.is_relative_to(os.path.realpath(root)):
            raise SoundError(f"Le fichier à jouer « {printable(source.name)} » est hors de l'atelier : copiez-l'y.")
        if not path.is_file():
            raise SoundError(f"Le fichier à jouer « {printable(str(path))} » n'existe pas.")
        return SoundInput(kind=source.kind, name=str(path))
    if source.kind.is_device and device_name(source.kind) not in ffmpeg.input_devices():
        raise ToolError(
            f"L'ffmpeg de cet ordinateur ({ffmpeg.find().version}) ne sait pas lire « {source.kind} » : choisissez une "
            "autre entrée dans shows.toml, ou installez l'ffmpeg du système."
        )
    return source
