"""The forms of a rundown: an item, a participant, a work, the episode itself. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from bobine.model.episode import Episode, Item, ItemKind, Objective, PodcastRights, Work, WorkUse
from bobine.model.people import Consent, ConsentScope, Person, Role
from bobine.model.show import Show
from bobine.plan.fields.field_words import label
from bobine.plan.fields.words import CONSENTS, KINDS, RIGHTS, ROLES, SCOPES, USES
from bobine.plan.people.consents import change_fault
from bobine.plan.people.known_people import people_text
from bobine.plan.season.objectives import SHORT_OBJECTIVES
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, words_options


def item_sections(show: Show, episode: Episode, complete: Callable[[str], str | None]) -> tuple[Section, ...]:
    """The form of an item.

    Args:
        show: for its chroniques.
        episode: for the names of its people.
        complete: suggests the rest of a list of names.
    """
    chroniques = tuple((chronique.id, chronique.title) for chronique in show.chroniques)
    return (
        Section(
            "",
            (
                _field("title"),
                _field("duration", Control.DURATION, hint="par exemple 3'30"),
                FieldSpec(
                    name="people",
                    label="Personnes",
                    control=Control.CUSTOM,
                    complete=complete,
                    hint="noms entre virgules",
                    show=lambda item: people_text(episode, item) if _all_known(episode, item) else "",
                    read=lambda item, _: item,
                ),
                _field("mics", Control.WORDS, hint="par exemple M1 M2"),
                _field("source", hint="par exemple PAD, M1"),
                _field("kind", Control.PICK, options=words_options(KINDS), make=ItemKind),
            ),
        ),
        Section(
            "Durée et place",
            (
                _field("min", Control.DURATION, text="Au moins", optional=True, hint="pas de limite"),
                _field("max", Control.DURATION, text="Au plus", optional=True, hint="pas de limite"),
                _field("fixed_start", Control.HOUR, optional=True, hint="par exemple 18:53:10"),
                _field("droppable", Control.FLAG, text="Coupable"),
                _field("standby", Control.FLAG, text="En réserve"),
            ),
        ),
        Section(
            "À l'antenne",
            (
                _field("in_cue"),
                _field("out_cue"),
                _field("bed"),
                _field("file", hint="par exemple pad/a.mp3"),
                _field("leveling", Control.FLAG, text="Voix rapprochées au montage"),
                _field("remove_hum", Control.FLAG, text="Ronflement du secteur retiré au montage"),
                _field("notes", Control.LINES),
            ),
        ),
        Section(
            "Droits et ligne éditoriale",
            (
                _field("podcast", Control.PICK, text="Droits podcast", make=PodcastRights, optional=True,
                       options=words_options(RIGHTS, none="non précisés")),
                FieldSpec(name="works", label="Œuvres", control=Control.CUSTOM, show=works_summary),
                _field("objectives", Control.FLAGS, options=words_options(SHORT_OBJECTIVES), make=Objective),
                _field("political", Control.FLAG, text="Parole politique"),
                _field("chronique", Control.PICK, options=(("", "aucune"), *chroniques), optional=True),
                _field("instalment", Control.NUMBER, optional=True, hint="pour un feuilleton"),
            ),
        ),
    )  # fmt: skip


def person_sections() -> tuple[Section, ...]:
    """The form of a participant: it is signed once the paper has its place, and for a minor once somebody may sign."""
    return (
        Section(
            "",
            (
                _person("name"),
                _person("role", Control.PICK, options=words_options(ROLES), make=Role),
                _person("confirmed", Control.FLAG, text="A confirmé sa venue"),
                _person("consent", Control.PICK, options=words_options(CONSENTS), make=Consent, check=change_fault),
                _person("consent_scope", Control.FLAGS, options=words_options(SCOPES), make=ConsentScope),
                _person("consent_reference", hint="par exemple classeur 2026-27, feuille 31", check=change_fault),
                _person("minor", Control.FLAG, text="Personne mineure", check=change_fault),
                _person("representative", hint="qui signe pour une personne mineure", check=change_fault),
            ),
        ),
    )


def work_sections() -> tuple[Section, ...]:
    """The form of a musical work, as the music log wants it."""
    return (
        Section(
            "",
            (
                _work("title"),
                _work("performer"),
                _work("composer"),
                _work("author"),
                _work("label"),
                _work("isrc", hint="s'il est connu, par exemple FR-Z03-97-00212"),
                _work("duration", Control.DURATION, optional=True, hint="par exemple 3'10"),
                _work("use", Control.PICK, options=words_options(USES), make=WorkUse),
            ),
        ),
    )


def episode_sections(episode: Episode) -> tuple[Section, ...]:
    """The form of the episode itself."""
    people = tuple((person.id, person.name) for person in episode.people)
    return (
        Section(
            "",
            (
                FieldSpec(name="title", label=label(Episode, "title")),
                FieldSpec(name="summary", label=label(Episode, "summary"), control=Control.LINES),
                FieldSpec(
                    name="stopwatch",
                    label=label(Episode, "stopwatch"),
                    control=Control.PICK,
                    options=(("", "personne"), *people),
                ),
            ),
        ),
    )


def works_summary(item: Item) -> str:
    """Titles of the works of an item."""
    return ", ".join(work.title for work in item.works) or "aucune"


def _all_known(episode: Episode, item: Item) -> bool:
    known = {person.id for person in episode.people}
    return all(person_id in known for person_id in item.people)


def _spec(
    cls: type,
    name: str,
    control: Control = Control.LINE,
    *,
    text: str = "",
    optional: bool = False,
    options: tuple[tuple[str, str], ...] = (),
    make: Callable[[str], object] = str,
    hint: str = "",
    check: Callable[[Any, Any], str] | None = None,
) -> FieldSpec:
    """A field of a class, called as it is everywhere, or by a ``text`` of its own."""
    return FieldSpec(
        name=name,
        label=text or label(cls, name),
        control=control,
        optional=optional,
        options=options,
        make=make,
        hint=hint,
        check=check,
    )


_field = partial(_spec, Item)
_person = partial(_spec, Person)
_work = partial(_spec, Work)
