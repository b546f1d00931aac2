"""French words about a transcript, for the command and the screen."""

from __future__ import annotations

from bobine.evening.transcripts.attaching import Attached
from bobine.french import enumerate_words
from bobine.model.aired.transcript import Transcript


def cues_told(count: int) -> str:
    """A number of cues, in French."""
    return f"{count} réplique{'s' if count > 1 else ''}"


def told(transcript: Transcript) -> str:
    """A transcript, in French, from « de » on: the file that it was, how long it is, who speaks."""
    voices = f", voix de {enumerate_words(transcript.voices)}" if transcript.voices else ""
    return f"de « {transcript.origin} » : {cues_told(len(transcript.cues))}{voices}"


def doubts(attached: Attached) -> tuple[str, ...]:
    """Reasons to look again at a transcript that was attached, French sentences."""
    beyond = (f"{cues_told(attached.beyond)} après la fin du podcast, et laissées de côté.",) if attached.beyond else ()
    return (*((attached.doubt,) if attached.doubt else ()), *beyond)


def replaced_told(attached: Attached) -> str:
    """The sentence that says which transcript another one came in the place of; empty for none."""
    return f"Elle remplace celle de « {attached.replaced} », qui n'est plus gardée ici." if attached.replaced else ""
