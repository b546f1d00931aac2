"""The edits of a document: each as undo needs it, on its way to the disk, and as the screen is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Step(Generic[T]):
    """One edit, as undo needs it: from what to what; once it is written, what was found and what was made of it."""

    before: T
    after: T
    label: str


@dataclass(frozen=True, slots=True)
class News(Generic[T]):
    """Changes of a document that its screen has not shown yet.

    Attributes:
        before: what was shown.
        after: what is shown now.
        conflicts: fields that two people wrote.
        refused: why an edit could not be made, and was taken back; empty otherwise.
        unsaved: why what is shown is not written yet; empty once it is.
        elsewhere: the change came from outside.
    """

    before: T
    after: T
    conflicts: tuple[str, ...] = ()
    refused: str = ""
    unsaved: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Write(Generic[T]):
    """An edit on its way to the disk.

    Attributes:
        step: which.
        back: it is taken back, not made.
        again: it was made before, and is taken back or done again: what others wrote since stands.
        take_back: restores undo and redo when it is refused.
    """

    step: Step[T]
    back: bool
    again: bool
    take_back: Callable[[], None]

    @property
    def base(self) -> T:
        """The state that it starts from."""
        return self.step.after if self.back else self.step.before

    @property
    def mine(self) -> T:
        """The state that it wants."""
        return self.step.before if self.back else self.step.after

    def learn(self, old: T, new: T) -> None:
        """Remember exactly what was found and written, under whatever ids and beside whatever others wrote."""
        self.step.before, self.step.after = (new, old) if self.back else (old, new)
