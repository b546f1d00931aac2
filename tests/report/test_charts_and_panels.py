"""What a page says beside its tables: the calendar, the charts, the panels, and the days behind a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.evening.season_pages.charts import chart_svg
from bobine.model.episode import EpisodeType
from bobine.model.episode_day import EpisodeDay
from bobine.model.people import Role
from bobine.model.show import Holiday, SeasonCalendar
from bobine.model.slot_days import slot_days
from bobine.report.anonymous import anonymous
from bobine.report.calendar import season_calendar
from bobine.report.charts import Bar, Chart, charts
from bobine.report.content import report_content
from bobine.report.facts import EpisodeFacts
from bobine.report.figures import DayOutcome
from bobine.report.origins import origins
from bobine.report.panels import is_empty, key_figures, results
from bobine.report.season import season_report
from bobine.tui.kit.lists.lines import wrapped
from bobine.tui.report.rows import about, report_rows
from tests.report.seasons import FIRST, SHOW, hours, item, person, season_of, seasons, show_of

WEEK = timedelta(weeks=1)


def test_the_calendar_says_what_became_of_each_day() -> None:
    holidays = (Holiday(name="Noël", start=date(2023, 12, 23), end=date(2024, 1, 7)),)
    show = replace(SHOW, season=SeasonCalendar(first_year=2023, holidays=holidays))
    special = date(2023, 10, 7)
    trailer = replace(show_of(FIRST + 5 * WEEK, traced=False, kind=EpisodeType.TRAILER), online=True)
    facts = season_of(
        show_of(FIRST, item("a")),
        show_of(special, item("a")),
        show_of(FIRST + WEEK, item("a"), cancelled=True),
        show_of(FIRST + 2 * WEEK, item("a"), replay=FIRST),
        show_of(FIRST + 3 * WEEK, item("a"), traced=False),
        trailer,
        unreadable=((FIRST + 4 * WEEK, "illisible"),),
    )
    days = {day.date: day for day in season_calendar(replace(facts, show=show))}
    outcomes = [days[FIRST + n * WEEK].outcome for n in range(6)]
    assert outcomes == [DayOutcome.AIRED, DayOutcome.CANCELLED, DayOutcome.REPLAY, DayOutcome.PLANNED,
                        DayOutcome.UNREADABLE, DayOutcome.EMPTY]  # fmt: skip
    assert days[special].outcome is DayOutcome.AIRED
    assert (days[date(2023, 12, 28)].outcome, days[date(2023, 12, 28)].note) == (DayOutcome.OFF, "Noël")
    assert days[FIRST + 2 * WEEK].note == "celle du jeudi 5 octobre 2023"
    assert len({outcome.sign for outcome in DayOutcome}) == len(DayOutcome), "no sign means two things"


@given(seasons())
def test_the_calendar_has_each_day_once_and_agrees_with_the_figures(episodes: list[EpisodeFacts]) -> None:
    report = season_report(season_of(*episodes))
    days = [day.date for day in report.days]
    assert days == sorted({*slot_days(SHOW, 1), *(one.episode.date for one in episodes)})
    counted = [sum(day.outcome is one for day in report.days) for one in (DayOutcome.AIRED, DayOutcome.REPLAY)]
    assert counted == [report.figure("aired").value, report.figure("replays").value]
    assert not any(day.title for day in anonymous(report).days)


@given(seasons())
def test_the_days_behind_a_figure_lose_nothing(episodes: list[EpisodeFacts]) -> None:
    for section in season_report(season_of(*episodes)).sections:
        for figure in section.figures:
            found = origins(figure)
            assert len({one.date for one in found}) == len(found)
            assert sum(one.amount for one in found) == sum(source.amount for source in figure.sources)
            assert {name for one in found for name in one.people} == set(figure.people)


@given(seasons(), st.integers(30, 120))
def test_what_the_panel_says_fits_its_width(episodes: list[EpisodeFacts], width: int) -> None:
    report = season_report(season_of(*episodes), season_of(*episodes[:2]))
    content = report_content(report)
    for row in report_rows(report):
        for text, _ in about(content, row.key, width):
            if "█" in text or "░" in text:
                assert len(text) <= width, text
                assert "\n" not in wrapped(text, width)


@given(seasons())
def test_charts_show_the_figures_and_nothing_else(episodes: list[EpisodeFacts]) -> None:
    report = season_report(season_of(*episodes))
    for chart in charts(report):
        assert all(0 <= bar.value <= chart.most for bar in chart.bars)
        if chart.over_time:
            figure = report.figure(chart.key)
            assert sum(bar.value for bar in chart.bars) == figure.value
        else:
            values = [max(0, figure.value or 0) for figure in report.section(chart.key).figures]
            assert [bar.value for bar in chart.bars] == values


def test_months_without_anything_are_there_all_the_same() -> None:
    facts = season_of(*(show_of(day, given=(hours("Ana", 90),)) for day in (date(2023, 11, 30), date(2024, 2, 1))))
    (chart,) = (one for one in charts(season_report(facts)) if one.key == "hours_total")
    assert [(bar.label, bar.words) for bar in chart.bars] == [
        ("novembre", "2 h"), ("décembre", "0'00"), ("janvier", "0'00"), ("février", "2 h"),
    ]  # fmt: skip


def test_two_shows_of_one_day_are_two_days_of_the_calendar() -> None:
    second = EpisodeDay(FIRST.year, FIRST.month, FIRST.day, "matinale")
    days = season_report(season_of(show_of(FIRST, item("a")), show_of(second, item("a")))).days
    assert [(day.number, day.outcome) for day in days[:2]] == [("5", DayOutcome.AIRED), ("5+", DayOutcome.AIRED)]


def test_results_are_of_what_was_noted_alone() -> None:
    learner = person("Ana", Role.HOST, understudy=(Role.TECHNICIAN,))
    facts = season_of(show_of(FIRST, item("a"), people=(learner,)), show_of(FIRST + WEEK, item("a"), people=(learner,)))
    told = [one.text for one in results(season_report(facts))]
    assert told == ["1 personne a appris en faisant (technique : 1)."]
    keys = [one.key for one in key_figures(season_report(facts))]
    assert "replays" not in keys
    assert not {"hours_per_show", "hours_total"} & set(keys), "nobody wrote any hours: that is not zero hours"


def test_figures_that_rest_on_a_part_say_so_in_the_panel() -> None:
    facts = season_of(show_of(FIRST, given=(hours("Ana", 60),)), show_of(FIRST + WEEK))
    notes = {one.key: one.note for one in key_figures(season_report(facts))}
    assert notes["volunteers_active"] == "d'après 1 émission sur 2"


def test_a_season_without_a_show_is_empty() -> None:
    assert is_empty(season_report(season_of()))
    assert report_rows(season_report(season_of())) == []
    assert not is_empty(season_report(season_of(show_of(FIRST, replay=date(2023, 10, 4)))))


BARS = (
    Bar(label="Technique", value=7, words="7 h", before=4, before_words="4 h"),
    Bar(label="Le reste", value=3, words="3 h"),
)


def test_a_chart_is_read_without_colour_and_is_the_same_each_time() -> None:
    chart = Chart(key="a", title="Heures", bars=BARS)
    drawn = chart_svg(chart, ("saison 2", "saison 1"))
    assert drawn == chart_svg(chart, ("saison 2", "saison 1"))
    alone = chart_svg(replace(chart, bars=BARS[1:] * 2), ("saison 2", "saison 1"))
    assert drawn.count(b"stroke-width: 0.5") > 20, "the season before is hatched"
    assert b"stroke-width: 0.5" not in alone
    colours = {text[:6] for text in drawn.decode().split("#") if len(text) > 6 and ":" not in text[:7]}
    assert all(colour[:2] == colour[2:4] == colour[4:6] for colour in colours if _is_hex(colour))


def _is_hex(text: str) -> bool:
    return all(char in "0123456789abcdef" for char in text)


@pytest.mark.parametrize(
    "label",
    [
        "$x^2$ et $\\frac{",
        "<script>alert(1)</script>",
        "--> <b>",
        "إذاعة رومان",
        "",
        "a" * 400,
        "\x1b[31mrouge\x00",
        "№ 🎙",
    ],
)
def test_any_label_is_drawn_and_stays_text(label: str) -> None:
    bars = (replace(BARS[0], label=label), BARS[1])
    drawn = chart_svg(Chart(key="a", title="", bars=bars), ("saison 2", "saison 1")).decode()
    assert drawn.startswith("<svg")
    assert "script" not in drawn
    assert "<!--" not in drawn
    assert label not in drawn or len(label) < 2


def test_a_chart_says_itself_in_words() -> None:
    assert Chart(key="a", title="Heures", bars=BARS).words == "Heures : Technique, 7 h ; Le reste, 3 h."
    assert Chart(key="a", title="Rien", bars=(Bar(label="", value=0, words=""),)).most == 1
