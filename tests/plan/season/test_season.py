"""The season's calendar: its days, their states, and the season that a screen opens on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Holiday, SeasonCalendar, Show, Slot, Station, Weekday
from bobine.model.slot_days import season_bounds, slot_days
from bobine.plan.readiness.report import Lack, LackKind
from bobine.plan.season.calendar import DayFacts, DayState, season_days, season_shown

SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="Essai",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
    season=SeasonCalendar(holidays=(Holiday(name="Noël", start=date(2026, 12, 19), end=date(2027, 1, 3)),)),
)
DAY = date(2026, 11, 26)
EPISODE = Episode(
    show="fil",
    date=DAY,
    season=8,
    number=7,
    title="Essai",
    people=(
        Person(id="samira", name="Samira", role=Role.HOST),
        Person(id="yannick", name="Yannick", role=Role.HOST),
        Person(id="loic", name="Loïc", role=Role.TECHNICIAN),
    ),
    items=(Item(id="accueil", title="Accueil", kind=ItemKind.TALK, duration=timedelta(minutes=55)),),
)
LACK = Lack(kind=LackKind.STANDBY, item="", owner="Samira", what="Rien en réserve.")
CALENDARS = st.builds(
    SeasonCalendar,
    first_month=st.integers(1, 12),
    last_month=st.integers(1, 12),
    first_year=st.integers(2000, 2030),
)


def test_a_season_is_every_thursday_from_october_to_july() -> None:
    assert season_bounds(SHOW.season, 8) == (date(2026, 10, 1), date(2027, 7, 31))
    days = slot_days(SHOW, 8)
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 1), date(2027, 7, 29), 44)
    shown = season_days(SHOW, {}, 8, DAY)
    assert tuple(day.date for day in shown) == days
    assert [day.date for day in shown if day.holiday == "Noël"] == [date(2026, 12, 24), date(2026, 12, 31)]
    assert {day.state for day in shown} == {DayState.EMPTY}
    assert next(day.date for day in shown if not day.past) == DAY


@pytest.mark.parametrize(
    ("facts", "state", "word"),
    [
        (DayFacts(episode=EPISODE), DayState.READY, "prête"),
        (DayFacts(episode=EPISODE, lacks=(LACK,)), DayState.IN_PREPARATION, "en préparation"),
        (DayFacts(episode=replace(EPISODE, items=())), DayState.IN_PREPARATION, "en préparation"),
        (DayFacts(episode=None, fault="ligne 3"), DayState.IN_PREPARATION, "en préparation"),
        (DayFacts(episode=EPISODE, lacks=(LACK,), recorded=True), DayState.RECORDED, "enregistrée"),
        (DayFacts(episode=EPISODE, recorded=True, online=True), DayState.ONLINE, "en ligne"),
        (DayFacts(episode=None, fault="ligne 3", online=True), DayState.ONLINE, "en ligne"),
        (DayFacts(episode=replace(EPISODE, cancelled=True), lacks=(LACK,)), DayState.CANCELLED, "annulée"),
        (DayFacts(episode=replace(EPISODE, replay=date(2026, 11, 5)), lacks=(LACK,)), DayState.REPLAY, "rediffusion"),
        (DayFacts(episode=replace(EPISODE, cancelled=True), recorded=True, online=True), DayState.ONLINE, "en ligne"),
    ],
)
def test_the_state_of_a_day_is_the_furthest_that_it_reached(facts: DayFacts, state: DayState, word: str) -> None:
    (day,) = [day for day in season_days(SHOW, {DAY: facts}, 8, DAY) if day.facts]
    assert (day.date, day.state, day.state.french) == (DAY, state, word)
    assert day.lacks == (facts.lacks if state is DayState.IN_PREPARATION else ())


def test_a_day_says_who_presents_and_who_runs_the_desk() -> None:
    facts = DayFacts(episode=EPISODE, gap=timedelta(seconds=-130))
    (day,) = [day for day in season_days(SHOW, {DAY: facts}, 8, DAY) if day.facts]
    assert (day.hosts, day.technicians, day.gap) == (("Samira", "Yannick"), ("Loïc",), timedelta(seconds=-130))


def test_specials_and_shows_on_holiday_are_in_their_season() -> None:
    special, holiday, other = date(2026, 11, 28), date(2026, 12, 24), date(2025, 11, 27)
    found = {day: DayFacts(episode=replace(EPISODE, date=day)) for day in (special, holiday, other)}
    days = {day.date: day for day in season_days(SHOW, found, 8, DAY)}
    assert len(days) == 45
    assert other not in days
    assert (days[special].state, days[holiday].state) == (DayState.READY, DayState.READY)
    assert days[holiday].holiday == "Noël"


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (date(2026, 7, 31), 7),
        (date(2026, 8, 1), 8),
        (date(2026, 10, 1), 8),
        (date(2027, 2, 1), 8),
        (date(2000, 1, 1), 1),
    ],
)
def test_between_two_seasons_the_next_one_is_shown(today: date, number: int) -> None:
    assert season_shown(SHOW.season, today) == number


@given(CALENDARS, st.integers(2, 30))
def test_a_season_holds_the_days_that_are_counted_in_it(calendar: SeasonCalendar, number: int) -> None:
    first, last = season_bounds(calendar, number)
    assert first < last < season_bounds(calendar, number + 1)[0] + timedelta(days=366)
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert calendar.number(first) == number
    assert season_shown(calendar, first) == number
    if calendar.first_month != calendar.last_month + 1:
        assert calendar.is_open(first)
        assert calendar.is_open(last)


@given(CALENDARS, st.integers(1, 30), st.sampled_from(Weekday))
def test_the_days_of_the_slot_are_a_week_apart_and_none_is_left_out(
    calendar: SeasonCalendar, number: int, weekday: Weekday
) -> None:
    show = replace(SHOW, season=calendar, slot=replace(SHOW.slot, day=weekday))
    days = slot_days(show, number)
    first, last = season_bounds(calendar, number)
    expected = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert list(days) == [day for day in expected if day.weekday() == weekday.number]
