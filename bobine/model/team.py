"""The team of a show over a season: who can do what, so that roles are shared and skills spread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bobine.model.people import Role

TEAM_ROLES = (Role.HOST, Role.TECHNICIAN, Role.EDITOR, Role.INTERVIEWER, Role.WELCOME)
"""The roles that each show needs somebody for, in the order they are read out."""


class Skill(StrEnum):
    """A person's skill in a role, from the first time to passing it on; ordered."""

    DISCOVERED = "discovered"
    ASSISTED = "assisted"
    AUTONOMOUS = "autonomous"
    TRAINER = "trainer"

    @property
    def rank(self) -> int:
        """The skill's rank, from 1 for discovered to 4 for able to train others."""
        return list(Skill).index(self) + 1

    @property
    def alone(self) -> bool:
        """Whether the person can hold the role without help."""
        return self in (Skill.AUTONOMOUS, Skill.TRAINER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the team.

    Attributes:
        id: slug, unique in the team; the id that the person has in the episodes.
        name: as it is said on air.
        host: skill in presenting; None where it was never tried, as for each role below.
        technician: skill at the desk.
        editor: skill in editing.
        interviewer: skill in interviewing.
        welcome: skill in welcoming guests.
        away: not available for the time being: nobody suggests them.
        notes: anything to know (« pas le premier jeudi du mois »).
        aliases: other spellings of the name, which are the same person in the season's report.
    """

    id: str
    name: str
    host: Skill | None = None
    technician: Skill | None = None
    editor: Skill | None = None
    interviewer: Skill | None = None
    welcome: Skill | None = None
    away: bool = False
    notes: str = ""
    aliases: tuple[str, ...] = ()

    def skill(self, role: Role) -> Skill | None:
        """The member's skill in a role of the team; None where they never tried it.

        Raises:
            ValueError: if the role is not one of ``TEAM_ROLES``.
        """
        match role:
            case Role.HOST:
                return self.host
            case Role.TECHNICIAN:
                return self.technician
            case Role.EDITOR:
                return self.editor
            case Role.INTERVIEWER:
                return self.interviewer
            case Role.WELCOME:
                return self.welcome
            case _:
                raise ValueError(f"{role} is not a role of the team")
