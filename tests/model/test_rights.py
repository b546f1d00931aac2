"""The two rights of a work: what is stated, what an item says for its works, and what the podcast may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.rights import podcast_edit, unknown_rights, with_rights
from bobine.plan.readiness.lacks import LackKind
from bobine.plan.readiness.report import _rights as lacks_of_rights
from bobine.plan.readiness.settle import remedies
from bobine.store.rules.texts import ean

YES, NO, ASK = PodcastRights.CLEARED, PodcastRights.CUT, PodcastRights.UNKNOWN
Stated = tuple[PodcastRights | None, PodcastRights | None]
rights = st.sampled_from([None, YES, NO, ASK])


def music(podcast: PodcastRights | None, *works: Work, kind: ItemKind = ItemKind.MUSIC, bed: str = "") -> Item:
    return Item(id="m", title="Pause", kind=kind, duration=timedelta(minutes=3), podcast=podcast, works=works, bed=bed)


def work(authors: PodcastRights | None, recording: PodcastRights | None, use: WorkUse = WorkUse.FULL) -> Work:
    return Work(title="La passerelle", use=use, authors_rights=authors, recording_rights=recording)


def episode(item: Item) -> Episode:
    return Episode(show="fil", date=date(2026, 11, 26), season=1, number=1, title="T", items=(item,))


@pytest.mark.parametrize(
    ("item", "judged"),
    [
        (music(None), ASK),
        (music(None, kind=ItemKind.TALK), YES),
        (music(YES, work(None, None)), YES),  # an old file: what the item says is said of both
        (music(None, work(YES, None)), ASK),
        (music(None, work(None, YES)), ASK),
        (music(None, work(YES, YES)), YES),
        (music(ASK, work(YES, YES)), YES),  # the template's « unknown » is answered by the works
        (music(ASK, work(YES, YES), Work(title="Autre")), ASK),
        (music(YES, work(YES, ASK)), ASK),
        (music(YES, work(YES, NO)), NO),
        (music(NO, work(YES, YES)), NO),
        (music(None, work(YES, YES), kind=ItemKind.TALK, bed="Fil rouge"), ASK),
        (music(None, work(YES, YES, WorkUse.BED), kind=ItemKind.TALK, bed="Fil rouge"), YES),
    ],
)  # fmt: skip
def test_both_rights_are_needed(item: Item, judged: PodcastRights) -> None:
    assert item.podcast_rights is judged
    edit = podcast_edit(episode(item), ["m"])
    assert (bool(edit.left_out), bool(edit.unknown)) == (judged is NO, judged is ASK)


def test_which_right_is_missing_is_said() -> None:
    item = music(None, work(YES, None), work(None, YES), Work(title="Autre"))
    sound, words, _ = unknown_rights(item)
    assert (sound, words) == ("La passerelle : droits de l'enregistrement", "La passerelle : droits de l'œuvre")
    (said,) = podcast_edit(episode(item), ["m"]).unknown
    assert "droits de l'enregistrement" in said
    (lack,) = lacks_of_rights(episode(item))
    assert lack.kind is LackKind.RIGHTS
    assert "La passerelle : droits de l'enregistrement, La passerelle : droits de l'œuvre et Autre" in lack.what


@given(rights, st.lists(st.tuples(rights, rights), max_size=3), st.booleans())
def test_a_remedy_always_settles_the_rights(said: PodcastRights | None, stated: list[Stated], bed: bool) -> None:
    item = music(said, *(work(*one) for one in stated), bed="Fil" if bed else "")
    if item.podcast_rights is not ASK:
        return
    (lack,) = lacks_of_rights(episode(item))
    settled = [one.episode.items[0] for one in remedies(episode(item), lack) if one.episode is not None]
    assert [one.podcast_rights for one in settled] == [YES, NO]
    assert [one.podcast_rights for one in (with_rights(item, YES), with_rights(item, NO))] == [YES, NO]


@given(rights, st.lists(st.tuples(rights, rights), min_size=1, max_size=3))
def test_more_known_never_makes_less_known(said: PodcastRights | None, stated: list[Stated]) -> None:
    item = music(said, *(work(*one) for one in stated))
    cleared = replace(item, works=(replace(item.works[0], authors_rights=YES, recording_rights=YES), *item.works[1:]))
    order = [NO, ASK, YES]
    assert order.index(cleared.podcast_rights) >= order.index(item.podcast_rights)


@pytest.mark.parametrize(
    ("code", "good"),
    [("5099902894225", True), ("5099902894226", False), ("4 006381 333931", True), ("96385074", True),
     ("036000291452", True), ("12345", False), ("", False), ("50999028942 2a", False), ("５099902894225", False)],
)  # fmt: skip
def test_a_bar_code_has_its_check_digit(code: str, good: bool) -> None:
    assert (ean(code) is None) == good
