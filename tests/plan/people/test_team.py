"""Who may hold a role and who may learn it, and what a change of the team makes of the episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode
from bobine.model.people import Person, Role
from bobine.model.team import TEAM_ROLES, Member, Skill
from bobine.plan.people.team import (
    AT_ROLE,
    Candidate,
    candidates,
    fragile_roles,
    members_seen,
    next_skill,
    proposed,
    teaching_obstacle,
    understudies,
    with_skill,
)
from bobine.plan.people.team_moves import assign, clear_understudy, set_understudy, suggest, unassign
from bobine.plan.readiness.lacks import Lack, LackKind
from bobine.plan.readiness.settle import remedies
from bobine.tui.team.rows import role_rows
from tests.plan.episodes import LOIC, SAMIRA, an_episode, an_item, episodes

TECH = Role.TECHNICIAN
TEAM = (
    Member(id="loic", name="Loïc Chastel", technician=Skill.TRAINER, host=Skill.AUTONOMOUS),
    Member(id="paul", name="Paul Arnichand", technician=Skill.AUTONOMOUS),
    Member(id="samira", name="Samira Benhaddou", host=Skill.TRAINER, technician=Skill.AUTONOMOUS),
    Member(id="lea", name="Léa Roux", technician=Skill.ASSISTED),
    Member(id="gus", name="Gus", technician=Skill.DISCOVERED, editor=Skill.AUTONOMOUS),
    Member(id="zoe", name="Zoé"),
    Member(id="ali", name="Ali", technician=Skill.TRAINER, away=True),
)


def at_the_desk(day: date, person_id: str, name: str, *learning: str) -> Episode:
    people = [Person(id=person_id, name=name, role=TECH)]
    people += [Person(id=one, name=one, role=Role.CONTRIBUTOR, understudy=(TECH,)) for one in learning]
    return an_episode((), tuple(people), day)


PAST = (
    at_the_desk(date(2026, 11, 19), "loic", "Loïc Chastel", "lea"),
    at_the_desk(date(2026, 11, 12), "p", "PAUL ARNICHAND", "gus"),
    at_the_desk(date(2026, 11, 5), "loic", "Loïc", "lea"),
    at_the_desk(date(2026, 12, 3), "paul", "Paul Arnichand"),
    replace(at_the_desk(date(2026, 6, 1), "samira", "Samira Benhaddou"), season=7),
)
NOW = an_episode((), (SAMIRA,))


def said(found: tuple[Candidate, ...]) -> list[tuple[str, str]]:
    return [(one.id, one.reason) for one in found]


def test_who_is_free_and_sure_and_has_not_held_it_for_long_is_first() -> None:
    found = candidates(TECH, TEAM, PAST, NOW)
    assert said(found) == [
        ("paul", "en autonomie, pas tenu depuis 1 émission"),
        ("loic", "peut former, dernière fois le 19 novembre"),
        ("lea", "avec de l'aide, jamais tenu"),
        ("gus", "a découvert, jamais tenu"),
        ("zoe", "jamais essayé, jamais tenu"),
        ("samira", "en autonomie, pas tenu depuis 3 émissions, déjà à l'animation"),
    ]
    assert [(one.times, one.shows_since, one.last) for one in found[:2]] == [
        (1, 2, date(2026, 11, 12)),
        (2, 1, date(2026, 11, 19)),
    ]
    assert found[-1].times == 0


def test_who_holds_the_role_is_no_candidate_and_editing_goes_with_all() -> None:
    assert "loic" not in [one.id for one in candidates(TECH, TEAM, PAST, replace(NOW, people=(LOIC,)))]
    assert candidates(Role.EDITOR, TEAM, PAST, replace(NOW, people=(LOIC,)))[0].id == "gus"
    assert not any(one.busy for one in candidates(Role.EDITOR, TEAM, PAST, replace(NOW, people=(LOIC,))))


def test_who_was_helped_least_learns_first() -> None:
    held = replace(NOW, people=(LOIC,))
    assert said(understudies(TECH, TEAM, PAST, held)) == [
        ("gus", "a découvert, pas appris depuis 1 émission"),
        ("lea", "avec de l'aide, dernière doublure le 19 novembre"),
        ("zoe", "jamais essayé"),
    ]
    learning = replace(held, people=(LOIC, Person(id="gus", name="Gus", role=Role.CONTRIBUTOR, understudy=(TECH,))))
    assert [one.id for one in understudies(TECH, TEAM, PAST, learning)] == ["lea", "zoe"]


def test_a_role_is_learned_from_somebody_who_can_do_it_alone() -> None:
    assert teaching_obstacle(TECH, TEAM, NOW) == (
        "Personne n'est à la technique : une doublure apprend aux côtés de quelqu'un."
    )
    lea = Person(id="lea", name="Léa Roux", role=TECH)
    assert "Léa Roux n'est pas encore en autonomie" in teaching_obstacle(TECH, TEAM, replace(NOW, people=(lea,)))
    assert teaching_obstacle(TECH, TEAM, replace(NOW, people=(lea, LOIC))) == ""
    stranger = Person(id="x", name="Xavier", role=TECH)
    assert teaching_obstacle(TECH, TEAM, replace(NOW, people=(stranger,))) == ""


def test_a_role_that_one_person_holds_alone_is_fragile() -> None:
    assert fragile_roles(TEAM) == (Role.EDITOR, Role.INTERVIEWER, Role.WELCOME)
    assert fragile_roles(TEAM[:1]) == TEAM_ROLES


def test_a_workspace_without_a_team_has_those_it_saw() -> None:
    seen = members_seen([*PAST, an_episode((), (Person(id="p", name="Petra", role=Role.GUEST),))])
    assert [(one.name, one.technician) for one in seen] == [
        ("gus", Skill.ASSISTED),
        ("lea", Skill.ASSISTED),
        ("Loïc", Skill.AUTONOMOUS),
        ("Loïc Chastel", Skill.AUTONOMOUS),
        ("PAUL ARNICHAND", Skill.AUTONOMOUS),
        ("Samira Benhaddou", Skill.AUTONOMOUS),
    ]
    assert len({one.id for one in seen}) == len(seen)


def test_skills_go_round() -> None:
    steps: list[Skill | None] = [None]
    while (step := next_skill(steps[-1])) is not None:
        steps.append(step)
    assert steps == [None, *Skill]
    assert with_skill(TEAM[5], Role.WELCOME, Skill.TRAINER).welcome is Skill.TRAINER
    with pytest.raises(ValueError, match="not a role of the team"):
        with_skill(TEAM[5], Role.GUEST, None)


def test_a_role_comes_beside_what_somebody_does_already() -> None:
    episode = an_episode(
        (an_item("jeu", people=("paul",)),),
        (
            Person(id="paul", name="Paul Arnichand", role=Role.CONTRIBUTOR),
            Person(id="lea", name="Léa Roux", role=Role.CONTRIBUTOR, understudy=(TECH, Role.HOST)),
            Person(id="jo", name="Jo", role=Role.GUEST),
        ),
    )
    assert assign(episode, TECH, "loic", "Loïc Chastel").people == (*episode.people, LOIC)
    paul = assign(episode, TECH, "p", "paul arnichand").people[0]
    assert (paul.role, paul.also) == (Role.CONTRIBUTOR, (TECH,))
    lea = assign(episode, TECH, "lea", "Léa Roux").people[1]
    assert (lea.role, lea.also, lea.understudy) == (TECH, (), (Role.HOST,))
    assert assign(episode, Role.HOST, "jo", "Jo").people[2].needs_consent
    both = assign(assign(episode, Role.WELCOME, "paul", "Paul Arnichand"), Role.HOST, "paul", "Paul Arnichand")
    assert both.people[0].also == (Role.HOST, Role.WELCOME)


def test_who_has_nothing_left_to_do_leaves() -> None:
    held = an_episode((), (replace(SAMIRA, also=(Role.EDITOR,)), LOIC))
    assert unassign(held, Role.HOST, "samira").people[0] == replace(SAMIRA, role=Role.EDITOR)
    assert unassign(held, TECH, "loic").people == held.people[:1]
    talking = replace(held, items=(an_item("jeu", people=("loic",)),))
    assert unassign(talking, TECH, "loic").people[1] == replace(LOIC, role=Role.CONTRIBUTOR)
    assert unassign(held, Role.WELCOME, "samira") is held
    learned = set_understudy(held, TECH, "lea", "Léa Roux")
    assert learned.people[2] == Person(id="lea", name="Léa Roux", role=Role.CONTRIBUTOR, understudy=(TECH,))
    assert clear_understudy(learned, TECH, "lea") == held
    assert set_understudy(held, TECH, "loic", "Loïc Chastel") is held


def _busy(episode: Episode, person: Person) -> bool:
    return episode.stopwatch == person.id or any(person.id in item.people for item in episode.items)


@given(episodes(), st.sampled_from(TEAM_ROLES), st.sampled_from(TEAM))
def test_assigning_twice_is_assigning_once_and_can_be_taken_back(episode: Episode, role: Role, member: Member) -> None:
    once = assign(episode, role, member.id, member.name)
    assert assign(once, role, member.id, member.name) == once
    holder = next(p for p in once.people if p.holds(role) and member.name == p.name)
    before = [p for p in episode.people if p.id == holder.id]
    back = unassign(once, role, holder.id)
    assert not any(p.holds(role) and p.id == holder.id for p in back.people)
    if before and not before[0].holds(role) and _busy(episode, before[0]):
        assert back.people == episode.people
    learned = set_understudy(episode, role, member.id, member.name)
    assert set_understudy(learned, role, member.id, member.name) == learned


def test_the_empty_roles_are_filled_and_each_has_an_understudy() -> None:
    team = (*TEAM, Member(id="kim", name="Kim", welcome=Skill.AUTONOMOUS, interviewer=Skill.DISCOVERED))
    full = suggest(an_episode(), team, PAST)
    holders = {role: [p.id for p in full.people if p.holds(role)] for role in TEAM_ROLES}
    assert holders == {
        Role.HOST: ["loic"], TECH: ["samira"], Role.EDITOR: ["gus"], Role.INTERVIEWER: [], Role.WELCOME: ["kim"],
    }  # fmt: skip
    learners = {role: [p.id for p in full.people if role in p.understudy] for role in TEAM_ROLES}
    assert learners[TECH] == ["lea"]
    assert learners[Role.INTERVIEWER] == []
    assert suggest(full, team, PAST) == full


@given(episodes(), st.lists(st.sampled_from(PAST), max_size=4))
def test_a_suggestion_changes_nothing_that_was_decided(episode: Episode, past: list[Episode]) -> None:
    full = suggest(episode, TEAM, past)
    assert full.items == episode.items
    for person in episode.people:
        after = full.person(person.id)
        assert all(after.holds(role) for role in (person.role, *person.also) if role is not Role.CONTRIBUTOR)
        assert set(person.understudy) <= set(after.understudy)
    for person in full.people:
        assert not set(person.also) & set(person.understudy)
        assert person.role not in person.understudy
        if person not in episode.people:
            assert not (person.holds(Role.HOST) and person.holds(TECH))
    ids = [person.id for person in full.people]
    assert len(set(ids)) == len(ids)


@given(episodes(), st.sampled_from([Role.HOST, Role.TECHNICIAN]), st.booleans())
def test_every_screen_proposes_the_same_people(episode: Episode, role: Role, written: bool) -> None:
    """What « Régler » offers, what « Équipe » shows and what it fills in come from one list, in one order."""
    empty = replace(episode, people=tuple(one for one in episode.people if not one.holds(role)), items=())
    team = TEAM if written else ()
    listed = proposed(role, team, PAST, empty)
    assert not any(one.busy for one in listed)
    lack = Lack(kind=LackKind[role.name], item="", owner="", what="")
    offered = remedies(empty, lack, (), lambda one: proposed(one, team, PAST, empty))
    assert [one.label for one in offered[:-1]] == [f"{one.name} {AT_ROLE[role]}" for one in listed[:3]]
    shown = next(row for row in role_rows(empty, team or members_seen(PAST), PAST) if row.key == role.value)
    assert (listed[0].name if listed else "") in str(shown.cells[3])
    members = {member.id: member for member in TEAM}
    assert not any(members[one.id].away for one in listed if one.id in members)


def test_who_has_nothing_to_do_that_evening_is_proposed_before_who_has() -> None:
    busy = Person(id="gus", name="Gus", role=Role.EDITOR)
    members = (
        Member(id="gus", name="Gus", welcome=Skill.TRAINER),
        Member(id="jo", name="Jo", welcome=Skill.AUTONOMOUS),
    )
    episode = replace(NOW, people=(busy,))
    assert [one.id for one in proposed(Role.WELCOME, members, (), episode)] == ["jo", "gus"]
    assert suggest(episode, members, ()).people[-1].id == "jo"
