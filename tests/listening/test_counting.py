from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.published.listening import DayFigures, LeftOut, ListeningFigures
from bobine.publish.listening.addresses import household, parse_network
from bobine.publish.listening.agents import AgentKind, agents_told_by
from bobine.publish.listening.counting import figures_of
from bobine.publish.listening.requests import Request
from bobine.publish.listening.robots import known_agents
from bobine.publish.listening.sounds import Sounds, least_bytes
from bobine.publish.listening.states import decode_state, encode_state
from tests.listening.logs import ANTENNAPOD, EPISODE, MINUTE, NEXT_ONE, NOON, PARIS, counted, path, request, show_count
from tests.publish.feed.test_serials import heard
from tests.publish.samples import release

PATHS = (path(), path(NEXT_ONE), path(suffix="opus"), path(seal="ffffffffffff"), path("2020-01-01"), "/")
SOME = st.lists(
    st.builds(
        request,
        at=st.integers(0, 5 * 24).map(lambda hours: NOON + timedelta(hours=hours)),
        address=st.sampled_from(("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2")),
        agent=st.sampled_from((ANTENNAPOD, "Overcast/3", "", "robot/1")),
        method=st.sampled_from(("GET", "GET", "GET", "HEAD", "POST")),
        path=st.sampled_from(PATHS),
        status=st.sampled_from((200, 206, 206, 304, 404)),
        sent=st.sampled_from((0, 2, MINUTE // 2, MINUTE - 1, MINUTE, 52_800_000)),
        asked=st.sampled_from(("", "bytes=0-", "bytes=0-1", f"bytes={MINUTE // 2}-", "bytes=-500", "bytes=0-1,5-6")),
        is_preload=st.booleans(),
    ),
    max_size=25,
)  # fmt: skip


@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_requests_changes_nothing(requests: list[Request], shuffle: random.Random) -> None:
    other = list(requests)
    shuffle.shuffle(other)
    assert counted(*requests).figures() == counted(*other).figures()


@given(SOME)
def test_days_add_up(requests: list[Request]) -> None:
    total = ListeningFigures()
    for day in {one.at.astimezone(PARIS).date() for one in requests}:
        total = total.plus(counted(*(one for one in requests if one.at.astimezone(PARIS).date() == day)).figures())
    assert total == counted(*requests).figures()


@given(SOME, SOME)
def test_a_state_goes_on_where_it_was(first: list[Request], then: list[Request]) -> None:
    count = counted(*first)
    again = show_count(days={day: decode_state(encode_state(one)) for day, one in count.days.items()})
    for one in then:
        again.add(one)
    assert again.figures() == counted(*first, *then).figures()


@given(SOME)
def test_what_is_taken_away_is_gone(requests: list[Request]) -> None:
    figures = counted(*requests).figures()
    gone = figures.plus(figures.negated())
    assert not gone.total
    assert not gone.apps
    assert not gone.left_out()


@given(SOME)
def test_no_robot_no_head_and_nobody_inside_is_counted(requests: list[Request]) -> None:
    for changes in ({"method": "HEAD"}, {"agent": "robot/2"}, {"is_own": True}, {"status": 404}, {"is_preload": True}):
        assert not counted(*(replace(one, **changes) for one in requests)).figures().total
    count = show_count(internal=(parse_network("192.0.2.0/24"), parse_network("2001:db8::/32")))
    for one in requests:
        count.add(one)
    assert not count.figures().total


@given(SOME)
def test_every_request_for_sound_is_accounted_for(requests: list[Request]) -> None:
    figures = counted(*requests).figures()
    left_out = figures.left_out()
    for_sound = sum(one.path != "/" for one in requests)
    partial = left_out.pop(LeftOut.PARTIAL, 0)
    assert figures.total + sum(left_out.values()) + partial <= for_sound
    assert partial or figures.total + sum(left_out.values()) == for_sound
    assert sum(figures.by_app(1).values()) == figures.total == sum(figures.by_episode().values())


@given(st.lists(st.tuples(st.integers(0, 2 * MINUTE), st.integers(0, MINUTE)), max_size=12))
def test_ranges_in_any_order_cover_what_they_cover(ranges: list[tuple[int, int]]) -> None:
    requests = [request(status=206, sent=size, asked=f"bytes={start}-{start + size}") for start, size in ranges]
    bytes_covered, reached = 0, 0
    for start, size in sorted(ranges):
        bytes_covered += max(0, start + size - max(start, reached))
        reached = max(reached, start + size) if size else reached
    assert counted(*requests).figures().total == (bytes_covered >= MINUTE)


@pytest.mark.parametrize(
    ("name", "requests", "downloads"),
    [
        ("whole", [request()], 1),
        ("twice", [request(), request()], 1),
        ("a minute", [request(sent=MINUTE)], 1),
        ("less", [request(sent=MINUTE - 1)], 0),
        ("a probe", [request(status=206, asked="bytes=0-1", sent=2)], 0),
        ("many probes", [request(status=206, asked="bytes=0-1", sent=2)] * 1000, 0),
        ("two halves", [request(status=206, sent=MINUTE // 2)] * 2, 1),
        ("one half twice", [request(status=206, sent=MINUTE // 2, asked="bytes=0-")] * 2, 0),
        ("two apps", [request(), request(agent="Overcast/3")], 2),
        ("two addresses", [request(), request(address="192.0.2.8")], 2),
        ("two formats", [request(), request(path=path(suffix="opus"))], 1),
        ("a version that was replaced", [request(), request(path=path(seal="ffffffffffff"))], 1),
        ("two episodes", [request(), request(path=path(NEXT_ONE))], 2),
        ("one household", [request(address="2001:db8::1"), request(address="2001:db8::ffff")], 1),
        ("two households", [request(address="2001:db8::1"), request(address="2001:db8:0:1::1")], 2),
        ("the next day", [request(), request(at=NOON + timedelta(hours=11))], 2),
        ("before midnight in Paris", [request(), request(at=NOON + timedelta(hours=10, minutes=59))], 1),
        ("in a folder", [request(path=f"/podcast{path()}")], 1),
        ("no such episode", [request(path=path("2020-01-01"))], 0),
        ("another show", [request(path=f"/other{path()[1:]}")], 0),
        ("nothing asked", [request(path="/bobine-romanaise/audio/")], 0),
    ],
)
def test_what_a_download_is(name: str, requests: list[Request], downloads: int) -> None:
    assert counted(*requests).figures().total == downloads, name


def test_the_sound_of_a_chronique_s_feed_is_counted_beside_its_episode() -> None:
    own = "/podcast/bobine-romanaise/chroniques/pedro"
    sounds = Sounds("bobine-romanaise", [heard(0), release(1)])
    count = show_count(sounds=sounds)
    pages = (f"{own}/feed.xml", f"{own}/index.html", f"{own}/2/index.html", f"{own}/", own)
    for path_asked in (path(), f"{own}/2026-11-26-pedro-0123456789ab.mp3", *pages):
        count.add(request(path=path_asked, sent=4_000_000))
    figures = count.figures()
    assert figures.by_episode() == {EPISODE: 1}
    assert figures.by_instalment() == {(EPISODE, "pedro"): 1}
    assert figures.total == 2
    assert not figures.left_out()
    count.add(request(path=f"{own}/2026-11-26-autre-0123456789ab.mp3"))
    count.add(request(path=f"{own}/2026-11-26-pedro-ffffffffffff.mp3", sent=MINUTE - 1, address="192.0.2.8"))
    assert count.figures().left_out() == {LeftOut.UNKNOWN_SOUND: 1, LeftOut.PARTIAL: 1}
    again = decode_state(encode_state(count.days[NOON.date()]))
    assert figures_of({NOON.date(): again}) == count.figures()


def test_a_tag_is_no_minute_of_sound() -> None:
    whole = release()
    main, opus = whole.audio
    tagged = replace(main, file=replace(main.file, bytes=main.file.bytes + 400_000))
    assert least_bytes(main, 3300) == MINUTE
    assert least_bytes(tagged, 3300) == MINUTE + 400_000
    assert least_bytes(opus, 3300) == -(-opus.file.bytes // 55)
    assert least_bytes(main, 40) == main.file.bytes


@pytest.mark.parametrize(
    ("address", "counts"),
    [("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4000", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
     ("[2001:db8::5]:80", "2001:db8::/64"), ("2001:db8:0:0:9::1", "2001:db8::/64"), ("localhost", ""), ("", "")],
)  # fmt: skip
def test_addresses(address: str, counts: str) -> None:
    assert household(address) == counts


@pytest.mark.parametrize(
    ("agent", "app"),
    [
        ("AntennaPod/3.5.0", "AntennaPod"),
        ("gPodder/3.11.4 (http://gpodder.org/) Linux", "gPodder"),
        ("Overcast/3.0 (+http://overcast.fm/; iOS podcast app)", "Overcast"),
        ("Pocket Casts", "Pocket Casts"),
        ("Podcast Addict/v5 - https://podcastaddict.com", "Podcast Addict"),
        ("AppleCoreMedia/1.0.0.21A351 (iPhone; U; CPU OS 17_0_3 like Mac OS X; fr_fr)", "Apple Podcasts"),
        ("Podcasts/1720.3 CFNetwork/1485 Darwin/23.1.0", "Apple Podcasts"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("VLC/3.0.20 LibVLC/3.0.20", "VLC"),
        ("Dalvik/2.1.0 (Linux; U; Android 13; CUBOT X18)", "Android"),
        ("\x1b[31mrouge\x1b[0m", "?"),
        ("", "?"),
    ],
)
def test_apps(agent: str, app: str) -> None:
    told = known_agents()(agent)
    assert (told.kind, told.app) == (AgentKind.LISTENER, app)


@pytest.mark.parametrize(
    "agent",
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0", "python-requests/2.31",
     "PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)", "Acast Bot", "itms", "bobine",
     "Boto3/1.44.8", "facebookexternalhit/1.1", "Podchaser-Parser/1.0", "Go-http-client/2.0"],
)  # fmt: skip
def test_robots(agent: str) -> None:
    assert known_agents()(agent).kind is AgentKind.BOT


def test_a_watch_is_not_counted_beside_its_phone() -> None:
    assert agents_told_by(lambda _: False)("atc/1.0 watchOS/9.1 model/Watch6,2 hwp/t8301").kind is AgentKind.WATCH


def test_rare_apps_are_shown_together() -> None:
    figures = ListeningFigures(apps={"2026-11": {"Castro": 1, "AntennaPod": 2, "VLC": 5}, "2026-12": {"AntennaPod": 1}})
    assert figures.by_app() == {"VLC": 5, "AntennaPod": 3, "": 1}


def test_figures_of_some_days() -> None:
    day = datetime(2026, 11, 27, tzinfo=UTC).date()
    figures = ListeningFigures(
        days={
            day: DayFigures(downloads={EPISODE: 2}),
            day + timedelta(days=9): DayFigures(downloads={EPISODE: 1, NEXT_ONE: 4}),
        },
        apps={"2026-11": {"VLC": 2}, "2026-12": {"VLC": 5}},
    )
    assert figures.by_episode() == {NEXT_ONE: 4, EPISODE: 3}
    assert list(figures.by_day().values()) == [2, 5]
    assert list(figures.by_day(NEXT_ONE).values()) == [0, 4]
    assert figures.within(day, day).by_episode() == {EPISODE: 2}
    assert figures.within(day, day).by_app() == {"": 2}


def test_salts_of_days_have_nothing_in_common() -> None:
    salts = iter(range(1, 9))
    count = show_count()
    count._salt = lambda: bytes([next(salts)]) * 16
    for hours in (0, 24, 48):
        count.add(request(at=NOON + timedelta(hours=hours)))
    digests = [who for day in count.days.values() for who in day.counted[EPISODE]]
    assert len(set(digests)) == 3
    assert figures_of(count.days).total == 3
