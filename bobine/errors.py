"""The errors that a user may meet: each carries one French sentence (or several, listed together).

A message says what is wrong, where, and what to do. It is plain text: whoever shows it escapes it for its medium.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class BobineError(Exception):
    """The root of every expected failure; the command line turns it into its message and exit code 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file written by hand.

    Attributes:
        file: the file, as the user knows it (relative to the workspace where possible).
        line: 1-based line, or 0 where the fault has no line (a missing file).
        key: dotted path of the key, such as ``items[3].duration`` (counted from 1); empty for the file as a whole.
        message: what is wrong and what was expected, in French, without the place.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = self.file + (f", ligne {self.line}" if self.line else "")
        return f"{place} : {self.key} : {self.message}" if self.key else f"{place} : {self.message}"


class PlanError(BobineError):
    """A workspace file (``shows.toml``, ``episode.toml``…) that cannot be read as it stands; lists every fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class WorkspaceError(BobineError):
    """No workspace here, or no such show or episode in it."""


class ToolError(BobineError):
    """ffmpeg is missing, too old, or failed for a reason that is not the sound's."""


class SoundError(BobineError):
    """A recording or an audio file that cannot be used."""


class DoubtfulError(SoundError):
    """A sound that is refused unless the user confirms that it is the right one.

    Attributes:
        reason: what is wrong with it, whole sentences, without the advice on what to do.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        super().__init__(f"{reason} {remedy}")


class MarksError(BobineError):
    """Marks that do not fit the recording or the rundown."""


class RightsError(BobineError):
    """Rights or consents that forbid making or publishing the podcast until they are settled."""


class MasterError(BobineError):
    """A master that misses its targets, or that does not exist yet."""


class PublishError(BobineError):
    """The destination refused, is not reachable, or holds something other than what was sent."""


class AwayError(PublishError):
    """A destination that gives no answer, or no way to it; trying again later may help."""


class ClusterError(BobineError):
    """A cluster that cannot be reached, or whose workers are not fit for the work."""


class DiskError(BobineError):
    """No room left, or a place that cannot be written."""


class BusyError(WorkspaceError):
    """Another program holds the lock of what was to be changed; trying again later helps."""


class JournalError(BobineError):
    """A line that is no event of a journal, or an event that could not be read back from one."""


@contextlib.contextmanager
def unforeseen_as(told: Callable[[], BobineError]) -> Iterator[None]:
    """Bound a reader: whatever goes wrong inside, on whatever content, comes out as the reader's own error.

    The project's own errors pass, and so does a file that is not there: readers tell that one themselves.

    Args:
        told: makes the error; only called where one is needed.
    """
    try:
        yield
    except (BobineError, FileNotFoundError):
        raise
    except Exception as error:  # a file from elsewhere may hold anything
        raise told() from error


class Interrupted(BobineError):
    """The user stopped the work; nothing half-written is left."""

    def __init__(self, sentence: str = "Interrompu : rien n'a été changé.") -> None:
        """Take its sentence, which says what was done so far where something was."""
        super().__init__(sentence)
