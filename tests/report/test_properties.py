"""What holds of every season: figures of a union follow from its parts, and no order changes any."""

from __future__ import annotations

import random as dice
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.model.hours import Task
from bobine.model.team import Member
from bobine.report.anonymous import anonymous
from bobine.report.facts import EpisodeFacts
from bobine.report.figures import Figure, SeasonReport, Unit
from bobine.report.season import season_report
from bobine.report.tables import HEADINGS, report_json, report_rows
from tests.report.seasons import FIRST, NAMES, hours, season_of, seasons

ADDED = (
    "planned", "aired", "cancelled", "online", "replays", "minutes_aired", "minutes_replayed", "hours_total",
    "hours_board", "appearances", "live_items", "works_live", "instalments",
)  # fmt: skip
ADDED_GROUPS = ("objective/", "talk/", "chronique/", "task/", "person/", "partners/", "show/")
OF_PEOPLE = ("volunteers_active", "trained", "guests")
OTHER = (hours("Awa Traoré", 90, Task.BOARD, date=FIRST), hours("Loïc Chastel", 30, Task.LEARNING, date=FIRST))

SOME = settings(max_examples=30)
"""A season is long to draw."""


def figures(report: SeasonReport) -> dict[str, Figure]:
    return {figure.key: figure for section in report.sections for figure in section.figures}


@SOME
@given(seasons(), st.data())
def test_the_figures_of_a_union_follow_from_its_parts(whole: list[EpisodeFacts], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(whole)))
    all_of = figures(season_report(season_of(*whole, hours=OTHER)))
    one = figures(season_report(season_of(*whole[:cut], hours=OTHER)))
    other = figures(season_report(season_of(*whole[cut:])))
    for key, figure in all_of.items():
        values = [part[key].value or 0 for part in (one, other) if key in part]
        if key in ADDED or key.startswith(ADDED_GROUPS):
            assert figure.value == sum(values), key
        if key in OF_PEOPLE:
            assert set(figure.people) == {name for part in (one, other) for name in part[key].people}, key
        if key == "live_musicians":
            assert max(values) <= (figure.value or 0) <= sum(values)
        if figure.basis is not None and key in one and key in other:
            parts = [part[key].basis for part in (one, other)]
            assert figure.basis.known == sum(part.known for part in parts if part is not None)
            assert figure.basis.of == sum(part.of for part in parts if part is not None)


@SOME
@given(seasons(), st.randoms(use_true_random=False))
def test_no_figure_changes_with_the_order_of_files(whole: list[EpisodeFacts], order: dice.Random) -> None:
    team = [Member(id="samira-benhaddou", name="Samira B."), Member(id="b", name="Awa Traoré", aliases=("Awa",))]
    facts = season_of(*whole, hours=OTHER, team=tuple(team), earlier=tuple(whole[:1]))
    shuffled = []
    for one in order.sample(whole, len(whole)):
        lines = one.hours and tuple(order.sample(one.hours, len(one.hours)))
        people = tuple(order.sample(one.episode.people, len(one.episode.people)))
        shuffled.append(replace(one, hours=lines, episode=replace(one.episode, people=people)))
    turned = season_of(*shuffled, hours=OTHER[::-1], team=tuple(team[::-1]), earlier=tuple(whole[:1]))
    assert season_report(facts) == season_report(turned)


@SOME
@given(seasons())
def test_every_sum_is_the_sum_of_where_it_comes_from(whole: list[EpisodeFacts]) -> None:
    for key, figure in figures(season_report(season_of(*whole, hours=OTHER))).items():
        if key in ADDED or key.startswith(ADDED_GROUPS):
            assert figure.value == sum(source.amount for source in figure.sources)
        if key in OF_PEOPLE:
            assert figure.value == len(figure.people)
        if figure.unit is Unit.PERMILLE and figure.value is not None:
            assert 0 <= figure.value <= 1000


@SOME
@given(seasons())
def test_nobody_is_named_where_nobody_shall_be(whole: list[EpisodeFacts]) -> None:
    report = season_report(season_of(*whole, hours=OTHER))
    nameless = anonymous(report)
    told = repr(nameless) + repr(list(report_rows(nameless))) + repr(report_json(nameless))
    assert not any(name in told for name in NAMES)
    kept = {key: one.value for key, one in figures(report).items() if not key.startswith("person/")}
    assert kept == {key: one.value for key, one in figures(nameless).items() if not key.startswith("hours_by_person/")}


@SOME
@given(seasons())
def test_every_row_has_all_cells(whole: list[EpisodeFacts]) -> None:
    assert {len(row) for row in report_rows(season_report(season_of(*whole)))} == {len(HEADINGS)}


@SOME
@given(seasons())
def test_a_season_beside_itself_differs_nowhere(whole: list[EpisodeFacts]) -> None:
    facts = season_of(*whole, hours=OTHER)
    report = season_report(facts, facts)
    for figure in figures(report).values():
        assert figure.before == (figure.value if report.has_before else None)
    assert report.has_before == any(one.traced for one in whole)
