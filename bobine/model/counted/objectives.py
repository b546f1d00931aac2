"""The four objectives of the editorial line."""

from __future__ import annotations

from enum import StrEnum


class Objective(StrEnum):
    """The four interdependent objectives of the editorial line.

    Everyone can speak; local initiatives are put forward; popular education; content that is accessible to all.
    """

    VOICES = "voices"
    INITIATIVES = "initiatives"
    EDUCATION = "education"
    ACCESSIBLE = "accessible"


OBJECTIVES = {
    Objective.VOICES: "la parole à toutes et tous",
    Objective.INITIATIVES: "les initiatives d'ici",
    Objective.EDUCATION: "l'éducation populaire",
    Objective.ACCESSIBLE: "un contenu accessible à toutes et tous",
}
"""Words for the objectives."""
