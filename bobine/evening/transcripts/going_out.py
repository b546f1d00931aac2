"""The transcript of an episode as it goes online: where its words are heard today, in both forms."""

from __future__ import annotations

from pathlib import Path

from bobine.errors import BobineError
from bobine.evening.transcripts.heard import HeardSound, heard_sound
from bobine.evening.transcripts.placing import placed
from bobine.french import sort_key
from bobine.model.aired.transcript import Transcript
from bobine.model.episode import Episode
from bobine.model.people import Verdict
from bobine.model.published.master import Manifest
from bobine.publish.transcripts.reading import Cue
from bobine.publish.transcripts.writing import subrip, webvtt
from bobine.store.records.transcripts import read_transcript, transcript_path
from bobine.store.workspace import EpisodeFolder

WEBVTT, SUBRIP = "transcript.vtt", "transcript.srt"
"""Names of the two files."""

_WITHOUT = "La transcription n'est pas mise en ligne"


def heard_cues(transcript: Transcript, sound: HeardSound, episode: Episode) -> tuple[Cue, ...]:
    """The cues heard in the podcast, in its seconds; nobody is named as a voice who may not be named in the feed.

    Args:
        transcript: what is said in the recorded sound; one of another recording is not heard.
        sound: what the podcast plays.
        episode: the plan, with its people.
    """
    if transcript.recording != sound.recording:
        return ()
    unnamed = {sort_key(one.name) for one in episode.people if one.minor or one.podcast_consent is not Verdict.GRANTED}
    return tuple(
        cue._replace(who="") if sort_key(cue.who) in unnamed else cue
        for cue in placed(transcript.cues, sound.stretches)
    )


def stage_transcript(
    folder: EpisodeFolder, episode: Episode, manifest: Manifest, staging: Path
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the transcript of an episode in both forms, where it has one.

    Args:
        folder: the episode's.
        episode: its plan.
        manifest: of its master.
        staging: the folder for what goes online.

    Returns:
        The files, none where there is nothing to read; and why there is none although there is a transcript, French
        sentences: the episode goes online all the same.
    """
    try:
        transcript = read_transcript(transcript_path(folder.path))
        if transcript is None:
            return (), ()
        cues = heard_cues(transcript, heard_sound(folder, manifest), episode)
    except BobineError as error:
        return (), (f"{_WITHOUT} : {error}",)
    if not cues:
        again = f"bobine transcription {folder.reference} FICHIER"
        why = f"rien de ce qu'elle dit n'est dans ce son ; donnez celle du son de maintenant : {again}"
        return (), (f"{_WITHOUT} : {why}",)
    files = staging / WEBVTT, staging / SUBRIP
    for path, content in zip(files, (webvtt(cues), subrip(cues)), strict=True):
        path.write_bytes(content)
    return files, ()
