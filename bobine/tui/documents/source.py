"""The source of a document: how it is read and written, and how two edits of it are merged. It knows no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bobine.plan.editing.committed import Committed
from bobine.tui.documents.signatures import Signature

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """The source of a document; its reader and its writer are called outside of the event loop.

    Attributes:
        read: its newest state; raises ``BobineError`` when it cannot be read as it stands.
        write: given what was seen and what it shall be, writes the difference into the newest state.
        signature: changes whenever the files do; never raises.
        merge: the same difference, applied to a value; pure.
        write_back: as ``write``, for undo and redo: what somebody wrote since in the same places stands, and is told.
        merge_back: the same, applied to a value; pure. Without both, undo writes over it.
        ours: whether this program wrote that value last, from this screen or another.
        forget: given one side of a step, its other side, what was seen and the newest state: that side without the rows
            that others dropped since and that only this step would bring back; pure.
    """

    read: Callable[[], T]
    write: Callable[[T, T], Committed[T]]
    signature: Callable[[], Signature]
    merge: Callable[[T, T, T], T]
    write_back: Callable[[T, T], Committed[T]] | None = None
    merge_back: Callable[[T, T, T], T] | None = None
    ours: Callable[[T], bool] = lambda _: False
    forget: Callable[[T, T, T, T], T] = lambda side, *_: side
