"""The words for one setting. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One key in French.

    Attributes:
        label: its name on a screen and in sentences, with a capital.
        note: what it means and what may be written there: the file's comment, the screen's hint.
    """

    label: str
    note: str
