"""A transcript attached to an episode, from the file of a tool or of a person, or taken away again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bobine.errors import PlanError, WorkspaceError
from bobine.evening.transcripts.heard import heard_sound
from bobine.evening.transcripts.placing import anchored
from bobine.french import is_one_safe_line, printable
from bobine.model.aired.transcript import Transcript
from bobine.model.written.durations import clock
from bobine.publish.text import one_line
from bobine.publish.transcripts.reading import Cue, cues_of
from bobine.store.opening import UnusableFileError, read_bounded
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.manifests import read_manifest
from bobine.store.records.transcripts import MOST_CUES, read_transcript, transcript_path, write_transcript
from bobine.store.workspace import EpisodeFolder

_MOST_BYTES = 8 << 20
_MOST_CHARS = 800_000
_LONGER_S = 2.0
"""Seconds by which a transcript may outlast its sound: tools round, and let the last words stand a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The result of attaching a transcript.

    Attributes:
        transcript: what is kept.
        beyond: how many of its cues lay past the end of the podcast, and are left out.
        doubt: why it may not be that of this sound, a French sentence; empty for no doubt.
        replaced: name of the file of the transcript in whose place it came; empty for none.
    """

    transcript: Transcript
    beyond: int
    doubt: str = ""
    replaced: str = ""


def attach_transcript(folder: EpisodeFolder, path: Path) -> Attached:
    """Keep a transcript of the podcast's sound, in the place of an earlier one.

    Args:
        folder: the episode's; its master must be that of its present recording and edits.
        path: a WebVTT or SRT file, whose times are those of the podcast.

    Raises:
        WorkspaceError: if the file is no transcript, or not one of that sound, or of the sound before an item was
            withdrawn from it; or another program is writing.
        MasterError: if there is no master, or no current one.
        SoundError: if no recording is attached.
        PlanError: if a file of the episode cannot be read as it stands.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    name = printable(path.name)
    cues = _cues(path)
    sound = heard_sound(folder, read_manifest(folder.manifest))
    kept = tuple(anchored(cues, sound.stretches))
    if not kept:
        raise WorkspaceError(
            f"« {name} » commence à {clock(cues[0].start_s)}, après la fin du podcast ({clock(sound.duration_s)}) : "
            "donnez la transcription de cet épisode."
        )
    last_s = max(cue.end_s for cue in cues)
    is_longer = last_s > sound.duration_s + _LONGER_S
    if is_longer and read_edits(edits_path(folder.path)).withdrawn:
        raise WorkspaceError(
            f"« {name} » va jusqu'à {clock(last_s)}, et le podcast finit à {clock(sound.duration_s)} depuis qu'un "
            "élément en est retiré, dont les paroles reviendraient : donnez la transcription du son de maintenant."
        )
    target = transcript_path(folder.path)
    replaced = _origin(target)
    transcript = Transcript(origin=one_line(name), recording=sound.recording, cues=kept)
    write_transcript(target, transcript)
    beyond = sum(cue.start_s >= sound.duration_s for cue in cues)
    doubt = ""
    if is_longer:
        doubt = (
            f"« {name} » va jusqu'à {clock(last_s)}, et le podcast finit à {clock(sound.duration_s)} : vérifiez que "
            "c'est la transcription du son publié, et non celle de l'antenne."
        )
    return Attached(transcript=transcript, beyond=beyond, doubt=doubt, replaced=replaced)


def _cues(path: Path) -> list[Cue]:
    """The cues of a file, in order of time.

    Raises:
        WorkspaceError: if it is no transcript, or a boundless one.
    """
    name = printable(path.name)
    try:
        content = read_bounded(path, _MOST_BYTES, named=True)
    except FileNotFoundError as error:
        raise WorkspaceError(f"« {printable(str(path))} » n'existe pas : vérifiez le chemin du fichier.") from error
    except UnusableFileError as error:
        raise WorkspaceError(
            f"« {printable(str(path))} » ne peut pas être lu ({error.reason}) : donnez un fichier WebVTT ou SRT."
        ) from error
    if not content.strip():
        raise WorkspaceError(f"« {name} » est vide : donnez la transcription, en WebVTT (.vtt) ou en SRT (.srt).")
    cues = [cue._replace(text=_safe(cue.text), who=_safe(cue.who)) for cue in cues_of(content)]
    cues = sorted((cue for cue in cues if cue.text), key=lambda cue: (cue.start_s, cue.end_s))
    if not cues:
        raise WorkspaceError(
            f"« {name} » n'est pas une transcription : donnez un fichier WebVTT (.vtt) ou SRT (.srt), où chaque "
            "réplique a ses heures, comme 00:01:02,500 --> 00:01:05,000."
        )
    if len(cues) > MOST_CUES or sum(len(cue.text) + len(cue.who) for cue in cues) > _MOST_CHARS:
        raise WorkspaceError(
            f"« {name} » a {len(cues)} répliques : {MOST_CUES} au plus, et {_MOST_CHARS} caractères ; demandez à "
            "l'outil une réplique par phrase, et non par mot."
        )
    return cues


def _safe(text: str) -> str:
    """A text without characters that are no words, as they would be refused when it is read again."""
    return text if is_one_safe_line(text) else one_line("".join(filter(is_one_safe_line, text)), len(text) + 1)


def _origin(path: Path) -> str:
    """The file of the transcript that is there; its own name where it cannot be read; empty for none."""
    try:
        found = read_transcript(path)
    except PlanError:
        return path.name
    return found.origin if found is not None else ""
