"""The result of an edit that was written, whatever it edited. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from bobine.plan.editing.conflicts import Conflict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Committed(Generic[T]):
    """An edit that was written.

    Attributes:
        value: the newest state, with the edit in it.
        found: the newest state before, without it.
        conflicts: fields that somebody else had just written too; what I wrote stands.
    """

    value: T
    found: T
    conflicts: tuple[Conflict, ...] = ()
