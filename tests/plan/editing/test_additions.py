"""What may be added to a rundown, in which order and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.show import Chronique
from bobine.plan.editing.additions import Addition, AdditionGroup, add, additions
from bobine.plan.fields.usual import USUAL
from tests.plan.episodes import DAY, a_show, an_episode, an_item

TEMPLATE = (
    an_item("generique", ItemKind.OPENING_THEME, podcast=PodcastRights.CLEARED),
    an_item("virgule-1", ItemKind.STING, minutes=0.1, podcast=PodcastRights.CLEARED),
    an_item(
        "portrait", ItemKind.INTERVIEW, minutes=9, chronique="portraits", mics=("M1", "M4"), fixed_start=time(18, 20)
    ),
    an_item("pedro", ItemKind.SERIAL, chronique="pedro"),
)
SHOW = a_show(
    (
        Chronique(id="rock", title="Rock", every_weeks=2),
        Chronique(id="mairie", title="Mairie", political=True),
        Chronique(id="portraits", title="Portraits"),
        Chronique(id="ados", title="Ados"),
        Chronique(id="pedro", title="Pedro", serial=True),
        Chronique(id="fini", title="Fini", ended=True),
    ),
    TEMPLATE,
)
BEFORE = tuple(
    an_episode(items, (), day)
    for day, items in (
        (date(2026, 11, 5), (an_item("ados", ItemKind.REPORT, chronique="ados", source="PAD", mics=("M2",)),)),
        (date(2026, 11, 12), (an_item("portrait", chronique="portraits"),)),
        (date(2026, 11, 19), (an_item("rock", chronique="rock"), an_item("pedro", chronique="pedro", instalment=6),
                              an_item("mairie", chronique="mairie"))),
    )
)  # fmt: skip
NOW = an_episode((an_item("mairie", chronique="mairie"), an_item("reste", standby=True, source="PAD")))
IDEAS = (
    Idea(id="passerelle", title="La passerelle", by="une auditrice", proposed=date(2026, 11, 1), notes="Voir Jo."),
    Idea(id="reste", title="Le reste", kind=ItemKind.VOX_POP, duration=timedelta(minutes=2)),
    Idea(id="non", title="Non", status=IdeaStatus.SET_ASIDE),
)


def offered(episode: Episode = NOW, known: tuple[Episode, ...] = BEFORE, group: str = "chronique") -> list[Addition]:
    return [one for one in additions(SHOW, episode, known, IDEAS, DAY) if one.group == group]


def test_groups_stand_together() -> None:
    groups = [one.group for one in additions(SHOW, NOW, BEFORE, IDEAS, DAY)]
    assert groups == sorted(groups, key=list(AdditionGroup).index)
    assert set(groups) == set(AdditionGroup)
    assert [group.french for group in AdditionGroup] == ["chronique", "réserve", "idée", "élément"]


def test_the_most_overdue_chronique_is_first_and_the_ones_there_are_last() -> None:
    assert [(one.title, one.due, one.detail) for one in offered()] == [
        ("Ados", True, "due : pas entendue depuis 2 émissions"),
        ("Portrait", True, "due : pas entendue depuis 1 émission"),
        ("Pedro", True, "due : dernière fois le 19 novembre"),
        ("Rock", False, "dernière fois le 19 novembre"),
        ("Mairie", False, "déjà au conducteur, dernière fois le 19 novembre"),
    ]
    assert next(one.detail for one in offered(known=())) == "due : jamais entendue"


def items(episode: Episode = NOW, known: tuple[Episode, ...] = BEFORE) -> dict[str, Item]:
    return {one.title: one.item for one in offered(episode, known)}


def test_a_chronique_comes_in_as_the_template_has_it_or_as_the_last_one_was() -> None:
    found = items()
    assert found["Portrait"] == replace(TEMPLATE[2], fixed_start=None)
    assert (found["Pedro"].kind, found["Pedro"].instalment) == (ItemKind.SERIAL, 7)
    assert found["Ados"] == Item(id="ados", title="Ados", kind=ItemKind.REPORT, duration=timedelta(minutes=4),
                                 chronique="ados", source="PAD", mics=("M2",))  # fmt: skip
    assert found["Mairie"].political
    assert found["Mairie"].id == "mairie-2"
    assert not found["Rock"].political


def test_a_chronique_that_waits_in_reserve_is_taken_in_from_there() -> None:
    waiting = an_item("ados-2", minutes=3, chronique="ados", standby=True)
    episode = replace(NOW, items=(*NOW.items, waiting))
    first = offered(episode)[0]
    assert (first.takes_in, first.detail) == (
        "ados-2",
        "due : pas entendue depuis 2 émissions, en réserve, sans personne ni son",
    )
    assert [one.takes_in for one in offered(episode, group="reserve")] == ["reste"]
    taken = add(episode, first, "mairie")
    assert taken.items == (NOW.items[0], replace(waiting, standby=False), NOW.items[1])
    assert add(episode, first, "ados-2").items == (*NOW.items, replace(waiting, standby=False))
    with pytest.raises(KeyError):
        add(NOW, first, "mairie")


def test_ideas_come_with_who_proposed_them_and_never_under_a_taken_id() -> None:
    passerelle, reste = offered(group="idea")
    assert (passerelle.idea, passerelle.detail) == ("passerelle", "proposée par une auditrice le 1er novembre")
    assert (passerelle.item.notes, passerelle.item.duration) == ("Voir Jo.", timedelta(minutes=9))
    assert (reste.item.id, reste.item.duration, reste.item.kind) == ("reste-2", timedelta(minutes=2), ItemKind.VOX_POP)
    assert reste.detail == "proposée : 2'00"


def test_there_is_a_blank_item_of_each_sort_and_one_theme_only() -> None:
    found = {one.item.kind: one for one in offered(group="element")}
    assert list(found) == list(USUAL)
    assert set(USUAL) == set(ItemKind)
    assert found[ItemKind.VOX_POP].detail == "1'30 d'habitude, PAD"
    assert found[ItemKind.STING].item == TEMPLATE[1]
    with_theme = replace(NOW, items=(TEMPLATE[0], *NOW.items))
    kinds = [one.item.kind for one in offered(with_theme, group="element")]
    assert ItemKind.OPENING_THEME not in kinds
    assert ItemKind.CLOSING_THEME in kinds


def test_everything_offered_can_be_added_where_one_is() -> None:
    for one in additions(SHOW, NOW, BEFORE, IDEAS, DAY):
        changed = add(NOW, one, "mairie")
        assert changed.items[1] == one.item
        assert len(changed.items) == len(NOW.items) + (not one.takes_in)
        assert not one.item.standby
