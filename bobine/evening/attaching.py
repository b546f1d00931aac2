"""``importer``, for the command and the screen alike: find the files meant, check them, and word the result."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.air.importing.importer import Imported, import_pads
from bobine.air.importing.placed import Aligned
from bobine.air.importing.recorded_when import doubt, recorded_when
from bobine.air.importing.several.names import are_numbered, clocks
from bobine.errors import DoubtfulError, SoundError
from bobine.french import decimal, enumerate_words, others, printable, size
from bobine.model.aired.as_run import MarksSource
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.model.written.durations import clock
from bobine.store.opening import is_regular
from bobine.store.reasons import reason_of
from bobine.store.sounds import find_file
from bobine.store.workspace import EpisodeFolder

_SUFFIXES = (
    "aac ac3 aif aiff amr ape au caf flac m4a mka mkv mov mp2 mp3 mp4 mpg oga ogg opus rf64 tta w64 wav webm wma wv"
)
SOUND_SUFFIXES = frozenset(f".{suffix}" for suffix in _SUFFIXES.split())
"""Suffixes of sound files in a folder."""

_DRIFT_WORTH_SAYING_PPM = 5
_FEW = 6
_MOST_NAMED = 4


def sound_files(paths: Iterable[Path]) -> list[Path]:
    """The files that paths mean: a folder stands for the sounds that lie in it, in order of names.

    Raises:
        SoundError: if a folder cannot be read, holds no sound, or sounds whose names do not say that they are one
            recording.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in SOUND_SUFFIXES and one.is_file())
        except OSError as error:
            raise SoundError(f"« {printable(path.name)} » ne peut pas être lu ({reason_of(error)}).") from error
        inside = [one for one in inside if not one.name.startswith(".")]
        if not inside:
            raise SoundError(f"« {printable(path.name)} » est un dossier sans fichier son : donnez l'enregistrement.")
        names = [printable(one.name) for one in inside]
        if len(names) > 1 and not are_numbered(names) and clocks(names) is None:
            raise SoundError(
                f"« {printable(path.name)} » contient des sons dont les noms ne se suivent pas : "
                f"{enumerate_words([f'« {name} »' for name in names[:_MOST_NAMED]])}"
                f"{'…' if len(names) > _MOST_NAMED else ''}. Donnez les fichiers de l'enregistrement, pas leur dossier."
            )
        found += inside
    return found


def why_not_of(show: Show, episode: Episode, files: Sequence[Path], now: datetime) -> str:
    """The reason why a file cannot be of that show, by its dates, one French sentence; empty where it has no slot."""
    if not episode.in_slot:
        return ""
    slot = show.slot
    for file in files:
        found = recorded_when(file)
        why = doubt(found, slot.bounds(episode.date), ZoneInfo(slot.timezone), now) if found is not None else ""
        if why:
            return why if len(files) == 1 else f"« {printable(file.name)} » : {why}"
    return ""


def off_air_words(reference: str) -> str:
    """The sentence that says how an episode is made that has no slot, and so never goes on air."""
    return (
        f"{reference} n'a pas de créneau, et ne passe pas à l'antenne : faites-la de ses PAD (bobine importer "
        f"{reference} --pad), ou donnez son enregistrement (bobine importer {reference} FICHIER)."
    )


def attach_pads(
    episode: Episode,
    folder: EpisodeFolder,
    *,
    without: bool = False,
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Imported:
    """Make an episode's recording of its ready-to-air sounds, in the order of the rundown.

    Items in reserve are not heard, nor are those that the podcast does not hold and that have no sound.

    Args:
        episode: the plan.
        folder: where its files are.
        without: leave out the items that have no sound, which are named otherwise.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the work stops and leaves everything as it was.

    Raises:
        SoundError: if an item has no sound, its file is not there, or it cannot be used.
        BobineError: as ``import_pads`` does.
    """
    planned = [item for item in episode.items if not item.standby]
    pads = [(item.id, find_file(folder.path, item.file)) for item in planned if item.file]
    if not pads:
        raise SoundError("Aucun élément de ce conducteur n'a de PAD : donnez un fichier à chacun (Entrée, « Son »).")
    titles = {item.id: item.title for item in planned}
    for item, path in pads:
        if not is_regular(path):
            raise SoundError(
                f"« {titles[item]} » : son PAD « {printable(path.name)} » n'est pas là. Copiez-le à sa place."
            )
    silent = [f"« {item.title} »" for item in planned if not item.file]
    if silent and not without:
        few = [*silent[:_FEW], others(len(silent) - _FEW)] if len(silent) > _FEW else silent
        raise DoubtfulError(
            f"Sans PAD : {enumerate_words(few)}.",
            "Donnez-leur un fichier, ou mettez-les en réserve ; pour faire l'émission sans eux, ajoutez --quand-meme.",
        )
    return import_pads(episode, folder.recording, pads, progress=progress, cancel=cancel)


def found_rows(imported: Imported, episode: Episode) -> list[tuple[str, str, str]]:
    """Rows of the items found: start, length and title of each."""
    titles = {item.id: item.title for item in episode.items}
    rate = imported.as_run.recording.rate
    return [
        (clock(aired.start / rate), clock((aired.end - aired.start) / rate), titles.get(aired.id, aired.id))
        for aired in imported.as_run.items
    ]


def found_by(imported: Imported) -> str:
    """The way the items were found, in French."""
    return "repères" if imported.as_run.source is MarksSource.MARKS else "heures prévues, à vérifier"


def file_lines(imported: Imported) -> list[str]:
    """List the files in use and those that lie unused beside them, one French sentence each."""
    recording = imported.as_run.recording
    parts = recording.parts
    lines = []
    if len(parts) > 1:
        lines.append(
            f"Un enregistrement en {len(parts)} fichiers, {clock(recording.samples / recording.rate)} en tout :"
        )
        lines += [
            f"  {clock(part.start / recording.rate)} · {part.origin or part.file} · "
            f"{clock(part.samples / recording.rate)}"
            for part in parts
        ]
    if imported.others:
        used = enumerate_words([part.file for part in parts[:_FEW]]) + (" …" if len(parts) > _FEW else "")
        beside = [f"{printable(one.file)} ({size(one.bytes)})" for one in imported.others]
        few = [*beside[:_FEW], others(len(beside) - _FEW)] if len(beside) > _FEW else beside
        lines.append(f"Utilisé : {used}. Gardé à côté : {enumerate_words(few)} ; seul « bobine purger » les efface.")
    return lines


def aligned_sentence(aligned: Aligned) -> str:
    """Say which recording a file was aligned with, and how well, in one French sentence."""
    found = aligned.alignment
    what = "l'enregistrement de l'antenne" if aligned.own else "l'enregistrement déjà rattaché"
    drift = 0.0 if found.drift is None else found.drift * 1e6
    said = f", dérive {_signed(drift, 0)} ppm" if abs(drift) >= _DRIFT_WORTH_SAYING_PPM else ""
    return f"Calé sur {what} : décalage {_signed(found.offset_s, 2)} s{said}, accord {decimal(found.agreement, 2)}."


def _signed(value: float, digits: int) -> str:
    text = decimal(value, digits)
    return text if text.startswith("−") else f"+{text}"
