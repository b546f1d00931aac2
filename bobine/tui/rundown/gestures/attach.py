"""Files attached: a recording, the rundown's ready-to-air sounds, or a transcript, which is also taken away here."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bobine.errors import BobineError, DoubtfulError
from bobine.store.typed_paths import typed_paths
from bobine.tui.attaching.asking import Asked, AskFiles, keep
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.kit.dialogs.working import watch
from bobine.tui.kit.drafts import place_in
from bobine.tui.messages import Wish, WishMade
from bobine.tui.rundown.asking import choose

if TYPE_CHECKING:
    from bobine.air.importing.importer import Imported
    from bobine.store.workspace import EpisodeFolder
    from bobine.tui.rundown.open_rundown import StoredRundown

TRANSCRIPTS = frozenset({".vtt", ".srt"})
"""Suffixes of the files that are transcripts."""

HINT = (
    "Le fichier de l'enregistrement, ou ceux qui se suivent, un par ligne ; ou leur dossier. Ils sont copiés, et rien "
    "de ce qui était déjà là n'est effacé. Rien d'écrit : l'émission est faite de ses PAD. Un .vtt ou un .srt : la "
    "transcription du podcast."
)


async def run(rundown: StoredRundown) -> None:
    """Ask which files, import them with their progress, show what was found, and offer the master."""
    from bobine.evening.attaching import sound_files, why_not_of

    def check(asked: Asked) -> str | None:
        try:
            paths = sound_files(typed_paths(asked.files))
        except BobineError as error:
            return str(error)
        absent = next((path for path in (*paths, *typed_paths(asked.marks)) if not path.is_file()), None)
        return f"« {absent} » : ce fichier n'existe pas." if absent is not None else None

    await rundown.settle()
    known = await asyncio.to_thread(_known_transcript, rundown)
    if known and not await _goes_on(rundown, known):
        return
    asked = await rundown.answer(AskFiles("Rattacher un enregistrement", HINT, check))
    if asked is None:
        return
    place = place_in(rundown.desk.show.slug, rundown.day)
    keep(place, asked)
    files = sound_files(typed_paths(asked.files))
    if [file.suffix.lower() in TRANSCRIPTS for file in files] == [True]:
        if await _attach_transcript(rundown, files[0]):
            keep(place, Asked("", ""))
        return
    marks = next(iter(typed_paths(asked.marks)), None)
    now = rundown.desk.now()
    why = await asyncio.to_thread(why_not_of, rundown.desk.show, rundown.episode, files, now)
    if why and not await _sure(rundown, why):
        return
    try:
        imported = await _import(rundown, files, marks, forced=bool(why))
    except DoubtfulError as error:
        if not await _sure(rundown, error.reason):
            return
        imported = await _import(rundown, files, marks, forced=True)
    if imported is None:
        rundown.tell("Arrêté : rien n'a été changé.")
        return
    keep(place, Asked("", ""))
    await _after(rundown, imported)


def _known_transcript(rundown: StoredRundown) -> str:
    """Say which transcript the episode has; empty where it has none."""
    from bobine.evening.transcripts.words import told
    from bobine.store.records.transcripts import read_transcript

    try:
        found = read_transcript(_transcript_path(rundown))
    except BobineError as error:
        return f"Celle qui est là ne peut pas être lue. {error}"
    return f"L'épisode a une transcription, {told(found)}." if found is not None else ""


def _transcript_path(rundown: StoredRundown) -> Path:
    from bobine.store.records.transcripts import transcript_path

    return transcript_path(_folder(rundown).path)


def _folder(rundown: StoredRundown) -> EpisodeFolder:
    return rundown.desk.workspace.folder(rundown.desk.show, rundown.day)


async def _goes_on(rundown: StoredRundown, known: str) -> bool:
    """Offer to take away the transcript that is there; tells whether files are to be asked for all the same."""
    away = "Elle n'est plus gardée ici ; ce qui est en ligne la perd à la prochaine correction."
    options = [
        Option("files", "Rattacher un enregistrement, ou une autre transcription"),
        Option("away", "Retirer la transcription", away),
    ]
    chosen = await choose(rundown, "Que faire ?", options, intro=known)
    if chosen == "away":
        await _take_away(rundown)
    return chosen == "files"


async def _take_away(rundown: StoredRundown) -> None:
    from bobine.store.records.transcripts import remove_transcript

    try:
        await asyncio.to_thread(remove_transcript, _transcript_path(rundown))
    except BobineError as error:
        rundown.tell(str(error), refused=True)
        return
    rundown.tell("L'épisode n'a plus de transcription. S'il est en ligne : à corriger.")


async def _attach_transcript(rundown: StoredRundown, path: Path) -> bool:
    """Attach a transcript of the podcast's sound, and say what was found; tells whether it is attached."""
    from bobine.evening.transcripts.attaching import attach_transcript
    from bobine.evening.transcripts.words import doubts, replaced_told, told

    folder = _folder(rundown)
    try:
        attached = await asyncio.to_thread(attach_transcript, folder, path)
    except BobineError as error:
        rundown.tell(str(error), refused=True)
        return False
    for sentence in doubts(attached):
        rundown.tell(sentence, warning=True)
    rundown.tell(
        f"Transcription {told(attached.transcript)}. {replaced_told(attached)}".strip() + " À publier, ou à corriger."
    )
    return True


