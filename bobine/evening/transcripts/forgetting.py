"""The words of a withdrawn item leave the transcript that is kept: nothing needs them, and they are somebody's."""

from __future__ import annotations

import contextlib

from bobine.errors import PlanError
from bobine.evening.transcripts.placing import without_item
from bobine.model.aired.transcript import Transcript
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.recordings import read_as_run
from bobine.store.records.transcripts import change_transcript, transcript_path
from bobine.store.workspace import EpisodeFolder


def forget_words(folder: EpisodeFolder, item: str) -> None:
    """Take the words of an item out of the transcript of its episode, if it has one; again changes nothing.

    A transcript that cannot be read is left: it goes online no more, and a withdrawal does not wait for it.

    Raises:
        SoundError: if no recording is attached.
        PlanError: if the as-run or the edits cannot be read as they stand: nothing is changed.
        WorkspaceError: if another program is writing the transcript.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    as_run, edits = read_as_run(folder.as_run), read_edits(edits_path(folder.path))

    def change(found: Transcript) -> Transcript:
        return without_item(found, as_run, edits, item)

    with contextlib.suppress(PlanError):
        change_transcript(transcript_path(folder.path), change)
