from __future__ import annotations

import dataclasses
import itertools
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.model.destination import FolderDestination
from bobine.model.release import Release, StoredFile
from bobine.publish.destination import Store, open_store
from bobine.publish.layout import feed_key, record_key
from bobine.publish.media_types import JSON
from bobine.publish.records import decode, encode, stored_files
from bobine.publish.release import Outcome, publish
from tests.publish.gateways import gateway
from tests.publish.samples import SHOW
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.shelf import (
    NOW,
    SLUG,
    assert_feed_names_only_what_is_there,
    days_in,
    episode,
    feed_of,
    stored_file,
    week_of,
    write_feed,
)

OpenStore = Callable[[], Store]


class Unplugged(Exception):
    """What stands for a crash at a chosen call."""


class Fragile:
    """A store that is unplugged when its n-th call is made; the feed is looked at after each call that writes."""

    def __init__(self, store: Store, at: int = 0) -> None:
        self._store, self._at = store, at
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._at:
                raise Unplugged
            answer = wrapped(*args, **kwargs)
            if name in ("put", "swap"):
                assert_feed_names_only_what_is_there(self._store)
            return answer

        return call


def opened_folder(folder: Path) -> Store:
    return open_store(FolderDestination(name="local", path="feed"), folder)


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Opens a new, empty destination at each call."""
    if request.param == "bucket":
        seaweed: SeaweedFS = request.getfixturevalue("seaweed")
        return lambda: open_store(seaweed.destination(), tmp_path)
    count = iter(range(1000))
    return lambda: opened_folder(tmp_path / f"workspace-{next(count)}")


def released(store: Any, tmp_path: Path, week: int = 0, **kwargs: Any) -> Outcome:
    made, files = episode(tmp_path / "episodes", week, **kwargs)
    return publish(store, SHOW, made, files, write_feed, kwargs.get("now", NOW))


def test_an_episode_is_put_online_whole(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    made, files = episode(tmp_path)
    steps: list[tuple[str, int, int]] = []
    outcome = publish(store, SHOW, made, files, write_feed, NOW, on_progress=lambda *step: steps.append(step))
    assert outcome.feed_key == "bobine-romanaise/feed.xml"
    assert outcome.conditional
    assert set(outcome.uploaded) == {*files, feed_key(SLUG), record_key(SLUG, made.date)}
    assert outcome.unchanged == ()
    for file in stored_files(made):
        found = store.head(file.key)
        assert found is not None
        assert found.is_identical_to(file)
        assert store.read(file.key, 0, file.bytes) == files[file.key].read_bytes()
    assert feed_of(store).encode() == write_feed([outcome.release])
    assert {label for label, _, _ in steps} == {"Envoi", "Vérification", "Flux"}
    assert all(0 <= done <= total for _, done, total in steps)
    assert ("Envoi", sum(f.bytes for f in stored_files(made)), sum(f.bytes for f in stored_files(made))) in steps


def test_a_second_run_changes_nothing(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    first = released(store, tmp_path)
    before = store.fetch(feed_key(SLUG))
    later, files = episode(tmp_path / "again", now=NOW + timedelta(days=2))
    watched = Fragile(store)
    second = publish(watched, SHOW, later, files, write_feed, NOW + timedelta(days=2))
    assert second.uploaded == ()
    assert set(second.unchanged) == set(first.uploaded)
    assert second.release == first.release
    assert store.fetch(feed_key(SLUG)) == before
    assert not {"put", "swap"} & set(watched.calls)


def test_a_correction_keeps_identity_and_first_date(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    first = released(store, tmp_path)
    later = NOW + timedelta(hours=3)
    corrected, files = episode(tmp_path, text="deux", now=later)
    outcome = publish(store, SHOW, dataclasses.replace(corrected, guid="autre"), files, write_feed, later)
    assert outcome.release.guid == first.release.guid
    assert outcome.release.published == first.release.published == NOW
    assert outcome.release.updated == later
    assert "version deux" in feed_of(store)
    assert "version un" not in feed_of(store)
    assert_feed_names_only_what_is_there(store)


def test_dates_in_the_future_are_brought_back_to_now(tmp_path: Path) -> None:
    made, files = episode(tmp_path, now=NOW + timedelta(days=900))
    outcome = publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)
    assert outcome.release.published == outcome.release.updated == NOW


def test_the_channels_files_are_sent_and_guarded_too(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"jpeg" * 100)
    channel = stored_file(cover, f"{SLUG}/images/{SLUG}-0123456789ab.jpg")
    made, files = episode(tmp_path)
    outcome = publish(store, SHOW, made, {**files, channel.key: cover}, write_feed, NOW, channel_files=[channel])
    assert channel.key in outcome.uploaded
    assert store.head(channel.key) is not None


def test_stopped_at_any_call_the_feed_stays_whole_and_the_next_run_ends_in_the_same_bytes(
    new_store: OpenStore, tmp_path: Path
) -> None:
    """Corrections, the n-th one unplugged at its n-th call (which is also just after the call before)."""
    store, untroubled = new_store(), opened_folder(tmp_path / "untroubled")
    for week in (0, 1):
        released(store, tmp_path, week)
        released(untroubled, tmp_path, week)
    for call in itertools.count(1):
        moment = NOW + timedelta(minutes=call)

        def correct(chosen: Any, call: int = call, moment: datetime = moment) -> Outcome:
            return released(chosen, tmp_path, 1, text=f"corrige-{call}", now=moment)

        correct(untroubled)
        before = feed_of(store)
        fragile = Fragile(store, call)
        try:
            correct(fragile)
        except Unplugged:
            assert feed_of(store) in (before, feed_of(untroubled))
        else:
            break
        assert_feed_names_only_what_is_there(store)
        correct(store)
        assert feed_of(store) == feed_of(untroubled), f"call {call}: {fragile.calls[-1]}"
        assert_feed_names_only_what_is_there(store)
    assert call > 20


def test_an_upload_that_was_cut_short_is_sent_again(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    made, files = episode(tmp_path)
    main = made.audio[0].file
    broken = tmp_path / "broken"
    broken.write_bytes(files[main.key].read_bytes()[:-100] + bytes(100))
    store.put(stored_file(broken, main.key), broken, "no-cache")
    outcome = publish(store, SHOW, made, files, write_feed, NOW)
    assert main.key in outcome.uploaded
    assert store.read(main.key, 0, main.bytes) == files[main.key].read_bytes()


class Careless:
    """A store that takes a file and keeps something else."""

    def __init__(self, store: Store, spoil: Callable[[bytes], bytes], scratch: Path) -> None:
        self._store, self._spoil, self._scratch = store, spoil, scratch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, file: StoredFile, source: Path, cache_control: str, on_bytes: Any = None) -> None:
        self._scratch.write_bytes(self._spoil(source.read_bytes()))
        self._store.put(file, self._scratch, cache_control, on_bytes)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: b"X" + content[1:],
        lambda content: content[:-1] + b"X",
    ],
    ids=["shorter", "longer", "first-byte", "last-byte"],
)
def test_what_is_not_what_was_sent_is_refused_before_the_feed_names_it(
    new_store: OpenStore, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    store = new_store()
    made, files = episode(tmp_path, audio_bytes=200_000)
    careless: Any = Careless(store, spoil, tmp_path / "spoilt")
    with pytest.raises(PublishError, match=r"envoyé|contenu"):
        publish(careless, SHOW, made, files, write_feed, NOW)
    assert store.fetch(feed_key(SLUG)) is None
    assert store.fetch(record_key(SLUG, made.date)) is None


def test_a_local_file_that_changed_is_refused(tmp_path: Path) -> None:
    made, files = episode(tmp_path)
    files[made.image.key].write_bytes(b"other")
    with pytest.raises(PublishError, match="a changé depuis"):
        publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)
    files[made.image.key].unlink()
    with pytest.raises(PublishError, match="ne peut pas être lu"):
        publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)


def test_another_episodes_lost_file_is_named_and_repaired_by_publishing_it(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    first = released(store, tmp_path, 0)
    Path(store.location(first.release.chapters.key)).unlink()
    with pytest.raises(PublishError, match=r"jeudi 26 novembre 2026.*bobine publier bobine-romanaise/2026-11-26"):
        released(store, tmp_path, 1)
    assert days_in(feed_of(store)) == [week_of(0)]
    released(store, tmp_path, 0)
    assert days_in(feed_of(store)) == [week_of(0), week_of(1)]
    assert_feed_names_only_what_is_there(store)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_record_that_cannot_be_read_stops_the_release_and_leaves_the_feed(tmp_path: Path, content: bytes) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0)
    before = feed_of(store)
    Path(store.location(record_key(SLUG, week_of(3)))).write_bytes(content)
    with pytest.raises(PublishError, match=r"2026-12-17\.json"):
        released(store, tmp_path, 1)
    assert feed_of(store) == before


def test_a_record_under_another_days_name_is_refused(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    made = released(store, tmp_path, 0).release
    Path(store.location(record_key(SLUG, week_of(3)))).write_bytes(encode(made))
    with pytest.raises(PublishError, match="un autre jour"):
        released(store, tmp_path, 1)


class Interrupted:
    """A store in whose use somebody else comes between, once, just before the n-th call."""

    def __init__(self, store: Store, at: int, other: Callable[[], object]) -> None:
        self._store, self._at, self._other = store, at, other
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._at:
                self._other()
            return wrapped(*args, **kwargs)

        return call


def test_another_publisher_between_any_two_calls_loses_nothing(new_store: OpenStore, tmp_path: Path) -> None:
    alone = Interrupted(new_store(), 0, lambda: None)
    released(alone, tmp_path, 0)
    first = 1 if alone.location("").startswith(str(tmp_path)) else alone.calls.index("swap")
    for call in range(first, len(alone.calls) + 1):
        store = new_store()
        between = Interrupted(store, call, lambda store=store: released(store, tmp_path, 1))
        released(between, tmp_path, 0)
        assert days_in(feed_of(store)) == [week_of(0), week_of(1)], f"before call {call}: {between.calls[call - 1]}"
        assert_feed_names_only_what_is_there(store)


def publish_together(stores: list[Store], tmp_path: Path, weeks: list[int], texts: str = "un un un") -> list[Exception]:
    """One publisher a thread, let go at once; gives their failures."""
    failures: list[Exception] = []
    start = threading.Barrier(len(weeks))
    made = [
        episode(tmp_path / f"machine-{n}", week, text=text)
        for n, (week, text) in enumerate(zip(weeks, texts.split(), strict=False))
    ]

    def one(store: Store, ours: tuple[Release, dict[str, Path]]) -> None:
        start.wait()
        try:
            publish(store, SHOW, ours[0], ours[1], write_feed, NOW)
        except Exception as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=one, args=pair) for pair in zip(stores, made, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_publishers_at_the_same_time_lose_nothing_in_a_folder(tmp_path: Path) -> None:
    for round_ in range(12):
        folder = tmp_path / f"round-{round_}"
        stores = [opened_folder(folder) for _ in range(3)]
        assert publish_together(stores, folder, [0, 1, 2]) == []
        assert days_in(feed_of(stores[0])) == [week_of(0), week_of(1), week_of(2)]
        assert_feed_names_only_what_is_there(stores[0])


@pytest.mark.slow
def test_publishers_at_the_same_time_lose_nothing_in_a_bucket(seaweed: SeaweedFS, tmp_path: Path) -> None:
    first, second = (open_store(seaweed.destination(prefix="race/"), tmp_path) for _ in range(2))
    assert first.enforces_conditions()
    for week in range(0, 16, 2):
        assert publish_together([first, second], tmp_path / f"round-{week}", [week, week + 1]) == []
        assert days_in(feed_of(first)) == [week_of(past) for past in range(week + 2)]
    assert_feed_names_only_what_is_there(first)


@pytest.mark.slow
@pytest.mark.parametrize("conditions", ["ignored", "refused"])
def test_a_store_without_conditional_writes_is_known_for_it_and_loses_nothing(
    seaweed: SeaweedFS, tmp_path: Path, conditions: str
) -> None:
    with gateway(seaweed.endpoint, conditions=conditions) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        first, second = (open_store(destination, tmp_path) for _ in range(2))
        assert not first.enforces_conditions()
        outcome = released(first, tmp_path, 0)
        assert not outcome.conditional
        assert released(first, tmp_path, 0).uploaded == ()
        for week in range(1, 7, 2):
            assert publish_together([first, second], tmp_path / f"round-{week}", [week, week + 1]) == []
            assert days_in(feed_of(first)) == [week_of(past) for past in range(week + 2)]
        assert_feed_names_only_what_is_there(first)


@pytest.mark.slow
def test_without_conditional_writes_a_feed_overwritten_by_an_older_one_is_repaired(
    seaweed: SeaweedFS, tmp_path: Path
) -> None:
    """The other publishes whole between this one's last look at the feed and its PUT."""
    others: list[Callable[[], object]] = []

    def come_between(path: str) -> None:
        if path.endswith("/feed.xml") and others:
            others.pop()()

    with gateway(seaweed.endpoint, conditions="ignored", before_put=come_between) as endpoint:
        store = open_store(seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint), tmp_path)
        for week in (0, 2):
            others.append(lambda week=week: released(store, tmp_path, week + 1))  # type: ignore[misc]
            released(store, tmp_path, week)
            assert not others
            assert days_in(feed_of(store)) == [week_of(past) for past in range(week + 2)]


