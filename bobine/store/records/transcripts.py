"""Read and write ``transcript.toml``: what is said in an episode, and where in its recorded sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.files import atomic_write, disk_errors, locked, sync_folder
from bobine.store.opening import UnusableFileError, file_digest
from bobine.store.records.derived import read_derived, safe_text
from bobine.store.rules import texts
from bobine.store.rules.limits import LONGEST_LIST
from bobine.store.toml.write import toml_value

MOST_CUES = LONGEST_LIST
"""Cues of a transcript, at most."""

_HEADER = (
    "Écrit par « bobine transcription » : qui dit quoi, et où dans le son enregistré, en millisecondes. "
    "Pour la corriger, corrigez votre fichier, puis donnez-le de nouveau."
)


def transcript_path(episode_folder: Path) -> Path:
    """``transcript.toml`` in an episode's folder."""
    return episode_folder / "transcript.toml"


def read_transcript(path: Path) -> Transcript | None:
    """Read the transcript of an episode; None where there is none.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, Transcript, _RULES)
    except FileNotFoundError:
        return None


def transcript_digest(path: Path) -> str:
    """SHA-256 of the file of a transcript, in hexadecimal; empty where there is none, or it cannot be opened."""
    try:
        return file_digest(path)
    except (FileNotFoundError, UnusableFileError):
        return ""


def write_transcript(path: Path, transcript: Transcript) -> None:
    """Write the transcript of an episode, in the place of an earlier one, readable or not.

    Raises:
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    with locked(path):
        _write(path, transcript)


def change_transcript(path: Path, change: Callable[[Transcript], Transcript]) -> None:
    """Change the transcript of an episode, where there is one: a function of its newest state, under the file's lock.

    Raises:
        PlanError: if the file cannot be read as it stands: nothing is changed.
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    with locked(path):
        found = read_transcript(path)
        if found is not None and (changed := change(found)) != found:
            _write(path, changed)


def remove_transcript(path: Path) -> bool:
    """Remove the transcript of an episode; tells whether there was one.

    Raises:
        WorkspaceError: if another program is writing it.
        DiskError: if the place cannot be written.
    """
    with locked(path), disk_errors(path):
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True


def _write(path: Path, transcript: Transcript) -> None:
    lines = [
        f"# {_HEADER}",
        "",
        f"origin = {toml_value(transcript.origin)}",
        f"recording = {toml_value(transcript.recording)}",
        "cues = [",
        *(f"    {_row(cue)}," for cue in transcript.cues),
        "]",
    ]
    atomic_write(path, ("\n".join(lines) + "\n").encode())


def _row(cue: SpokenCue) -> str:
    """A cue on one line of its own."""
    who = f"who = {toml_value(cue.who)}, " if cue.who else ""
    parts = ", ".join(toml_value(encode(part, sparse=True)) for part in cue.parts)
    return f"{{ {who}text = {toml_value(cue.text)}, parts = [{parts}] }}"


def _part(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = fields.get("start_ms"), fields.get("end_ms")
    if start is not None and end is not None and end < start:
        yield "end_ms", "la fin est avant le début"


def _cue(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not fields.get("parts", True):
        yield "parts", "il manque où cela s'entend"


_RULES = Rules(
    text=safe_text,
    fields={(SoundPart, "start_ms"): texts.at_least(0), (SoundPart, "take"): texts.file_name},
    tables={SoundPart: _part, SpokenCue: _cue},
)
