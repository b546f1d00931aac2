"""The box of ideas: proposing, planning, setting aside, and the order they are read in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bobine.model.episode import ItemKind
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.season.ideas import (
    follow_ideas,
    idea_item,
    is_waiting,
    new_idea,
    plan_idea,
    proposed_words,
    reopen,
    set_aside,
    sorted_ideas,
)  # fmt: skip
from tests.plan.episodes import DAY, an_episode

TODAY = date(2026, 11, 24)


def test_an_idea_is_proposed_today_under_a_free_id() -> None:
    idea = new_idea(" Le cœur d'or ", "Jo", TODAY, {"le-coeur-d-or"})
    assert idea == Idea(id="le-coeur-d-or-2", title="Le cœur d'or", by="Jo", proposed=TODAY)
    assert proposed_words(idea) == "proposée par Jo le 24 novembre"
    assert proposed_words(Idea(id="x", title="X")) == ""


@pytest.mark.parametrize(
    ("title", "by", "words"),
    [(" ", "", "Il manque le sujet"), ("x" * 256, "", "256 caractères"), ("Ok", "a\x07b", "caractère invisible")],
)
def test_an_idea_that_could_not_be_written_is_refused(title: str, by: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        new_idea(title, by, TODAY, ())


def test_an_idea_goes_from_open_to_planned_and_back() -> None:
    idea = new_idea("Le fil", "", TODAY, ())
    planned = plan_idea(idea, DAY)
    assert (planned.status, planned.planned_for) == (IdeaStatus.PLANNED, DAY)
    assert set_aside(planned) == Idea(id="le-fil", title="Le fil", proposed=TODAY, status=IdeaStatus.SET_ASIDE)
    assert reopen(planned) == reopen(set_aside(planned)) == idea


def test_an_idea_becomes_an_item_of_its_kind() -> None:
    idea = Idea(id="marche", title="Au marché", kind=ItemKind.VOX_POP, notes="Samedi.")
    item = idea_item(idea, {"marche"})
    assert (item.id, item.title, item.kind, item.source, item.notes) == (
        "marche-2", "Au marché", ItemKind.VOX_POP, "PAD", "Samedi.",
    )  # fmt: skip


def test_open_ideas_are_first_and_the_newest_on_top() -> None:
    old = Idea(id="a", title="Ancienne", proposed=date(2026, 10, 1))
    new = Idea(id="b", title="Nouvelle", proposed=date(2026, 11, 1))
    undated = Idea(id="c", title="Sans date")
    planned = plan_idea(Idea(id="d", title="Prévue", proposed=date(2026, 12, 1)), DAY)
    aside = set_aside(new)
    assert sorted_ideas([aside, planned, undated, old, new]) == (new, old, undated, planned, aside)


def test_an_idea_follows_its_item_out_and_back() -> None:
    idea = plan_idea(Idea(id="marche", title="Au marché"), DAY)
    item = idea_item(idea, ())
    other = Idea(id="velo", title="Le vélo")
    without, with_it = an_episode((), (), DAY), an_episode((item,), (), DAY)
    freed = follow_ideas((idea, other), with_it, without)
    assert freed == (reopen(idea), other)
    assert follow_ideas(freed, without, with_it) == (idea, other), "taking it back is the same, exchanged"
    renamed = replace(with_it, items=(replace(item, title="Le marché de Noël"),))
    assert follow_ideas((idea,), renamed, without) == (reopen(idea),)
    numbered = an_episode((replace(item, id="marche-2"),), (), DAY)
    assert follow_ideas((idea,), numbered, without) == (reopen(idea),)
    reserved = an_episode((replace(item, standby=True),), (), DAY)
    assert follow_ideas((idea,), with_it, reserved) == (idea,)


@pytest.mark.parametrize(
    ("idea", "day"),
    [
        (plan_idea(Idea(id="marche", title="Au marché"), DAY), DAY + timedelta(days=7)),
        (set_aside(Idea(id="marche", title="Au marché")), DAY),
        (Idea(id="marche", title="Au marché"), DAY),
    ],
)
def test_what_leaves_another_show_frees_nothing(idea: Idea, day: date) -> None:
    with_it = an_episode((idea_item(idea, ()),), (), day)
    assert follow_ideas((idea,), with_it, an_episode((), (), day)) == (idea,)


def test_an_idea_whose_item_is_gone_is_offered_again() -> None:
    idea = plan_idea(Idea(id="marche", title="Au marché"), DAY)
    assert is_waiting(idea, an_episode((), (), DAY))
    assert not is_waiting(idea, an_episode((idea_item(idea, ()),), (), DAY))
    assert not is_waiting(idea, an_episode((), (), DAY + timedelta(days=7)))
    assert not is_waiting(set_aside(idea), an_episode((), (), DAY))