def test_two_corrections_of_one_episode_leave_one_of_them_whole(tmp_path: Path) -> None:
    for round_ in range(8):
        folder = tmp_path / f"round-{round_}"
        stores = [opened_folder(folder) for _ in range(2)]
        released(stores[0], folder, 0)
        assert publish_together(stores, folder, [0, 0], "deux trois") == []
        assert days_in(feed_of(stores[0])) == [week_of(0)]
        record = stores[0].fetch(record_key(SLUG, week_of(0)))
        assert record is not None
        assert feed_of(stores[0]).encode() == write_feed([decode(record.content, "")])


def test_a_feed_that_never_stops_changing_is_given_up(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)

    class Restless:
        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
            return media_type == JSON and store.swap(key, content, media_type, cache_control, expected)

    made, files = episode(tmp_path)
    with pytest.raises(PublishError, match="ne cesse de changer"):
        publish(Restless(), SHOW, made, files, write_feed, NOW)


@pytest.mark.slow
def test_a_server_killed_in_mid_upload_and_started_again_ends_in_the_same_bytes(
    mortal_seaweed: SeaweedFS, tmp_path: Path
) -> None:
    destination = mortal_seaweed.destination()
    store = open_store(destination, tmp_path)
    released(store, tmp_path, 0)
    made, files = episode(tmp_path, 1, audio_bytes=40_000_000)

    def cut_the_power(label: str, done: int, total: int) -> None:
        if label == "Envoi" and done > total // 3:
            mortal_seaweed.kill()

    with pytest.raises(PublishError, match="injoignable") as caught:
        publish(store, SHOW, made, files, write_feed, NOW, on_progress=cut_the_power)
    assert "recommencez" in str(caught.value)
    mortal_seaweed.start()
    fresh = open_store(destination, tmp_path)
    assert days_in(feed_of(fresh)) == [week_of(0)]
    assert_feed_names_only_what_is_there(fresh)
    publish(fresh, SHOW, made, files, write_feed, NOW)
    assert_feed_names_only_what_is_there(fresh)
    untroubled = opened_folder(tmp_path / "untroubled")
    released(untroubled, tmp_path, 0)
    publish(untroubled, SHOW, made, files, write_feed, NOW)
    assert feed_of(fresh) == feed_of(untroubled)
    assert publish(fresh, SHOW, made, files, write_feed, NOW).uploaded == ()
