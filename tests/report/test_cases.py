"""The odd seasons: two rates, a leap day, cancelled, aired again, two things at once, nine under one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bobine.model.aired.usual_lengths import UsualLength
from bobine.model.counted.objectives import Objective
from bobine.model.episode import EpisodeType, ItemKind, Work
from bobine.model.hours import HourlyRate, Task
from bobine.model.people import Role
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.report.anonymous import anonymous
from bobine.report.facts import SeasonFacts
from bobine.report.figures import Basis, SeasonReport
from bobine.report.names import likenesses
from bobine.report.season import chroniques_lengths, season_report
from bobine.report.words import value_words
from tests.report.seasons import FIRST, SHOW, hours, item, person, season_of, show_of

LEAP = date(2024, 2, 29)
WEEK = timedelta(weeks=1)


def value(report: SeasonReport, key: str) -> int | None:
    return report.figure(key).value


def test_hours_are_valued_at_the_rate_of_their_day() -> None:
    last_of_old = show_of(date(2023, 12, 28), given=(hours("Ana", 60), hours("Ana", 30, date=date(2024, 1, 1))))
    report = season_report(season_of(last_of_old, show_of(LEAP, given=(hours("Bo", 120),))))
    assert value(report, "hours_total") == 3600 + 1800 + 7200
    assert value(report, "hours_value") == 1152 + 583 + 2330  # 30 min at 11,65 € are 5,825 €: rounded with the rest
    assert sum(source.amount for source in report.figure("hours_value").sources) in (4065, 4064)


def test_the_value_is_rounded_once() -> None:
    lines = tuple(hours(name, 1) for name in "ABCDEF")
    report = season_report(season_of(show_of(LEAP, given=lines)))
    assert value(report, "hours_value") == 117  # six minutes at 11,65 €: 1,165 €


def test_hours_from_before_all_rates_are_told_and_not_valued() -> None:
    show = replace(SHOW, hourly_rates=(HourlyRate(start=date(2024, 1, 1), euros=10),))
    given = (show_of(FIRST, given=(hours("Ana", 90),)), show_of(LEAP, given=(hours("Ana", 60),)))
    facts = SeasonFacts(show=show, number=1, episodes=given)
    figure = season_report(facts).figure("hours_value")
    assert (figure.value, figure.note) == (1000, "1 h 30 sans taux à leur date")
    nothing = season_report(replace(facts, show=replace(show, hourly_rates=()))).figure("hours_value")
    assert nothing.value is None
    assert "hourly_rates" in nothing.note


def test_meetings_of_the_board_are_apart() -> None:
    other = (
        hours("Ana", 120, Task.BOARD, date=FIRST),
        hours("Bo", 60, date=FIRST),
        hours("Bo", 60, date=date(2024, 10, 3)),
    )
    report = season_report(season_of(show_of(FIRST, given=(hours("Cy", 30),)), hours=other))
    assert value(report, "hours_total") == 5400
    assert value(report, "hours_board") == 7200
    assert value(report, "hours_per_show") == 1800
    assert report.figure("volunteers_active").people == ("Bo", "Cy")


def test_what_was_cancelled_on_the_day_is_planned_and_no_more() -> None:
    guest = person("Claire", Role.GUEST)
    talk = item("a", people=("claire",))
    report = season_report(season_of(
        show_of(FIRST, talk, people=(guest,), cancelled=True, traced=False, given=(hours("Ana", 45),)),
        show_of(FIRST + WEEK, talk, people=(guest,), traced=False),
    ))  # fmt: skip
    assert [value(report, key) for key in ("planned", "cancelled", "aired", "guests")] == [2, 1, 0, 0]
    assert value(report, "hours_total") == 2700, "people came all the same"
    assert report.figure("planned").note == "dont 1 annulée"
    assert report.figure("aired").note == "1 autre sans trace de diffusion"


def test_a_replay_is_apart_and_brings_nobody_back() -> None:
    guest = person("Claire", Role.GUEST)
    first = show_of(FIRST, item("a", 600, people=("claire",)), people=(guest,))
    again = show_of(FIRST + WEEK, item("a", 600, people=("claire",)), people=(guest,), replay=FIRST)
    report = season_report(season_of(first, again))
    assert [value(report, key) for key in ("planned", "aired", "replays", "appearances")] == [1, 1, 1, 1]
    assert [value(report, key) for key in ("minutes_aired", "minutes_replayed")] == [600, 600]


def test_a_trailer_is_no_show() -> None:
    trailer = replace(show_of(FIRST, item("a"), traced=False, kind=EpisodeType.TRAILER), online=True)
    report = season_report(season_of(trailer))
    assert [value(report, key) for key in ("planned", "aired", "online")] == [0, 0, 0]


def test_titles_that_name_people_stay_in_the_house() -> None:
    claire = person("Claire Dumollard", Role.GUEST)
    live = item("live", kind=ItemKind.LIVE_MUSIC, works=(Work(title="Valse", performer="Claire Dumollard"),))
    portrait = replace(item("portrait", people=("claire-dumollard",), chronique="agenda"), title="Claire Dumollard")
    facts = show_of(FIRST, portrait, live, people=(claire,), given=(hours("Ana", 60),))
    facts = replace(facts, episode=replace(facts.episode, title="Claire Dumollard raconte"))
    report = anonymous(season_report(season_of(facts)))
    assert "Dumollard" not in repr(report)
    assert "Ana" not in repr(report)
    assert report.section("hours_by_show").figures[0].label == "jeudi 5 octobre 2023"


def test_people_and_appearances_are_two_figures() -> None:
    claire, awa = person("Claire", Role.GUEST), person("Awa", Role.GUEST)
    dropped = show_of(FIRST + WEEK, item("a", people=("claire",)), item("b", people=("awa",)), people=(claire, awa))
    heard = dropped.heard or ()
    report = season_report(season_of(
        show_of(FIRST, item("a", people=("claire",)), people=(claire,)), replace(dropped, heard=heard[:1]),
    ))  # fmt: skip
    assert [value(report, key) for key in ("guests", "appearances")] == [1, 2], "what was dropped was not heard"


def test_a_guest_may_be_a_volunteer_too() -> None:
    report = season_report(season_of(
        show_of(FIRST, people=(person("Ana", Role.HOST),)), show_of(LEAP, people=(person("Ana", Role.GUEST),)),
    ))  # fmt: skip
    assert [value(report, key) for key in ("volunteers_active", "guests", "guests_who_volunteer")] == [1, 1, 1]


def test_nine_musicians_under_one_name_are_nine() -> None:
    band, solo = person("La Fanfare", Role.MUSICIAN, persons=9), person("Nadia", Role.MUSICIAN)
    nine = item("live", kind=ItemKind.LIVE_MUSIC, people=("la-fanfare",), works=(Work(title="Marche"),))
    both = item("live", kind=ItemKind.LIVE_MUSIC, people=("la-fanfare", "nadia"))
    nobody = item("live-2", kind=ItemKind.LIVE_MUSIC)
    fewer = replace(band, persons=7)
    report = season_report(season_of(
        show_of(FIRST, nine, people=(band,)), show_of(FIRST + WEEK, both, nobody, people=(fewer, solo)),
    ))  # fmt: skip
    assert [value(report, key) for key in ("live_musicians", "live_acts", "live_items")] == [10, 2, 3]
    assert "1 passage sans nom noté" in report.figure("live_musicians").note
    assert value(report, "works_live") == 1


def test_newcomers_are_told_only_where_the_past_is_known() -> None:
    now = show_of(FIRST, people=(person("Ana", Role.HOST), person("Bo", Role.TECHNICIAN)))
    assert value(season_report(season_of(now)), "newcomers") is None
    before = show_of(FIRST - 40 * WEEK, people=(person("Ana", Role.EDITOR),))
    assert season_report(season_of(now, earlier=(before,))).figure("newcomers").people == ("Bo",)


def test_who_learns_is_trained() -> None:
    ana = person("Ana", Role.HOST, understudy=(Role.TECHNICIAN,))
    report = season_report(season_of(show_of(FIRST, people=(ana,), given=(hours("Bo", 30, Task.LEARNING),))))
    assert report.figure("trained").people == ("Ana", "Bo")


def test_figures_say_what_they_rest_on() -> None:
    told = [show_of(FIRST + n * WEEK, item("a"), given=(hours("Ana", 60),)) for n in range(3)]
    bare = replace(show_of(FIRST + 3 * WEEK, item("a")), heard=None, length=None)
    report = season_report(season_of(*told, bare))
    assert report.figure("hours_total").basis == Basis(known=3, of=4)
    assert report.figure("minutes_aired").basis == Basis(known=3, of=4)
    assert Basis(known=3, of=4).words == "3 émissions sur 4"
    assert value(report, "minutes_aired") == 180, "nothing is made up for the fourth"
    assert value(report, "talk/nobody") == 240, "what the plan alone says is in the times of its items"


def test_talk_time_is_shared_in_whole_seconds() -> None:
    people = (person("Ana", Role.HOST), person("Bo", Role.GUEST), person("Cy", Role.GUEST))
    report = season_report(season_of(show_of(FIRST, item("a", 100, people=("cy", "ana", "bo")), people=people)))
    assert (value(report, "talk/host"), value(report, "talk/guest")) == (34, 66)


def test_chroniques_their_share_and_their_overruns() -> None:
    agenda = item("agenda", 360, chronique="agenda", objectives=(Objective.EDUCATION,))
    facts = season_of(
        show_of(FIRST, agenda, item("b", 540), lengths=(450, 450)),
        show_of(FIRST + WEEK, agenda, lengths=(471,)),
        replace(show_of(FIRST + 2 * WEEK, agenda), heard=None),
    )
    report = season_report(facts)
    assert [value(report, key) for key in ("chroniques", "instalments")] == [1, 3]
    assert value(report, "chronique/agenda") == 450 + 471 + 360
    assert value(report, "chronique_share/agenda") == round(1000 * 1281 / 1731)
    assert value(report, "objective/education") == 1281
    usual = chroniques_lengths(facts)
    assert usual == {"agenda": UsualLength(chronique="agenda", planned=timedelta(seconds=360),
                                           real=timedelta(seconds=461), times=2)}  # fmt: skip
    assert usual["agenda"].words == "prévue 6'00, dure 7'41 en moyenne"
    assert value(report, "over/agenda") == 101


def test_one_spelling_is_one_person_and_others_are_only_told() -> None:
    team = (Member(id="loic", name="Loïc Chastel", aliases=("Lolo",)),)
    people = (
        replace(person("Loïc", Role.HOST), id="loic"),
        person("Loic Chastel", Role.GUEST),
        person("Lolo", Role.TECHNICIAN),
    )
    report = season_report(season_of(show_of(FIRST, people=people), team=team))
    assert report.figure("volunteers_active").people == ("Loïc Chastel",)
    assert report.figure("guests").people == ("Loic Chastel",)
    assert report.likenesses == (("Loic Chastel", "Loïc Chastel"),)


def test_an_id_alone_makes_nobody_a_member() -> None:
    marie = replace(person("Marie Dupont", Role.GUEST), id="marie")
    report = season_report(season_of(show_of(FIRST, people=(marie,)), team=(Member(id="marie", name="Marie Roy"),)))
    assert report.figure("guests").people == ("Marie Dupont",)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Zoé Martin", "Zoe Martin", True),
        ("Martin Zoé", "ZOÉ MARTIN", True),
        ("Jean-Luc Orsini", "Jean Luc Orsini", True),
        ("Bachir Amrani", "Bachir Amrany", True),
        ("Bachir Amrani", "Bachir Amrrani", True),
        ("Bachir Amrani", "Bahcir Amrani", True),
        ("Bachir Amrani", "Bashir Amrony", False),
        ("Ana", "Ani", False),
        ("Classe 3A", "Classe 3B", False),
        ("Claire Dumollard", "Awa Traoré", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, alike: bool) -> None:
    assert likenesses([one, other]) == (((min(one, other), max(one, other)),) if alike else ())


def test_the_season_before_stands_beside() -> None:
    before = SeasonFacts(show=SHOW, number=0, episodes=(show_of(FIRST - 40 * WEEK, item("a", 100)),))
    report = season_report(season_of(show_of(FIRST, item("a", 60))), before)
    figure = report.figure("minutes_aired")
    assert (figure.value, figure.before, report.has_before) == (60, 100, True)
    assert not season_report(season_of(), SeasonFacts(show=SHOW, number=0)).has_before


def test_values_in_words() -> None:
    show: Show = replace(SHOW, hourly_rates=(HourlyRate(start=FIRST, euros=12.02),))
    given = tuple(hours("Ana", 1440, notes=str(n)) for n in range(65))
    report = season_report(SeasonFacts(show=show, number=1, episodes=(show_of(FIRST, item("a", 460), given=given),)))
    words = {
        key: value_words(report.figure(key), value(report, key))
        for key in ("hours_total", "hours_value", "minutes_aired")
    }
    assert words == {"hours_total": "1\u202f560 h", "hours_value": "18\u202f751,20 €", "minutes_aired": "7'40"}
    assert value_words(report.figure("newcomers"), None) == "inconnu"


def test_downloads_stand_beside_what_is_online() -> None:
    online = [replace(show_of(FIRST + n * WEEK, item("a")), online=True) for n in range(3)]
    counts = {FIRST.isoformat(): 120, (FIRST + WEEK).isoformat(): 30, "2019-01-03": 999}
    report = season_report(season_of(*online, downloads=counts))
    figure = report.figure("downloads")
    assert (figure.value, figure.basis) == (150, Basis(known=2, of=3))
    assert "downloads" not in {one.key for section in season_report(season_of()).sections for one in section.figures}
