"""A computer whose clock is a day off, and a feed that was edited by hand on the server, over SFTP and WebDAV."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bobine.publish.destinations.remote import store as remote_store
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key, foreign_key
from tests.publish.shelf import NOW, SLUG, days_in, feed_of, week_of
from tests.publish.stores import real_feed, released

pytestmark = [pytest.mark.integration, pytest.mark.boundary]

Attempt = Callable[[str], AbstractContextManager[None]]
RemoteAt = Callable[[str, str], Store]


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=-1)])
@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_the_servers_clock_is_followed_and_the_difference_said(
    remote_at: RemoteAt,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    ahead: timedelta,
    attempt: Attempt,
) -> None:
    folder, wrong = f"clock-{kind}-{ahead.days}", SimpleNamespace(time=lambda: time.time() + ahead.total_seconds())
    with attempt("a clock that is not the destination's"):
        with monkeypatch.context() as patch:
            patch.setattr(remote_store, "time", wrong)
            outcome = released(remote_at(kind, folder), tmp_path, 0, now=NOW + ahead)
        (said,) = outcome.warnings
        assert "1 jour" in said
        assert ("avance" if ahead > timedelta() else "retarde") in said
        assert outcome.release.published <= NOW + timedelta(seconds=5)
        store = remote_at(kind, folder)
        assert released(store, tmp_path, 1, now=NOW).warnings == ()
        assert days_in(feed_of(store)) == [week_of(0), week_of(1)]


@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_a_feed_edited_on_the_server_is_kept_and_said(
    remote_at: RemoteAt, web_folder: Path, tmp_path: Path, kind: str, attempt: Attempt
) -> None:
    folder = f"hand-{kind}"
    feed = web_folder / folder / feed_key(SLUG)
    for week in (0, 1):
        assert released(remote_at(kind, folder), tmp_path, week, writer=real_feed).warnings == ()
    ours = feed.read_bytes()
    with attempt("a feed edited by hand on the server"):
        edited = ours.replace(b"magazine", b"journal")
        assert edited != ours
        feed.write_bytes(edited)
        store = remote_at(kind, folder)
        (said,) = released(store, tmp_path, 1, writer=real_feed).warnings
        kept = foreign_key(SLUG, edited)
        assert "quelqu'un l'a modifié" in said
        assert store.location(kept) in said
        assert (web_folder / folder / kept).read_bytes() == edited
        assert feed.read_bytes() == ours
        assert released(store, tmp_path, 1, writer=real_feed).warnings == (), "said once"