async def _sure(rundown: StoredRundown, why: str) -> bool:
    options = [Option("no", "Renoncer"), Option("yes", "Le prendre quand même")]
    return await choose(rundown, "Est-ce bien ce qu'il faut ?", options, intro=why) == "yes"


async def _import(
    rundown: StoredRundown, files: Sequence[Path], marks: Path | None, *, forced: bool
) -> Imported | None:
    from bobine.air.importing.importer import import_recording
    from bobine.evening.attaching import attach_pads

    episode = rundown.episode
    folder = _folder(rundown)

    def work(tell: Callable[[float], None], cancel: threading.Event) -> Imported:
        if not files:
            return attach_pads(episode, folder, without=forced, progress=tell, cancel=cancel)
        return import_recording(
            episode,
            folder.recording,
            files,
            marks,
            accept_damage=forced,
            removes_hum=rundown.desk.show.sound.remove_hum,
            progress=tell,
            cancel=cancel,
        )

    return await watch(rundown, "Lecture et copie de l'enregistrement", work)


async def _after(rundown: StoredRundown, imported: Imported) -> None:
    """Show what was found, in the words of the command, and what can be done next."""
    from bobine.air.importing.remarks_of_items import told
    from bobine.evening.attaching import aligned_sentence, file_lines, found_by, found_rows

    rows = found_rows(imported, rundown.episode)
    notes = [*told(imported.remarks), *imported.notes]
    said = [aligned_sentence(imported.aligned)] if imported.aligned is not None else []
    options = [
        Option("master", "Monter l'émission", "Les niveaux, les coupes, le MP3 et l'Opus ; ensuite, l'écoute."),
        Option("publish", "Monter et publier", "L'épisode est en ligne quand c'est fini."),
        Option("later", "Plus tard"),
        *(Option(f"note {n}", note, group="⚠ À voir") for n, note in enumerate(notes)),
        *(Option(f"file {n}", line, group="Fichiers") for n, line in enumerate((*said, *file_lines(imported)))),
        *(
            Option(f"item {n}", f"{start} · {title} ({length})", group=f"Éléments trouvés ({found_by(imported)})")
            for n, (start, length, title) in enumerate(rows)
        ),
    ]
    count = len(rows)
    title = f"Enregistrement rattaché : {count} élément{'s' if count > 1 else ''}"
    if notes:
        title += f", {len(notes)} chose{'s' if len(notes) > 1 else ''} à voir"
    chosen = await choose(rundown, title, options, search=False)
    if chosen in ("master", "publish"):
        folder = _folder(rundown)
        rundown.post_message(WishMade(Wish(folder.reference, publish=chosen == "publish")))
