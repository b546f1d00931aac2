"""What goes and what stays of what is unfinished at a destination."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.model.destination import FolderDestination
from bobine.model.episode_day import EpisodeDay
from bobine.model.published.release import Withdrawal
from bobine.publish.corrections.leftovers import GIVEN_UP_S, LEFT_S, Clearing, clear_leftovers
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.s3.unfinished import graft_name
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import is_of_episode
from tests.publish.samples import SHOW
from tests.publish.seaweed import SeaweedFS, client_of
from tests.publish.shelf import NOW, SLUG, episode, write_feed
from tests.publish.stores import opened_remote, released

DAY, OTHER = date(2026, 11, 26), date(2026, 12, 3)
NEW, OLD = (f"{SLUG}/audio/{SLUG}-{DAY}-{digit * 12}.mp3" for digit in "ab")
ELSEWHERE = f"{SLUG}/audio/{SLUG}-{OTHER}-cccccccccccc.mp3"
CLEARING = Clearing(day=DAY, wanted={NEW}, former=set(), named={NEW, ELSEWHERE}, withdrawn=(), at_once=False)
MINUTE_S = 60.0


def left(key: str, idle_s: float = MINUTE_S, **given: Any) -> Unfinished:
    return Unfinished(key=key, place=key, idle_s=idle_s, **given)


@pytest.mark.parametrize(
    ("one", "given", "is_due"),
    [
        (left(OLD), {}, False),
        (left(OLD, LEFT_S + 1), {}, True),
        (left(OLD), {"at_once": True}, True),
        (left(OLD), {"former": {OLD}}, True),
        (left(OLD, is_over=True, goes_on=True), {}, True),
        (left(NEW), {"at_once": True}, False),
        (left(NEW, is_over=True), {}, True),
        (left(NEW, LEFT_S + 1, goes_on=True), {}, True),
        (left(ELSEWHERE, goes_on=True), {"at_once": True}, False),
        (left(ELSEWHERE, is_over=True, goes_on=True), {}, False),
        (left(ELSEWHERE, is_over=True), {}, True),
        (left(ELSEWHERE, LEFT_S + 1, goes_on=True), {}, False),
        (left(ELSEWHERE, LEFT_S + 1, goes_on=True), {"withdrawn": (OTHER,)}, True),
        (left(ELSEWHERE, LEFT_S + 1, goes_on=True), {"given_up_s": LEFT_S}, True),
        (left(ELSEWHERE, LEFT_S + 1), {}, True),
        (left(ELSEWHERE, GIVEN_UP_S + 1, goes_on=True), {}, True),
        (left(""), {}, False),
        (left(""), {"at_once": True}, True),
        (left(OLD, stands=True), {"at_once": True}, False),
        (left(OLD, LEFT_S + 1, stands=True), {}, True),
        (left(NEW, LEFT_S + 1, stands=True), {"at_once": True}, False),
        (left(ELSEWHERE, LEFT_S + 1, stands=True), {"at_once": True, "named": set()}, False),
    ],
)
def test_what_is_over_goes_and_what_somebody_may_be_sending_stays(
    one: Unfinished, given: dict[str, Any], is_due: bool
) -> None:
    assert replace(CLEARING, **given).is_due(one) is is_due


@pytest.mark.parametrize(
    ("key", "day", "is_its"),
    [
        (NEW, DAY, True),
        (NEW, OTHER, False),
        (NEW, EpisodeDay(2026, 11, 26, "bonus"), False),
        (f"{SLUG}/audio/{SLUG}-2026-11-26-bonus-aaaaaaaaaaaa.mp3", DAY, False),
        (f"{SLUG}/audio/{SLUG}-2026-11-26-bonus-aaaaaaaaaaaa.mp3", EpisodeDay(2026, 11, 26, "bonus"), True),
        (f"{SLUG}/images/{SLUG}-{DAY}-petite-aaaaaaaaaaaa.jpg", DAY, True),
        (f"{SLUG}/transcripts/{DAY}-aaaaaaaaaaaa.vtt", DAY, True),
        (f"{SLUG}/en-cours/{DAY}.mp3-{'0' * 32}-debut", DAY, True),
        (f"{SLUG}/en-cours/{DAY}-bonus.mp3-{'0' * 32}-debut", DAY, False),
        (f"{SLUG}/chroniques/avocat/{DAY}-pedro-aaaaaaaaaaaa.mp3", DAY, True),
        (f"{SLUG}/chroniques/avocat/{DAY}-pedro-aaaaaaaaaaaa.mp3", OTHER, False),
        (graft_name(NEW, "0" * 8, "0" * 32).replace("en-cours/greffe-00000000-" + "0" * 32 + ".", ""), DAY, True),
        (f"{SLUG}/chroniques_avocat_{DAY}-pedro-aaaaaaaaaaaa.mp3", DAY, True),
    ],
)
def test_the_episode_of_a_key(key: str, day: date, is_its: bool) -> None:
    assert is_of_episode(key, day) is is_its


@pytest.mark.parametrize("kind", ["folder", "remote"])
def test_a_later_run_takes_away_what_was_left_an_hour_ago_and_leaves_the_rest(tmp_path: Path, kind: str) -> None:
    top = tmp_path / "feed"
    store: Any = (
        open_store(FolderDestination(name="local", path="feed"), tmp_path)
        if kind == "folder"
        else opened_remote(top, tmp_path / "state")
    )
    released(store, tmp_path, 0)
    sounds = top / SLUG / "audio"
    form = ".{}.{}.tmp.mp3" if kind == "folder" else ".{}.mp3.{}.part"
    old, young = (sounds / form.format(f"{SLUG}-2026-01-01-0123456789ab", digit * 12) for digit in "ab")
    mine = sounds / "notes-de-quelqu-un.part"
    for path in (old, young, mine):
        path.write_bytes(b"sound")
    then = time.time() - LEFT_S - 60
    for path in (old, mine):
        os.utime(path, (then, then))
    released(store, tmp_path, 1)
    assert not old.exists()
    assert young.exists()
    assert mine.exists()


def test_what_cannot_be_taken_away_is_said_in_one_sentence(tmp_path: Path) -> None:
    store: Any = open_store(FolderDestination(name="local", path="feed"), tmp_path)
    at_once = replace(CLEARING, at_once=True)
    store.unfinished = lambda _slug, _day: (left(OLD),)
    store.clear = lambda _one: None
    (stays,) = clear_leftovers(store, SHOW.slug, at_once)
    assert OLD in stays
    store.unfinished = lambda _slug, _day: (left(OLD, stands=True),)
    (waits,) = clear_leftovers(store, SHOW.slug, at_once)
    assert "dans une heure" in waits

    def refuse(*_given: object) -> Any:
        raise PublishError("Accès refusé.")

    store.unfinished = refuse
    (refused,) = clear_leftovers(store, SHOW.slug, at_once)
    assert refused.endswith("Accès refusé.")
    assert clear_leftovers(store, SHOW.slug, CLEARING) == ()


@pytest.mark.slow
@pytest.mark.parametrize("versions", [False, True])
def test_a_withdrawal_empties_a_bucket_of_all_that_is_unfinished_of_the_episode_alone(
    seaweed: SeaweedFS, tmp_path: Path, versions: bool
) -> None:
    destination = seaweed.destination(prefix=f"sous/{secrets.token_hex(4)}/")
    store = BucketStore(destination)
    client = client_of(seaweed.endpoint)
    released(store, tmp_path, 0)
    released(store, tmp_path, 1)
    secret = "0" * 32
    theirs = [f"en-cours/{OTHER}.mp3-{secret}-debut"]
    its_own = [
        f"en-cours/{DAY}.mp3-{secret}-debut",
        f"en-cours/{DAY}.mp3-{secret}-p1-0",
        f"en-cours/greffe-{secret}-tete",  # as an older version named them
        graft_name(OLD, "0" * 8, secret).removeprefix(f"{SLUG}/") + "-entier",
    ]
    uploads = [f"en-cours/{DAY}.mp3-{secret}", OLD.removeprefix(f"{SLUG}/")]

    def at(key: str) -> Any:
        return {"Bucket": destination.bucket, "Key": f"{destination.prefix}{SLUG}/{key}"}

    for key in (*theirs, *its_own):
        client.put_object(**at(key), Body=b"sound")
    for key in uploads:
        upload = client.create_multipart_upload(**at(key))["UploadId"]
        client.upload_part(**at(key), UploadId=upload, PartNumber=1, Body=b"sound")
    made, _ = episode(tmp_path / "episodes", 0)
    why = Withdrawal(at=NOW, reason="à la demande d'une invitée")
    asked: Any = store._addressed.clients.asking
    gone: list[str] = []
    kept = its_own[-1]

    def noted(params: dict[str, str], **_given: object) -> None:
        gone.append(params["Key"])

    if versions:  # one that was deleted before, of which the bucket kept a version
        client.delete_object(**at(kept))
        asked.get_paginator = _with_version(asked.get_paginator, {**at(kept), "LastModified": NOW}, gone)
        asked.meta.events.register("before-parameter-build.s3.DeleteObject", noted)
    outcome = withdraw(store, SHOW, made, why, {}, write_feed, NOW, keep=timedelta())
    assert outcome.warnings == ()
    prefix = f"{destination.prefix}{SLUG}/"
    listed: Any = {"Bucket": destination.bucket, "Prefix": prefix}
    left = [one["Key"].removeprefix(prefix) for one in client.list_objects_v2(**listed)["Contents"]]
    assert [key for key in left if "en-cours" in key] == theirs
    assert not [key for key in left if f"audio/{SLUG}-{DAY}" in key]
    assert client.list_multipart_uploads(**listed).get("Uploads", []) == []
    assert not versions or at(kept)["Key"] in gone


def _with_version(get: Callable[[str], Any], version: dict[str, Any], gone: Collection[str]) -> Callable[[str], Any]:
    """The paginators of a client whose bucket keeps a version of one object until it is deleted for good."""

    def paginate(**given: str) -> list[dict[str, Any]]:
        found = [] if version["Key"] in gone else [version]
        return [{"Versions": found, "IsTruncated": False, "Name": given["Bucket"]}]

    return lambda name: SimpleNamespace(paginate=paginate) if name == "list_object_versions" else get(name)
