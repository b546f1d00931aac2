"""What may be purged, and when: the judgement, over days, zones and clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bobine.evening.retention import KeepingFacts, Obstacle, judge
from bobine.model.published.keeping import Hold
from bobine.model.show import Election

PARIS = ZoneInfo("Europe/Paris")
PLACES = ("Europe/Paris", "UTC", "America/Havana", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe",
          "Asia/Beirut", "Africa/Cairo", "America/New_York")  # fmt: skip
ZONES = [ZoneInfo(name) for name in PLACES]

instants = st.integers(1_230_768_000, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
windows = st.lists(
    st.builds(
        lambda start, length, name: Election(name=name, start=start, end=start + timedelta(days=length)),
        days,
        st.integers(0, 90),
        st.sampled_from(("Municipales", "Régionales", "Présidentielle")),
    ),
    max_size=3,
).map(tuple)


def thursday(**changes: object) -> KeepingFacts:
    aired = datetime(2026, 11, 26, 18, 55, tzinfo=PARIS)
    return KeepingFacts(**{"broadcast": date(2026, 11, 26), "aired_until": aired, "kept_days": 31, **changes})  # type: ignore[arg-type]


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


@given(instants, st.sampled_from(ZONES), st.integers(31, 90), st.integers(0, 100 * 86400), st.booleans())
@example(datetime(2026, 3, 28, 22, 59, tzinfo=UTC), PARIS, 31, 31 * 86400 - 3600, True)
@example(datetime(2011, 12, 1, 9, 59, tzinfo=UTC), ZoneInfo("Pacific/Apia"), 31, 30 * 86400, True)
def test_nothing_passes_before_its_days_are_over(
    aired: datetime, zone: ZoneInfo, kept: int, later_s: int, even_unused: bool
) -> None:
    local = aired.astimezone(zone)
    facts = KeepingFacts(broadcast=local.date(), aired_until=local, kept_days=kept)
    now = aired + timedelta(seconds=later_s)
    verdict = judge(facts, now.astimezone(ZoneInfo("Asia/Tokyo")), even_unused=even_unused)
    if verdict.allowed:
        assert now - aired >= timedelta(days=kept)
    else:
        assert {one.obstacle for one in verdict.refusals} == {Obstacle.TOO_EARLY}
        assert now - aired < timedelta(days=kept + 2)
        assert verdict.from_day > now.astimezone(zone).date()


@given(days, windows, days, st.booleans(), st.booleans())
def test_the_day_that_is_named_is_the_first_one_that_passes(
    broadcast: date, elections: tuple[Election, ...], today: date, used: bool, even_unused: bool
) -> None:
    aired = datetime(broadcast.year, broadcast.month, broadcast.day, 18, 55, tzinfo=PARIS)
    facts = KeepingFacts(
        broadcast=broadcast, aired_until=aired, kept_days=31, elections=elections, used=used or even_unused
    )
    verdict = judge(facts, at(today), even_unused=even_unused)
    assert verdict.allowed == (not verdict.refusals)
    dated = [one for one in verdict.refusals if one.until is not None]
    assert all(one.until is not None and one.until > today for one in dated)
    assert any(not one.until for one in verdict.refusals) == (not facts.used and not even_unused)
    first = today + timedelta(days=500)
    for offset in range(500):
        day = today + timedelta(days=offset)
        if not any(one.until for one in judge(facts, at(day, 0)).refusals):
            first = day
            break
    assert verdict.from_day == first
    for window in elections:
        assert not (window.start <= first <= window.end)
        if window.start <= broadcast <= window.end:
            assert first > window.end + timedelta(days=31)


@given(windows, days, days)
def test_a_hold_and_a_running_recorder_never_pass(elections: tuple[Election, ...], broadcast: date, day: date) -> None:
    hold = Hold(by="Nadia", at=at(day), reason="droit de réponse")
    for changes in ({"hold": hold}, {"recording": True}):
        facts = thursday(broadcast=broadcast, elections=elections, **changes)
        assert not judge(facts, at(day + timedelta(days=4000)), even_unused=True).allowed


def test_the_ordinary_case_to_the_day() -> None:
    assert judge(thursday(), at(date(2026, 12, 27), 23)).from_day == date(2026, 12, 28)
    assert not judge(thursday(), at(date(2026, 12, 27), 23)).allowed
    assert judge(thursday(), at(date(2026, 12, 28), 0)).allowed
    assert not judge(thursday(kept_days=60), at(date(2026, 12, 28))).allowed


def test_unused_gives_way_when_told_to_and_the_days_do_not() -> None:
    late, early = at(date(2027, 2, 1)), at(date(2026, 12, 1))
    unused = thursday(used=False)
    assert [one.words for one in judge(unused, late).refusals] == ["rien n'en a été monté ni publié"]
    assert judge(unused, late, even_unused=True).allowed
    assert [one.obstacle for one in judge(unused, early, even_unused=True).refusals] == [Obstacle.TOO_EARLY]


def test_each_reason_in_words() -> None:
    window = Election(name="Municipales", start=date(2026, 11, 1), end=date(2026, 12, 10))
    hold = Hold(by="Nadia", at=datetime(2026, 11, 27, 23, 30, tzinfo=UTC), reason="droit de réponse")
    facts = thursday(elections=(window,), hold=hold, recording=True, used=False)
    assert [(one.words, one.until) for one in judge(facts, at(date(2026, 12, 1))).refusals] == [
        ("diffusée il y a moins de 31 jours", date(2026, 12, 28)),
        ("diffusée en période électorale (Municipales)", date(2027, 1, 11)),
        ("à garder, demandé par Nadia le samedi 28 novembre 2026 : droit de réponse", None),
        ("un enregistrement est en cours", None),
        ("rien n'en a été monté ni publié", None),
    ]
    today = Election(name="Présidentielle", start=date(2027, 1, 20), end=date(2027, 5, 31))
    found = judge(thursday(elections=(window, today)), at(date(2027, 2, 1)))
    assert [(one.words, one.until) for one in found.refusals] == [
        ("période électorale en cours (Présidentielle)", date(2027, 6, 1))
    ]


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError):
        judge(thursday(), datetime(2027, 1, 1))  # noqa: DTZ001
