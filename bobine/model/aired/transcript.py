"""The transcript of an episode: who says what, and where in the recorded sound, so that it follows what is heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPart:
    """A stretch of recorded sound; milliseconds from the beginning of its file.

    Attributes:
        start_ms: where it begins.
        end_ms: where it ends.
        take: name of the take's file in ``recording/``; empty for the recording, counted as a whole.
    """

    start_ms: int
    end_ms: int
    take: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenCue:
    """Words said in one go.

    Attributes:
        text: the words, on one line.
        who: the voice that says them; empty where that is not told.
        parts: where they are heard; several where something is cut out, or left out, in the middle of them.
    """

    text: str
    who: str = ""
    parts: tuple[SoundPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The content of ``transcript.toml``.

    Attributes:
        origin: name of the file that it was read from.
        recording: digest of the recording in which its parts count.
        cues: what is said, in the order in which it was heard when the transcript was attached.
    """

    origin: str
    recording: str
    cues: tuple[SpokenCue, ...]

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices that are told, each once, in the order in which they are first heard."""
        return tuple(dict.fromkeys(cue.who for cue in self.cues if cue.who))
