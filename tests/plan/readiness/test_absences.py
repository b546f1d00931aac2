"""What is absent keeps a show from being ready: by sort of item, by text, by hole; a template alone never is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work
from bobine.model.people import Person
from bobine.model.show import Chronique, Show
from bobine.plan.readiness.absences import unwritten_settings
from bobine.plan.readiness.report import Lack, LackKind, readiness
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.season.skeleton import starting_items
from bobine.plan.timing.rundown import time_rundown
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER
from tests.plan.episodes import CLAIRE, DAY, LOIC, SAMIRA, a_show, an_episode, an_item

Attempt = Callable[[str], AbstractContextManager[None]]

PAPER = replace(CLAIRE, consent_reference="feuille 1")
TEAM = (SAMIRA, LOIC, PAPER)
STANDBY = an_item("secours", standby=True, source="PAD")
SHOW = a_show((Chronique(id="ados", title="Ados", minors=True), Chronique(id="livres", title="Livres")))
FULL: dict[str, object] = {"podcast": PodcastRights.CLEARED, "works": (Work(title="La passerelle"),), "source": "PAD"}


def found(episode: Episode, show: Show = SHOW) -> list[Lack]:
    return list(readiness(episode, show, timedelta(), {}))


def lacking(item: Item, *, people: tuple[Person, ...] = TEAM) -> list[LackKind]:
    return [one.kind for one in found(an_episode((item, STANDBY), people))]


@pytest.mark.boundary
@pytest.mark.parametrize(
    ("kind", "fields", "kinds"),
    [
        (ItemKind.CHRONIQUE, {}, [LackKind.CONFIRMATION]),
        (ItemKind.CHRONIQUE, {"chronique": "livres", "source": "M3", "mics": ("M3",)}, [LackKind.CONFIRMATION]),
        (ItemKind.CHRONIQUE, {"people": ("samira",)}, []),
        (ItemKind.SERIAL, {"source": "PAD", "podcast": PodcastRights.CLEARED}, [LackKind.CONFIRMATION]),
        (ItemKind.REPORT, {"source": "PAD + pied"}, [LackKind.CONFIRMATION]),
        (ItemKind.REPORT, {"file": "pad/a.wav"}, [LackKind.SOUND]),
        (ItemKind.VOX_POP, {}, [LackKind.CONFIRMATION]),
        (ItemKind.GAME, {"source": "M1"}, [LackKind.CONFIRMATION]),
        (ItemKind.INTERVIEW, {"people": ("samira",)}, [LackKind.CONFIRMATION]),
        (ItemKind.INTERVIEW, {"people": ("samira", "claire")}, []),
        (ItemKind.INTERVIEW, {"people": ("claire",)}, []),
        (ItemKind.TALK, {}, []),
        (ItemKind.REPORT, {"chronique": "ados", "people": ("samira",)}, [LackKind.CONSENT]),
        (ItemKind.REPORT, {"chronique": "ados", "file": "pad/a.wav"}, [LackKind.CONSENT, LackKind.SOUND]),
        (ItemKind.REPORT, {"chronique": "ados"}, [LackKind.CONFIRMATION, LackKind.CONSENT]),
        (ItemKind.LIVE_MUSIC, {}, [LackKind.CONFIRMATION, LackKind.RIGHTS, LackKind.WORKS]),
        (ItemKind.LIVE_MUSIC, {"people": ("claire",), "podcast": PodcastRights.CUT}, [LackKind.WORKS]),
        (ItemKind.LIVE_MUSIC, {"people": ("claire",), **FULL}, []),
        (ItemKind.MUSIC, {}, [LackKind.SOUND, LackKind.RIGHTS, LackKind.WORKS]),
        (ItemKind.MUSIC, FULL, []),
        (ItemKind.JINGLE, {"podcast": PodcastRights.CLEARED}, [LackKind.SOUND]),
        (ItemKind.STING, {"podcast": PodcastRights.CLEARED, "source": "PAD"}, []),
        (ItemKind.OPENING_THEME, {"podcast": PodcastRights.CLEARED, "source": "M1"}, [LackKind.SOUND]),
    ],
)
def test_each_sort_of_item_says_what_it_has_not(
    kind: ItemKind, fields: dict[str, object], kinds: list[LackKind], attempt: Attempt
) -> None:
    with attempt("a show said to be ready while something is absent"):
        item = replace(an_item("un", kind), **fields)  # type: ignore[arg-type]
        assert lacking(item) == kinds


@pytest.mark.boundary
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "À écrire"}, "« À écrire » : « À écrire » est à remplacer (titre)."),
        ({"title": "Live 1 : à définir"}, "« Live 1 : à définir » : « à définir » est à remplacer (titre)."),
        (
            {"works": (Work(title="XXX"),), "podcast": PodcastRights.CLEARED},
            "« XXX » est à remplacer (titre de l'œuvre).",
        ),
        ({"source": "PAD (à confirmer)"}, "« à confirmer » est à remplacer"),
        ({"in_cue": "…"}, "« … » est à remplacer"),
    ],
)
def test_a_text_left_to_be_filled_in_is_said_where_it_stands(
    fields: dict[str, object], words: str, attempt: Attempt
) -> None:
    with attempt("a show said to be ready while a text is still to be written"):
        item = replace(an_item("un", people=("samira",)), **fields)  # type: ignore[arg-type]
        lacks = found(an_episode((item, STANDBY), TEAM))
        assert [one.kind for one in lacks] == [LackKind.TEXT]
        assert words in lacks[0].what


def test_texts_of_people_and_of_the_episode_count_and_notes_do_not() -> None:
    people = (*TEAM, replace(PAPER, id="x", name="Nom Prénom", consent_reference="?"))
    episode = an_episode((an_item("un", people=("x",), notes="À compléter : les relances ?"), STANDBY), people)
    texts = [one for one in found(replace(episode, title="Titre")) if one.kind is LackKind.TEXT]
    assert [(one.person, one.field) for one in texts] == [("x", "name"), ("x", "consent_reference"), ("", "title")]
    assert all(one.owner for one in texts)


def test_what_is_in_reserve_with_nobody_and_no_sound_saves_no_show() -> None:
    for item in (an_item("a"), an_item("a", source="M1 M2"), an_item("a", source="musique live"),
                 an_item("a", source="V7", mics=("V7",)), an_item("a", source="en direct")):  # fmt: skip
        assert is_bare(item), item.source
    for item in (an_item("a", source="PAD"), an_item("a", source="PAD + pied"), an_item("a", people=("samira",)),
                 an_item("a", file="pad/a.wav"), an_item("a", source="M1 + PAD"),
                 an_item("a", source="CD 3")):  # fmt: skip
        assert not is_bare(item), item.source


def gaps(items: tuple[Item, ...], *, minutes: int = 60) -> list[str]:
    start = SHOW.slot.start
    show = replace(SHOW, slot=replace(SHOW.slot, end=time(start.hour + minutes // 60, minutes % 60)))
    episode = an_episode(items, TEAM)
    timing = time_rundown(items, show.slot.bounds(episode.date))
    every = readiness(episode, show, timing.gap, {}, timing)
    return [one.what for one in every if one.kind is LackKind.GAP]


def test_fifty_five_minutes_in_a_slot_of_sixty_are_not_ready() -> None:
    assert gaps((an_item("un", minutes=55),)) == ["Il reste 5'00 à remplir avant 19:00:00."]


def test_a_hole_before_a_fixed_hour_is_no_time_filled() -> None:
    end = an_item("fin", minutes=6, fixed_start=time(18, 59))
    assert gaps((an_item("un", minutes=54), end)) == [
        "« Fin » part à 18:59:00 : il y a 5'00 de blanc avant.",
        "L'émission dépasse 19:00:00 de 5'00 : raccourcir ou couper.",
    ]
    sixty = an_item("un", minutes=57), replace(end, duration=timedelta(minutes=3))
    assert gaps((*sixty[:1], replace(sixty[1], fixed_start=time(18, 52)))) == [
        "« Fin » doit partir à 18:52:00 : ce qui précède dépasse de 5'00."
    ]
    assert gaps((an_item("un", minutes=54), replace(end, fixed_start=time(18, 54)))) == []


KINDS = st.sampled_from(ItemKind)


@given(st.lists(KINDS, min_size=1, max_size=12), st.booleans())
def test_a_template_is_never_ready_whatever_it_holds(kinds: list[ItemKind], music: bool) -> None:
    items = tuple(
        an_item(f"e{place}", kind, source="PAD", podcast=PodcastRights.CLEARED if music else None)
        for place, kind in enumerate(kinds)
    )
    show = replace(SHOW, template=items)
    bare = Episode(show="fil", date=DAY, season=8, number=1, title="Émission", items=starting_items(show, (), DAY))
    assert readiness(bare, show, timedelta(), {})
    # even with the team there, nothing that somebody speaks or plays in is ready
    told = {one.item for one in readiness(replace(bare, people=(SAMIRA, LOIC)), show, timedelta(), {})}
    alone = (ItemKind.TALK, ItemKind.JINGLE, ItemKind.STING, ItemKind.OPENING_THEME, ItemKind.CLOSING_THEME)
    assert told >= {item.id for item in items if item.kind not in alone}


def test_the_template_of_la_bobine_with_its_team_lacks_each_of_its_segments() -> None:
    workspace = open_workspace(ATELIER)
    show = workspace.show("bobine-romanaise")
    items = starting_items(show, (), DAY)
    episode = Episode(
        show=show.slug, date=DAY, season=8, number=1, title="Émission", people=(SAMIRA, LOIC), items=items
    )
    lacks = readiness(episode, show, timedelta(), {})
    segments = {item.id for item in show.template if item.chronique or item.kind is ItemKind.LIVE_MUSIC}
    assert {one.item for one in lacks} >= segments
    assert any(one.kind is LackKind.CONSENT and one.item == "paroles-d-ados" for one in lacks)
    assert [one.owner for one in lacks if not one.owner] == []


def test_what_a_show_has_left_of_its_skeleton_is_named() -> None:
    show = replace(
        SHOW, description="À écrire : ce que lisent les gens.", podcast=replace(SHOW.podcast, author="Le Fil")
    )
    left = unwritten_settings(replace(show, station=replace(show.station, name="Ma radio")))
    assert left[:2] == ("« À écrire » (description)", "« Ma radio » (station.name)")
    assert any("podcast.link" in one for one in left) == (".example" in show.podcast.link)
