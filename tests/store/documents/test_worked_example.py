"""The workspace of the tests reads as meant: a show as complete as a real one, and the worked example of a rundown."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bobine.model.episode import Episode, ItemKind
from bobine.model.ideas import IdeaStatus
from bobine.model.people import Role, Verdict
from bobine.model.rights import podcast_edit
from bobine.model.team import TEAM_ROLES
from bobine.model.written.durations import format_duration
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER

DAY = date(2026, 11, 26)
RUNDOWN = """\
18:00:00 0'40 Générique
18:00:40 1'50 Accueil, sommaire
18:02:30 0'10 Virgule
18:02:40 6'00 Politique locale
18:08:40 4'00 Live 1
18:12:40 5'00 Littérature
18:17:40 0'10 Virgule
18:17:50 3'30 Feuilleton Pedro l'Avocat
18:21:20 9'00 Portrait
18:30:20 0'20 Jingle
18:30:40 4'00 Live 2
18:34:40 4'30 Paroles d'ados
18:39:10 4'30 Cinéma
18:43:40 3'00 Jeu
18:46:40 3'00 Agenda
18:49:40 3'30 Live 3
18:53:10 1'10 Remerciements
18:54:20 0'40 Générique de fin
"""


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(ATELIER)


@pytest.fixture(scope="module")
def episode(workspace: Workspace) -> Episode:
    return read_episode(workspace, workspace.show("bobine-romanaise"), DAY)


def test_the_show(workspace: Workspace) -> None:
    show = workspace.show("bobine-romanaise")
    paris = ZoneInfo("Europe/Paris")
    assert show.slot.bounds(DAY) == (
        datetime(2026, 11, 26, 18, 0, tzinfo=paris),
        datetime(2026, 11, 26, 18, 55, tzinfo=paris),
    )
    assert show.slot.day.number == DAY.weekday()
    assert f"{show.station.name} {show.station.frequency}" == "Radio Méga 99.2 FM"
    assert show.tagline == "l'émission qui vous aiguille la pelote"
    assert len([chronique for chronique in show.chroniques if not chronique.serial]) == 11
    assert [chronique.title for chronique in show.chroniques if chronique.serial] == [
        "Pépette la Tomate",
        "Pedro l'Avocat",
    ]
    assert sum((item.duration for item in show.template), timedelta()) == timedelta(minutes=55)
    assert [item.id for item in show.template] == [item.id for item in show.template if item.id]


def test_the_season_counts_to_the_episode(workspace: Workspace, episode: Episode) -> None:
    season = workspace.show("bobine-romanaise").season
    thursdays = [date(2026, 10, 1) + timedelta(weeks=week) for week in range(9)]
    assert len([day for day in thursdays if season.is_open(day)]) == episode.number == 7
    assert season.number(DAY) == episode.season
    closed = [date(2026, 10, 22), date(2026, 12, 24), date(2027, 2, 18), date(2027, 4, 15), date(2027, 8, 5)]
    assert not any(season.is_open(day) for day in closed)


def test_the_rundown_is_the_worked_example(workspace: Workspace, episode: Episode) -> None:
    start, end = workspace.show("bobine-romanaise").slot.bounds(DAY)
    lines = []
    for item in episode.counted_items:
        lines.append(f"{start:%H:%M:%S} {format_duration(item.duration)} {item.title}\n")
        assert item.fixed_start in (None, start.time())
        start += item.duration
    assert "".join(lines) == RUNDOWN
    assert start == end
    assert episode.planned_total == timedelta(minutes=55)
    assert [number for number, item in enumerate(episode.counted_items, 1) if item.droppable] == [15, 16]
    assert [item.id for item in episode.items if item.standby] == ["secours"]


def test_the_episode_is_complete(episode: Episode) -> None:
    edit = podcast_edit(episode, [item.id for item in episode.items])
    assert edit.unknown == ()
    assert edit.left_out == {}
    assert any(person.minor and person.representative for person in episode.people)
    assert all(person.consent_reference for person in episode.people if person.needs_consent)
    assert all(person.podcast_consent is Verdict.GRANTED for person in episode.people)
    named = {person for item in episode.items for person in item.people}
    assert named == {person.id for person in episode.people}
    for item in episode.items:
        assert item.works or not item.kind.musical, item.title
        assert item.people or item.kind.connective or "theme" in item.kind, item.title
        assert not item.bed or item.works, item.title
        if item.kind is ItemKind.LIVE_MUSIC:
            assert all(work.composer and work.performer and work.duration for work in item.works)


def test_the_team_is_the_committee_and_knows_the_episode(workspace: Workspace, episode: Episode) -> None:
    team = {member.id: member for member in read_team(workspace, workspace.show("bobine-romanaise"))}
    assert len(team) == 13
    assert [person.id for person in episode.people if not person.needs_consent and person.id not in team] == []
    assert all(team[person.id].name == person.name for person in episode.people if person.id in team)
    alone = {
        role: [one.id for one in team.values() if not one.away and (skill := one.skill(role)) and skill.alone]
        for role in TEAM_ROLES
    }
    assert alone[Role.TECHNICIAN] == ["loic"]
    assert all(len(found) > 1 for role, found in alone.items() if role is not Role.TECHNICIAN)


def test_the_ideas_are_open_planned_and_set_aside(workspace: Workspace, episode: Episode) -> None:
    ideas = read_ideas(workspace, workspace.show("bobine-romanaise"))
    assert {idea.status for idea in ideas} == set(IdeaStatus)
    (planned,) = [idea for idea in ideas if idea.status is IdeaStatus.PLANNED]
    assert planned.planned_for == DAY
    assert planned.duration == next(item.duration for item in episode.items if item.id == "portrait")
    assert all(idea.by and idea.proposed and idea.notes for idea in ideas)
