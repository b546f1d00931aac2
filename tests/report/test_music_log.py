"""The music log: half-years and their bounds, lengths, uses, lacks, and the bytes that a station reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import ItemKind, Work, WorkUse
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.music.facts import HalfYear, MusicFacts, Playing, Untold, half_year_named, half_year_of
from bobine.report.music.log import music_log
from bobine.report.music.tables import length_words, log_json, log_rows

PARIS = ZoneInfo("Europe/Paris")
HALF = HalfYear(2026, 1)
START = datetime(2026, 3, 5, 18, 8, 40, tzinfo=PARIS)
FULL = Work(title="La passerelle", composer="A", performer="B", label="C")


def playing(*works: Work, at: datetime = START, seconds: float | None = 240, kind: ItemKind | None = ItemKind.MUSIC,
            **more: Any) -> Playing:  # fmt: skip
    length = timedelta(seconds=seconds) if seconds is not None else None
    return Playing(reference="fil/2026-03-05", id="pause", title="Pause", kind=kind, started=at, length=length,
                   works=works, asked="Claire (musique)", **more)  # fmt: skip


def facts(*playings: Playing, half: HalfYear = HALF, **more: Any) -> MusicFacts:
    return MusicFacts(show="Le Fil", station="Radio 99.2", half=half, playings=playings, **more)


@pytest.mark.parametrize(
    ("text", "half"),
    [("2026-S1", HALF), ("2026s2", HalfYear(2026, 2)), ("S1 2026", HALF), (" 2026 s1 ", HALF), ("2026", None),
     ("2026-S3", None), ("0000-S1", None), ("", None), ("２０２６-S1", None), ("2026-S1x", None)],
)  # fmt: skip
def test_the_names_of_a_half_year(text: str, half: HalfYear | None) -> None:
    assert half_year_named(text) == half


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_each_day_is_in_one_half_year(day: date) -> None:
    half = half_year_of(day)
    assert half.holds(day)
    assert half_year_named(str(half)) == half
    assert half_year_of(half.last + timedelta(days=1)) > half > half_year_of(half.first - timedelta(days=1))
    assert 59 <= (half.due - half.last).days <= 62


def test_it_is_declared_by_the_29th_of_february_in_a_leap_year() -> None:
    assert [HalfYear(year, 2).due for year in (2026, 2027)] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert HALF.due == date(2026, 8, 31)


def test_a_show_that_passes_midnight_at_the_bound_is_in_both_halves_with_its_own_part() -> None:
    before = playing(FULL, at=datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=PARIS))
    after = playing(FULL, at=datetime(2026, 7, 1, tzinfo=PARIS))
    for half, kept in ((HALF, before), (HalfYear(2026, 2), after)):
        assert [line.playing for line in music_log(facts(before, after, half=half)).lines] == [kept]


def test_the_day_is_the_one_of_the_show_whatever_utc_says() -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC).astimezone(PARIS)
    assert music_log(facts(playing(FULL, at=late))).lines == ()
    assert len(music_log(facts(playing(FULL, at=late), half=HalfYear(2026, 2))).lines) == 1


def stated(seconds: int | None, use: WorkUse = WorkUse.FULL) -> Work:
    return replace(FULL, duration=timedelta(seconds=seconds) if seconds is not None else None, use=use)


@pytest.mark.parametrize(
    ("one", "lengths"),
    [
        (playing(stated(None)), ["00:04:00"]),
        (playing(stated(190)), ["00:03:10"]),
        (playing(stated(600)), ["00:04:00"]),  # taken off the air before its end
        (playing(stated(None), seconds=239.6), ["00:04:00"]),
        (playing(stated(100), stated(None)), ["00:01:40", ""]),
        (playing(stated(None), kind=ItemKind.TALK), [""]),
        (playing(stated(None, WorkUse.BED), kind=ItemKind.TALK), ["00:04:00"]),
        (playing(stated(None), stated(None, WorkUse.BED)), ["00:04:00", "00:04:00"]),
        (playing(stated(None), kind=None, seconds=5), ["00:00:05"]),
        (playing(stated(None), seconds=None), [""]),
        (playing(stated(90), seconds=None), ["00:01:30"]),
        (playing(stated(None), seconds=3725), ["01:02:05"]),
    ],
)
def test_how_long_a_work_was_heard(one: Playing, lengths: list[str]) -> None:
    log = music_log(facts(one))
    assert [length_words(line.length) for line in log.lines] == lengths
    assert sum("duration" in lack.what for lack in log.lacks) == lengths.count("")


@pytest.mark.parametrize(
    ("work", "kind", "use", "live"),
    [(WorkUse.FULL, ItemKind.MUSIC, "disque", "enregistré"), (WorkUse.FULL, ItemKind.LIVE_MUSIC, "live", "live"),
     (WorkUse.BED, ItemKind.LIVE_MUSIC, "tapis", "enregistré"), (WorkUse.LIVE, ItemKind.TALK, "live", "live"),
     (WorkUse.THEME, ItemKind.OPENING_THEME, "générique", "enregistré")],
)  # fmt: skip
def test_the_use_of_a_work(work: WorkUse, kind: ItemKind, use: str, live: str) -> None:
    _, row = log_rows(music_log(facts(playing(replace(FULL, use=work), kind=kind))))
    assert row[13:15] == (use, live)


def test_those_who_play_live_are_known_from_the_rundown() -> None:
    work = replace(FULL, performer="", use=WorkUse.LIVE, label="")
    live = playing(work, kind=ItemKind.LIVE_MUSIC, musicians=("Élodie", "Marc"))
    log = music_log(facts(live))
    assert [line.performer for line in log.lines] == ["Élodie, Marc"]
    assert log.lacks == ()
    disc = playing(replace(work, use=WorkUse.FULL), musicians=("Élodie",))
    assert "performer" in music_log(facts(disc)).lacks[0].what


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (playing(), ["ne sont pas notées"]),
        (playing(kind=ItemKind.TALK), []),
        (playing(kind=None), ["ne sont pas notées"]),
        (playing(kind=ItemKind.TALK, bed="Fil rouge"), ["tapis « Fil rouge »"]),
        (playing(replace(FULL, use=WorkUse.BED), kind=ItemKind.TALK, bed="Fil rouge"), []),
        (playing(Work(title="X")), ["composer", "performer", "label"]),
        (playing(Work(title="X", author="Paroles seules", performer="B", own=True)), []),
        (playing(FULL), []),
    ],
)
def test_what_is_missing_is_told_with_whom_to_ask(one: Playing, words: list[str]) -> None:
    lacks = music_log(facts(one)).lacks
    assert len(lacks) == (1 if words else 0)
    for lack in lacks:
        assert all(word in lack.what for word in words)
        assert (lack.asked, lack.dates) == ("Claire (musique)", (date(2026, 3, 5),))


def test_the_same_lack_of_many_shows_is_told_once() -> None:
    weekly = [playing(at=START + timedelta(weeks=week)) for week in range(14)]
    (lack,) = music_log(facts(*weekly)).lacks
    assert lack.when == "14 fois, du 5 mars au 4 juin"
    (few,) = music_log(facts(*weekly[:2])).lacks
    assert few.when == "le 5 mars et le 12 mars"


def test_a_show_of_which_nothing_is_known_is_asked_for() -> None:
    silent = Untold(date=date(2026, 3, 12), title="Le Fil n° 9", why="rien ne le dit", asked="Loïc")
    other = replace(silent, date=date(2026, 7, 2))
    (lack,) = music_log(facts(untold=(silent, other))).lacks
    assert (lack.title, lack.what, lack.when) == ("Le Fil n° 9", "rien ne le dit", "le 12 mars")


DECEMBER = datetime(2025, 12, 30, tzinfo=UTC)
times = st.integers(0, 184 * 24 * 3600).map(lambda second: (DECEMBER + timedelta(seconds=second)).astimezone(PARIS))
works = st.builds(Work, title=st.sampled_from("AB"), composer=st.sampled_from(["", "C"]), label=st.just("L"),
                  use=st.sampled_from(WorkUse), duration=st.sampled_from([None, timedelta(seconds=30)]))  # fmt: skip
playings = st.builds(
    lambda made, at, seconds, kind: playing(*made, at=at, seconds=seconds, kind=kind),
    st.lists(works, max_size=2), times, st.integers(1, 600), st.sampled_from([None, *ItemKind]),
)  # fmt: skip


@given(st.lists(playings, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(ones: list[Playing], random: Any) -> None:
    turned = [*ones]
    random.shuffle(turned)
    assert log_json(music_log(facts(*ones)))["missing"] == log_json(music_log(facts(*turned)))["missing"]
    assert sorted(log_rows(music_log(facts(*ones)))) == sorted(log_rows(music_log(facts(*turned))))
    lines = [line.at for line in music_log(facts(*turned)).lines]
    assert lines == sorted(lines)


@given(st.lists(playings, max_size=5), st.lists(playings, max_size=5))
def test_the_log_of_a_union_is_that_of_its_parts(some: list[Playing], others: list[Playing]) -> None:
    def rows(*ones: Playing) -> list[tuple[str, ...]]:
        return [*log_rows(music_log(facts(*ones)))][1:]

    assert sorted(rows(*some, *others)) == sorted([*rows(*some), *rows(*others)])
    halves = [len(music_log(facts(*some, half=HalfYear(*half))).lines) for half in ((2025, 2), (2026, 1), (2026, 2))]
    assert sum(halves) == sum(len(one.works) for one in some)


def test_the_bytes_of_the_csv() -> None:
    work = Work(title='=HYPERLINK("x")', composer="@Anouar", author="-Inès", performer="É; l'Été", label="+33",
                isrc="FR-Z03-97-00212", ean="5099902894225", album="Album", duration=timedelta(seconds=75),
                use=WorkUse.BED, own=True)  # fmt: skip
    log = music_log(facts(playing(work, kind=ItemKind.TALK, bed="X", replay=date(2026, 2, 5))))
    assert (
        cells_csv(log_rows(log))
        == (
            "\ufeffstation;émission;date;heure;titre;compositeurs;auteurs;interprètes;éditeur ou label;ISRC;EAN;album;"
            "durée;usage;live ou enregistré;production propre;élément;référence;remarque\r\n"
            'Radio 99.2;Le Fil;2026-03-05;18:08:40;"\'=HYPERLINK(""x"")";\'@Anouar;\'-Inès;"É; l\'Été";\'+33;'
            "FR-Z03-97-00212;5099902894225;Album;00:01:15;tapis;enregistré;oui;Pause;fil/2026-03-05/pause;"
            "rediffusion du 2026-02-05\r\n"
        ).encode()
    )
