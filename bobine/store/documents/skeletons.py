"""A new ``episode.toml``, with the comments that explain it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bobine.french import long_date
from bobine.model.episode import EpisodeType, Item, ItemKind, PodcastRights
from bobine.model.episode_day import plain_day, suffix_of
from bobine.model.show import Show
from bobine.store.codec.encode import encode
from bobine.store.toml.write import toml_table

GITIGNORE = """\
# tout ce qui se refabrique à partir du conducteur et de l'enregistrement, et les états passés des conducteurs
/feed/*
/reprise/*/en-cours/
episodes/**/master/
episodes/**/recording/
episodes/**/carts/
episodes/**/repetition/
episodes/**/history/
*.lock
"""
"""The ``.gitignore`` of a workspace: derived and big files stay out of git."""

_EPISODE = """\
# Le conducteur du {long_day}
#
# Chaque [[items]] est un élément, dans l'ordre de passage. « duration » est la durée prévue ; « droppable = true » dit
# qu'il est coupable, « standby = true » qu'il est en réserve et ne compte pas, « file » où est le son d'un PAD, depuis
# ce dossier. Pour la musique, « podcast » dit si elle peut être dans le podcast : "cleared" (oui, c'est signé), "cut"
# (non, on l'enlève) ou "unknown" (on ne sait pas encore : le montage attendra). Les œuvres se notent ainsi, sous leur
# élément :
# [[items.works]]
# title = "Le titre"
# composer = "Qui l'a composée"
# performer = "Qui la joue"
# use = "live" # live, full (un disque), bed (un tapis) ou theme (un générique)

date = {day}
season = {season}
number = {number}
title = {title}
summary = ""
{kind}
# Qui est là. L'équipe n'a rien à signer ; les personnes invitées et les musicien·nes, si : on note « signed » et où est
# rangée la feuille. Pour une personne mineure : minor = true, et representative = le nom de qui a signé pour elle.
# [[people]]
# id = "camille" # le nom court, à mettre dans « people » des éléments
# name = "Camille Exemple"
# role = "guest" # host, technician, editor, interviewer, welcome, contributor, guest ou musician
# confirmed = false # true quand la personne invitée a dit oui
# consent = "requested" # none, requested, signed ou refused
# consent_reference = "classeur, feuille 1"
# consent_until = 2027-08-31 # le dernier jour où la feuille vaut ; sans cette clé, elle n'a pas de fin

{items}"""


_KINDS = {EpisodeType.FULL: "Émission", EpisodeType.BONUS: "Bonus", EpisodeType.TRAILER: "Bande-annonce"}


def episode_text(
    show: Show,
    day: date,
    season: int,
    number: int,
    items: Sequence[Item] | None = None,
    kind: EpisodeType = EpisodeType.FULL,
) -> str:
    """The text of a new ``episode.toml``.

    Args:
        show: whose.
        day: the day of broadcast.
        season: number of its season.
        number: its number in the season.
        items: the rundown that it starts from; by default the show's template.
        kind: what the podcast's apps are told that it is.
    """
    is_full, suffix = kind is EpisodeType.FULL, suffix_of(day)
    return _EPISODE.format(
        long_day=long_date(day),
        day=plain_day(day).isoformat(),
        season=season,
        number=number,
        title=_quoted(f"{_KINDS[kind]} du {long_date(plain_day(day))}{f' ({suffix})' if suffix and is_full else ''}"),
        kind="" if is_full else f'kind = "{kind}"\n',
        items=_items_text(show.template if items is None else items),
    )


def _items_text(items: Sequence[Item]) -> str:
    return toml_table({"items": [_plain(item) for item in items]}).as_string() if items else ""


def _plain(item: Item) -> dict[str, Any]:
    """The table of an item, with the empty keys that its kind needs to be filled in."""
    plain = encode(item, sparse=True)
    if item.podcast_rights is PodcastRights.UNKNOWN:
        plain["podcast"] = str(PodcastRights.UNKNOWN)
    if item.kind.spoken or item.kind is ItemKind.LIVE_MUSIC:
        plain["people"] = []
    return plain


def _quoted(text: str) -> str:
    import tomlkit

    return str(tomlkit.item(text).as_string())
