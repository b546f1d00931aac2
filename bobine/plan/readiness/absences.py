"""The requirements of each kind of item, on air and in the podcast, and those not met yet. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.french import printable
from bobine.model.episode import Episode, Item, ItemKind, Work
from bobine.model.fields.field import FieldType
from bobine.model.fields.tables import FIELDS
from bobine.model.people import Person, Role
from bobine.model.show import Show
from bobine.model.team import TEAM_ROLES
from bobine.model.written.placeholders import placeholder
from bobine.plan.fields.field_words import label
from bobine.plan.readiness.lacks import COMMITTEE, Lack, LackKind, by_role, inviter, responsible
from bobine.plan.readiness.reserve import has_sound

_ALWAYS_SOMEBODY = (ItemKind.INTERVIEW, ItemKind.GAME, ItemKind.LIVE_MUSIC)
"""Kinds that nobody can air from a file without saying who is in it."""

_SOMEBODY_OR_A_FILE = (ItemKind.CHRONIQUE, ItemKind.REPORT, ItemKind.VOX_POP, ItemKind.SERIAL)
"""Kinds that somebody speaks in, or brings recorded. A talk needs nobody: it is whoever presents."""

_LOGGED = (ItemKind.LIVE_MUSIC, ItemKind.MUSIC)
"""Music that is announced and declared by its titles."""


def _texts_of(cls: type, *types: FieldType) -> tuple[str, ...]:
    return tuple(field.name for field in FIELDS[cls].values() if field.holds in types)


_ITEM_TEXTS = _texts_of(Item, FieldType.TEXT)
_WORK_TEXTS = _texts_of(Work, FieldType.TEXT)
_PERSON_TEXTS = _texts_of(Person, FieldType.TEXT)
_EPISODE_TEXTS = _texts_of(Episode, FieldType.TEXT, FieldType.LINES)


def nobody(episode: Episode) -> Iterator[Lack]:
    """Items that need somebody and have nobody, and interviews of nobody."""
    for item in episode.counted_items:
        needs = item.kind in _ALWAYS_SOMEBODY or (item.kind in _SOMEBODY_OR_A_FILE and not item.file)
        if needs and not item.people:
            what = f"« {item.title} » : personne n'est encore prévu."
        elif item.kind is ItemKind.INTERVIEW and _alone(episode, item):
            what = f"« {item.title} » : la personne interviewée n'est pas encore notée."
        else:
            continue
        yield Lack(kind=LackKind.CONFIRMATION, item=item.id, owner=inviter(episode, item.id), what=what)


def _alone(episode: Episode, item: Item) -> bool:
    """Whether a single person of the team is there, who would interview themselves."""
    people = [episode.person(person_id) for person_id in item.people]
    return len(people) == 1 and people[0].role in TEAM_ROLES and not people[0].needs_consent


def unnamed_minors(episode: Episode, show: Show) -> Iterator[Lack]:
    """Items of a chronique in which minors speak, where no minor is named: nobody can sign for whom nobody knows."""
    with_minors = {chronique.id for chronique in show.chroniques if chronique.minors}
    for item in episode.counted_items:
        if item.chronique in with_minors and not any(episode.person(one).minor for one in item.people):
            what = (
                f"« {item.title} » : des personnes mineures y parlent, et aucune n'est notée, "
                "ni qui signe l'autorisation pour elles."
            )
            owner = responsible(episode, item, Role.CONTRIBUTOR)
            yield Lack(kind=LackKind.CONSENT, item=item.id, owner=owner, what=what)


def silent_items(episode: Episode) -> Iterator[Lack]:
    """Music, jingles and themes whose sound is nowhere."""
    for item in episode.counted_items:
        if item.kind.musical and item.kind is not ItemKind.LIVE_MUSIC and not item.people and not has_sound(item):
            what = f"« {item.title} » : ni source ni fichier, d'où vient le son ?"
            yield Lack(kind=LackKind.SOUND, item=item.id, owner=responsible(episode, item, Role.EDITOR), what=what)


def unlisted_works(episode: Episode) -> Iterator[Lack]:
    """Music of which it is not said what is played."""
    for item in episode.counted_items:
        if item.kind in _LOGGED and not item.works:
            what = f"« {item.title} » : les œuvres jouées ne sont pas notées."
            yield Lack(kind=LackKind.WORKS, item=item.id, owner=responsible(episode, item, Role.MUSICIAN), what=what)


def unwritten_texts(episode: Episode) -> Iterator[Lack]:
    """Texts that were left to be filled in; notes are for the studio, which may leave itself questions."""
    for name in _EPISODE_TEXTS:
        found = _left(getattr(episode, name))
        if found:
            owner, what = (
                by_role(episode, Role.HOST),
                f"{found} est à remplacer ({_word(Episode, name)} de l'émission).",
            )
            yield Lack(kind=LackKind.TEXT, item="", owner=owner, what=what, field=name)
    for item in episode.items:
        for field, word, text in _texts(item):
            found = _left(text)
            if found:
                owner = responsible(episode, item, Role.CONTRIBUTOR)
                what = f"« {item.title} » : {found} est à remplacer ({word})."
                yield Lack(kind=LackKind.TEXT, item=item.id, owner=owner, what=what, field=field)
    for person in episode.people:
        item_id = next((item.id for item in episode.items if person.id in item.people), "")
        for name in _PERSON_TEXTS:
            found = _left(getattr(person, name))
            if found:
                owner = inviter(episode, item_id) if item_id else COMMITTEE
                what = f"{person.name} : {found} est à remplacer ({_word(Person, name)})."
                yield Lack(
                    kind=LackKind.TEXT, item=item_id, owner=owner, what=what, person=person.id, field=name
                )  # fmt: skip


def unwritten_settings(show: Show) -> tuple[str, ...]:
    """Placeholders left in a show's settings that the podcast would publish: « à écrire » (description)."""
    podcast = show.podcast
    texts = {
        "title": show.title,
        "tagline": show.tagline,
        "description": show.description,
        "station.name": show.station.name,
        "podcast.link": podcast.link,
        "podcast.author": podcast.author,
        "podcast.owner_name": podcast.owner_name,
        "podcast.owner_email": podcast.owner_email,
        "podcast.copyright": podcast.copyright,
    }
    return tuple(f"{found} ({key})" for key, text in texts.items() if (found := _left(text)))


def _texts(item: Item) -> Iterator[tuple[str, str, str]]:
    """The texts of an item: the field, its word, what stands there."""
    for name in _ITEM_TEXTS:
        yield name, _word(Item, name), getattr(item, name)
    for place, work in enumerate(item.works, 1):
        for name in _WORK_TEXTS:
            word = _word(Work, name)
            yield (
                "works",
                f"{word} de l'œuvre {place}" if len(item.works) > 1 else f"{word} de l'œuvre",
                getattr(work, name),
            )


def _left(text: str) -> str:
    found = placeholder(text)
    return f"« {printable(found)[:60]} »" if found else ""


def _word(cls: type, name: str) -> str:
    word = label(cls, name)
    return f"{word[:1].lower()}{word[1:]}"
