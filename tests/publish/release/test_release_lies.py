"""A destination is not believed: an answer that is not true, at each request in turn, loses nothing.

Each lie is told once; one more run ends in the same bytes as if there had been none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import decode
from bobine.publish.release import Outcome
from tests.publish.gateways import Reply, gateway
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.shelf import NOW, SLUG, days_in, feed_of, week_of
from tests.publish.stores import LIES, PAGE, Lying, OpenFilledStore, opened_folder, real_feed, released
from tests.publish.turns import turns

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.boundary, pytest.mark.slow, pytest.mark.usefixtures("asked_again_soon")]


def guids(store: Store) -> int:
    return feed_of(store).count("<guid")


def tried(run: Callable[[], Outcome]) -> Outcome | None:
    """What a run gave; None if it was refused, in one sentence."""
    refusal = ""
    try:
        return run()
    except PublishError as error:
        refusal = str(error)
    assert refusal.endswith(".")
    assert "\n" not in refusal
    return None


def told_truly(outcome: Outcome, store: Store) -> None:
    """What is said to be online is: the record as told, and its title in the feed."""
    record = store.fetch(record_key(SLUG, outcome.release.date))
    assert record is not None
    assert decode(record.content, "") == outcome.release
    assert outcome.release.title in feed_of(store)


def filled(store: Store, folder: Path, weeks: int) -> None:
    """That many episodes, of which the second was corrected before, so that it has files that are former ones."""
    for week in range(weeks):
        released(store, folder, week, writer=real_feed)
    released(store, folder, 1, writer=real_feed, text="avant", now=NOW + timedelta(minutes=1))


def corrected(store: Any, folder: Path) -> Outcome:
    return released(store, folder, 1, writer=real_feed, text="corrige", now=NOW + timedelta(minutes=2))


@pytest.fixture
def untroubled(tmp_path: Path) -> Callable[[int], str]:
    """The feed of so many episodes after a correction that nothing troubled."""

    def feed(weeks: int) -> str:
        store = opened_folder(tmp_path / "untroubled")
        filled(store, tmp_path, weeks)
        corrected(store, tmp_path)
        return feed_of(store)

    return feed


@pytest.mark.parametrize("new_filled_store", ["folder"], indirect=True)
@pytest.mark.parametrize("lie", LIES)
def test_a_lie_at_any_call_loses_nothing_in_a_folder(
    new_filled_store: OpenFilledStore, untroubled: Callable[[int], str], tmp_path: Path, lie: str, attempt: Attempt
) -> None:
    new_store = new_filled_store(lambda store: filled(store, tmp_path, 3))
    wanted = untroubled(3)
    lies = 0
    for call in itertools.count(1):
        store = new_store()
        liar = Lying(store, call, lie)
        with attempt(f"a destination's answer that is not true ({lie}), at each call in turn"):
            outcome = tried(partial(corrected, liar, tmp_path))
            if outcome is not None:
                told_truly(outcome, store)
            assert guids(store) == 3
            corrected(store, tmp_path)
            assert feed_of(store) == wanted, f"call {call}: {liar.calls[-1]}"
        lies += liar.lied
        if call > len(liar.calls):
            break
    assert lies >= 4


@pytest.mark.parametrize("fault", ["absent", "page", "page with an ETag", "no-op"])
def test_a_fault_at_any_request_loses_nothing_in_a_bucket(
    seaweed: SeaweedFS, untroubled: Callable[[int], str], tmp_path: Path, fault: str, attempt: Attempt
) -> None:
    """Each third request of a correction, or all of them: see ``turns``."""
    requests: list[str] = []
    at = 0

    def instead(method: str, path: str) -> Reply | None:
        requests.append(f"{method} {path}")
        return _fault(fault, method) if len(requests) == at else None

    wanted = untroubled(2)
    with gateway(seaweed.endpoint, instead=instead) as endpoint:
        begun = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        filled(open_store(begun, tmp_path), tmp_path, 2)
        for number in turns(f"lies {fault}", over_a_network=True):
            destination = seaweed.copied(begun, endpoint=endpoint)
            store = open_store(destination, tmp_path)
            requests.clear()
            at = number
            with attempt(f"a request to a bucket that goes wrong ({fault}), each in turn"):
                outcome = tried(partial(corrected, open_store(destination, tmp_path), tmp_path))
                made, at = len(requests), 0
                if outcome is not None:
                    told_truly(outcome, store)
                assert guids(store) == 2
                corrected(store, tmp_path)
                assert feed_of(store) == wanted, f"request {number}: {requests[number - 1 :][:1]}"
            if number > made:
                break
        assert number > 20


def _fault(fault: str, method: str) -> Reply | None:
    html = [("Content-Type", "text/html; charset=utf-8")]
    match fault:
        case "absent":
            return 404, [("Content-Type", "application/xml")], b"<Error><Code>NoSuchKey</Code></Error>"
        case "page":
            return 200, html, PAGE
        case "page with an ETag":
            return 200, [*html, ("ETag", '"page"')], PAGE
        case _:
            return (200, [("ETag", '"0123456789abcdef0123456789abcdef"')], b"") if method == "PUT" else None


@pytest.mark.parametrize("name", ["feed.xml", "2026-12-03.json"])
def test_what_the_listing_names_and_never_comes_is_an_error(tmp_path: Path, name: str, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    for week in (0, 1):
        released(store, tmp_path, week, writer=real_feed)
    before = feed_of(store)

    class Withholding:
        def __getattr__(self, attribute: str) -> Any:
            return getattr(store, attribute)

        def fetch(self, key: str) -> Any:
            return None if key.endswith(name) else store.fetch(key)

    with attempt("an object that a listing names and that never comes"):
        with pytest.raises(PublishError, match="dans sa liste et ne peut pas être lu"):
            released(Withholding(), tmp_path, 1, writer=real_feed, text="corrige")
        assert feed_of(store) == before


def test_another_episodes_record_that_never_comes_leaves_its_item_as_it_is(tmp_path: Path, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    for week in (0, 1):
        released(store, tmp_path, week, writer=real_feed)

    class Withholding:
        def __getattr__(self, attribute: str) -> Any:
            return getattr(store, attribute)

        def fetch(self, key: str) -> Any:
            return None if key.endswith("2026-11-26.json") else store.fetch(key)

    with attempt("a record that a listing names and that never comes"):
        (said,) = released(Withholding(), tmp_path, 1, writer=real_feed, text="corrige").warnings
        assert "reste dans le flux" in said
        assert guids(store) == 2
        assert "corrige" in feed_of(store)


def test_writes_that_never_take_are_not_said_to_be_online(tmp_path: Path, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    for key in (record_key(SLUG, week_of(0)), feed_key(SLUG)):

        class Forgetful:
            def __getattr__(self, attribute: str) -> Any:
                return getattr(store, attribute)

            def swap(self, asked: str, *args: Any, forgotten: str = key) -> bool:
                return asked == forgotten or store.swap(asked, *args)

        with attempt("a write that is accepted and never takes"), pytest.raises(PublishError, match="n'y est pas"):
            released(Forgetful(), tmp_path, 0, writer=real_feed)


def test_a_listing_that_is_a_page_is_no_empty_listing(seaweed: SeaweedFS, tmp_path: Path, attempt: Attempt) -> None:
    """An XHTML page is XML that lists nothing: it must not empty the feed."""
    xhtml = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Bienvenue</body></html>'
    on = False

    def instead(method: str, path: str) -> Reply | None:
        return (200, [("Content-Type", "application/xml")], xhtml) if on and "list-type" in path else None

    with gateway(seaweed.endpoint, instead=instead) as endpoint:
        store = open_store(seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint), tmp_path)
        released(store, tmp_path, 0)
        on = True
        with attempt("a page in the place of a listing"):
            with pytest.raises(PublishError, match="répond autre chose"):
                released(store, tmp_path, 1)
            assert days_in(feed_of(store)) == [week_of(0)]


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=-60)])
def test_the_servers_clock_is_followed_and_the_difference_said(
    seaweed: SeaweedFS, tmp_path: Path, ahead: timedelta, attempt: Attempt
) -> None:
    def date() -> str:
        return format_datetime(datetime.now(UTC) - ahead, usegmt=True)

    with gateway(seaweed.endpoint, date=date) as endpoint:
        store = open_store(seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint), tmp_path)
        with attempt("a clock that is not the destination's"):
            outcome = released(store, tmp_path, 0)
            assert [f"{abs(ahead.days)} jour" in warning for warning in outcome.warnings] == [True]
            assert outcome.release.published <= NOW - ahead + timedelta(seconds=5)
