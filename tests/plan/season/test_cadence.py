"""What is due by its cadence, what has not been heard for long, and the numbers of serials."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bobine.model.counted.objectives import OBJECTIVES, Objective
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, Holiday, SeasonCalendar, Show, Slot, Station, Weekday
from bobine.plan.season.cadence import Cadence, cadences, next_instalment, shows_between
from bobine.plan.season.objectives import coverage

SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="Essai",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
    season=SeasonCalendar(holidays=(Holiday(name="Noël", start=date(2026, 12, 19), end=date(2027, 1, 3)),)),
    chroniques=(
        Chronique(id="agenda", title="Agenda"),
        Chronique(id="rock", title="Rock", every_weeks=2),
        Chronique(id="pedro", title="Pedro", serial=True),
        Chronique(id="pepette", title="Pépette", serial=True, ended=True),
    ),
)
FIRST = date(2026, 11, 5)


def thursday(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def episode(week: int, *chroniques: str, standby: bool = False, **more: object) -> Episode:
    items = tuple(
        Item(id=name, title=name, kind=ItemKind.CHRONIQUE, duration=timedelta(minutes=3), chronique=name,
             standby=standby, **more)  # type: ignore[arg-type]
        for name in chroniques
    )  # fmt: skip
    return Episode(show="fil", date=thursday(week), season=8, number=week + 1, title="Essai", items=items)


def of(name: str, episodes: list[Episode], day: date) -> Cadence:
    return next(cadence for cadence in cadences(SHOW, episodes, day) if cadence.chronique.id == name)


def test_a_serial_that_is_over_is_asked_for_no_more() -> None:
    assert [cadence.chronique.id for cadence in cadences(SHOW, [], FIRST)] == ["agenda", "rock", "pedro"]


def test_every_other_show_is_due_every_other_show() -> None:
    heard = [episode(0, "rock")]
    assert [of("rock", heard, thursday(week)).due for week in (1, 2, 3)] == [False, True, True]
    assert [of("agenda", [episode(0, "agenda")], thursday(week)).due for week in (1, 2)] == [True, True]


def test_holidays_do_not_make_a_chronique_late() -> None:
    heard = [episode(6, "rock")]
    assert thursday(6) == date(2026, 12, 17)
    back = of("rock", heard, date(2027, 1, 7))
    assert (back.last, back.shows_since, back.due) == (date(2026, 12, 17), 1, False)
    assert of("rock", heard, date(2027, 1, 14)).due


def test_never_heard_is_due_and_grows_old_from_the_first_episode_known() -> None:
    fresh = of("rock", [], FIRST)
    assert (fresh.last, fresh.due, fresh.long_unheard) == (None, True, False)
    known = [episode(0, "agenda")]
    assert [of("rock", known, thursday(week)).long_unheard for week in (3, 4)] == [False, True]


def test_long_unheard_is_more_than_twice_the_cadence() -> None:
    heard = [episode(0, "rock", "agenda")]
    assert [of("rock", heard, thursday(week)).long_unheard for week in (4, 5)] == [False, True]
    assert [of("agenda", heard, thursday(week)).long_unheard for week in (2, 3)] == [False, True]


def test_a_standby_and_what_comes_later_were_not_heard() -> None:
    known = [episode(0, "rock"), episode(1, "rock", standby=True), episode(3, "rock")]
    assert of("rock", known, thursday(2)).last == thursday(0)
    assert of("rock", known, thursday(3)).last == thursday(0)


def test_the_next_instalment_follows_the_highest_number_before_the_day() -> None:
    known = [episode(0, "pedro", instalment=7), episode(2, "pedro"), episode(3, "pedro", instalment=12)]
    numbers = [next_instalment("pedro", known, thursday(week)) for week in (0, 1, 2, 3, 4)]
    assert numbers == [1, 8, 8, 9, 13]
    assert of("pedro", known, thursday(4)).next_instalment == 13
    assert of("rock", known, thursday(4)).next_instalment is None
    assert next_instalment("pedro", [episode(0, "pedro", standby=True, instalment=4)], thursday(1)) == 1


@given(
    st.permutations([episode(0, "pedro", instalment=3), episode(1, "rock"), episode(2, "pedro"), episode(4, "rock")])
)
def test_the_order_in_which_episodes_are_found_changes_nothing(episodes: list[Episode]) -> None:
    day = thursday(5)
    assert cadences(SHOW, episodes, day) == cadences(SHOW, sorted(episodes, key=lambda found: found.date), day)


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 400), st.sampled_from(Weekday))
def test_shows_are_counted_as_one_would_by_hand(after: date, days: int, weekday: Weekday) -> None:
    show = replace(SHOW, slot=replace(SHOW.slot, day=weekday))
    between = [after + timedelta(days=n) for n in range(1, days)]
    by_hand = [day for day in between if day.weekday() == weekday.number and show.season.is_open(day)]
    assert shows_between(show, after, after + timedelta(days=days)) == len(by_hand) + 1


def test_the_objectives_of_the_last_shows() -> None:
    voices, education = Objective.VOICES, Objective.EDUCATION
    known = [
        episode(3, "agenda", "rock", objectives=(voices,)),
        episode(0, "agenda", objectives=tuple(Objective)),
        episode(2, "agenda", objectives=(voices, education)),
        episode(1, "agenda", standby=True, objectives=(education,)),
        episode(4, "agenda", objectives=(education,)),
    ]
    found = {cover.objective: cover for cover in coverage(known, 3, thursday(3))}
    assert list(found) == list(Objective) == list(OBJECTIVES)
    assert found[voices].shows == (timedelta(), timedelta(minutes=3), timedelta(minutes=6))
    assert (found[voices].covered, found[voices].total) == (2, timedelta(minutes=9))
    assert (found[education].covered, found[Objective.INITIATIVES].covered) == (1, 0)
    assert [cover.shows for cover in coverage([], 5, FIRST)] == [()] * 4
