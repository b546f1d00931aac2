"""The rows of « Équipe »: the roles of one show, and who can do what. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bobine.french import enumerate_words
from bobine.model.episode import Episode
from bobine.model.people import Role
from bobine.model.team import TEAM_ROLES, Member, Skill
from bobine.plan.fields.words import ROLES, SKILLS
from bobine.plan.people.team import fragile_roles, proposed, teaching_obstacle, understudies
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

ROLE_COLUMNS = (
    Column("Rôle", 10),
    Column("Tenu par", 20, share=2, most=40),
    Column("Doublure", 18, share=2, most=40),
    Column("Proposition", 24, share=4),
)

SKILL_COLUMNS = (
    Column("Qui sait faire quoi", 17, share=2, most=30),
    *(Column(ROLES[role].capitalize(), 10, share=1, most=16) for role in TEAM_ROLES),
)

SIGNS = {
    None: "·",
    Skill.DISCOVERED: "○ découv.",
    Skill.ASSISTED: "◐ aidé·e",
    Skill.AUTONOMOUS: "● auton.",
    Skill.TRAINER: "★ forme",
}
"""A sign and a word for each skill."""

LEGEND = "· jamais essayé  " + "  ".join(f"{SIGNS[skill].split()[0]} {SKILLS[skill]}" for skill in Skill)
"""The meaning of the signs."""

_TONES = {
    None: Tone.MUTED,
    Skill.DISCOVERED: Tone.PLAIN,
    Skill.ASSISTED: Tone.PLAIN,
    Skill.AUTONOMOUS: Tone.GOOD,
    Skill.TRAINER: Tone.GOOD,
}


def role_rows(episode: Episode, members: Collection[Member], episodes: Sequence[Episode]) -> list[Row]:
    """A row a role: who holds it, who learns it, and what might be done."""
    return [_role_row(role, episode, members, episodes) for role in TEAM_ROLES]


def _role_row(role: Role, episode: Episode, members: Collection[Member], episodes: Sequence[Episode]) -> Row:
    holders = [person.name for person in episode.people if person.holds(role)]
    learning = [person.name for person in episode.people if role in person.understudy]
    needed = role in (Role.HOST, Role.TECHNICIAN)
    nobody = Cell("✗ personne" if needed else "— personne", Tone.WARN if needed else Tone.MUTED)
    return Row(
        role.value,
        (
            Cell(ROLES[role].capitalize(), Tone.STRONG),
            Cell(", ".join(holders)) if holders else nobody,
            Cell(", ".join(learning)) if learning else Cell("—", Tone.MUTED),
            Cell(_proposal(role, holders, learning, episode, members, episodes), Tone.MUTED),
        ),
    )


def _proposal(
    role: Role,
    holders: Sequence[str],
    learning: Sequence[str],
    episode: Episode,
    members: Collection[Member],
    episodes: Sequence[Episode],
) -> str:
    if not holders:
        found = proposed(role, members, episodes, episode)
        return f"{found[0].name} : {found[0].reason}" if found else ""
    if learning or teaching_obstacle(role, members, episode):
        return ""
    found = understudies(role, members, episodes, episode)
    return f"en doublure : {found[0].name}, {found[0].reason}" if found else ""


def skill_rows(members: Iterable[Member]) -> list[Row]:
    """A row a member, a cell a role."""
    return [
        Row(
            member.id,
            (
                Cell(f"{member.name}{' (en pause)' if member.away else ''}", Tone.MUTED if member.away else Tone.PLAIN),
                *(Cell(SIGNS[member.skill(role)], _TONES[member.skill(role)]) for role in TEAM_ROLES),
            ),
        )
        for member in members
    ]


def fragile_line(members: Collection[Member]) -> str:
    """The roles that depend on too few people."""
    fragile = [ROLES[role] for role in fragile_roles(members)]
    if not members or not fragile:
        return ""
    return f"! Fragile : {enumerate_words(fragile)} — moins de deux personnes en autonomie."
