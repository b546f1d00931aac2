"""The audit trail and what may still be online are worked out from what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.evening.corrections.decisions import (
    MAX_REPLIES_BYTES,
    begun,
    completed,
    ended,
    kept_until,
    reply_deadline,
    still_named,
    to_be_gone,
    with_replies,
    with_reply,
)
from bobine.model.episode import Episode
from bobine.model.published.corrections import Act, AuditTrail, Correction, Reply
from bobine.model.published.release import FormerFile, LocalRelease, Release, ReleaseStatus, Withdrawal
from tests.publish.samples import release
from tests.store.records.test_round_trips import local_release

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=7)
NEW = Correction(at=AT, act=Act.CORRECT, destination="local", reason="le nom était mal écrit")
REPLY = Reply(at=AT, by="Mme Durand", text="Je n'ai jamais dit cela.")


def at(local: Release) -> LocalRelease:
    return replace(local_release("local", ReleaseStatus.ONLINE), release=local)


def former(*keys: str, until: datetime = LATER) -> Release:
    return release(0, former=tuple(FormerFile(key=key, until=until) for key in keys))


@given(st.lists(st.sampled_from(["begin", "end"]), max_size=8))
def test_however_often_it_is_interrupted_a_change_is_one_entry_until_it_is_done(steps: list[str]) -> None:
    trail, done = AuditTrail(), 0
    for count, step in enumerate(steps):
        again = replace(NEW, at=AT + timedelta(hours=count), reason=f"fois {count}")
        if step == "begin":
            trail = begun(trail, again)
        else:
            trail, done = ended(trail, replace(again, done=True)), done + 1
    assert sum(one.done for one in trail.corrections) == done
    assert sum(not one.done for one in trail.corrections) <= 1


def test_what_was_interrupted_keeps_the_date_and_the_reason_that_it_began_with() -> None:
    trail = begun(begun(AuditTrail(), NEW), replace(NEW, at=LATER, reason="autre"))
    trail = ended(trail, replace(NEW, at=LATER, reason="autre", done=True, removed=("a",)))
    assert trail.corrections == (replace(NEW, done=True, removed=("a",)),)


def test_an_item_and_the_episode_are_two_changes() -> None:
    trail = begun(AuditTrail(), NEW)
    for other in (replace(NEW, item="entretien"), replace(NEW, destination="en-ligne"), replace(NEW, act=Act.REPLY)):
        assert len(begun(trail, other).corrections) == 2


def test_only_what_this_change_took_out_is_noted_as_replaced() -> None:
    before, after = former("s/a"), former("s/a", "s/b")
    done = completed(NEW, before, after, ("s/c",))
    assert (done.replaced, done.removed, done.until) == (("s/b", "s/c"), ("s/c",), LATER)
    assert completed(NEW, after, release(0), ("s/a", "s/b")).until is None


def test_the_last_former_file_says_until_when() -> None:
    assert kept_until([release(0)]) is None
    assert kept_until([former("s/a", until=AT), former("s/b")]) == LATER


def test_what_is_named_again_need_not_be_gone() -> None:
    mine = release(0)
    key = mine.audio[0].file.key
    trail = AuditTrail(
        corrections=(
            replace(NEW, done=True, replaced=("s/a", key), until=LATER),
            replace(NEW, done=True, removed=("s/b",)),
            replace(NEW, destination="en-ligne", removed=("s/c",)),
        )
    )
    local = at(replace(mine, former=(FormerFile(key="s/a", until=LATER),)))
    assert {one.key: one.since for one in to_be_gone(trail, local)} == {"s/a": LATER, "s/b": AT}
    gone = at(replace(mine, withdrawn=Withdrawal(at=AT)))
    assert key in {one.key for one in to_be_gone(trail, gone)}


def test_a_reply_stands_whole_after_the_summary() -> None:
    plan = Episode(show="bobine-romanaise", date=AT.date(), season=8, number=7, title="Essai", summary="Deux voix.")
    told = with_replies(plan, (REPLY,)).summary
    assert told.startswith("Deux voix.\n\n")
    assert told.endswith("Droit de réponse de Mme Durand (mardi 1er décembre 2026) : Je n'ai jamais dit cela.")
    assert with_replies(plan, ()) is plan


def test_the_same_reply_twice_is_one_and_one_too_long_is_refused() -> None:
    trail = with_reply(AuditTrail(), REPLY)
    assert with_reply(trail, replace(REPLY, at=LATER)) == trail
    with pytest.raises(PublishError, match="octets"):
        with_reply(trail, replace(REPLY, text="é" * (MAX_REPLIES_BYTES // 2)))
    assert reply_deadline(AT.date()) == AT.date() + timedelta(days=3)


def test_a_name_that_the_texts_still_say_is_found_whatever_its_case() -> None:
    told = release(0, title="Avec Fatou DIOP", description="Un entretien.")
    assert still_named(told, ("Fatou Diop", "Anne")) == ("Fatou Diop",)
