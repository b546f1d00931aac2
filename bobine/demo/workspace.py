"""Write the workspace of the demonstration: a show, a destination, and the plan of one episode, all invented."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import tomlkit

from bobine.demo.rundown import RUNDOWN, DemoItem, planned_seconds
from bobine.errors import WorkspaceError
from bobine.model.episode import ItemKind
from bobine.model.show import SeasonCalendar, Weekday
from bobine.model.written.durations import format_duration
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.files import atomic_write
from bobine.store.workspace import open_workspace

SLUG = "demo"
"""The show's name in the workspace."""

TITLE = "La Bobine de démonstration"
"""The show's title."""

PUBLIC_URL = "http://localhost:8470/"
"""Address at which this computer serves the published folder."""

_SHOWS = """\
# L'atelier de démonstration de Bobine : tout y est inventé, et peut être effacé.

[shows.demo]
title = {title}
tagline = "l'émission qui n'existe pas"
description = "Une émission de quelques minutes, aux sons fabriqués, pour essayer Bobine sans rien risquer."

[shows.demo.station]
name = "Radio Exemple"
frequency = "99.9 FM"

[shows.demo.slot]
day = "thursday"
start = 18:00:00
end = 18:55:00
timezone = "Europe/Paris"

[shows.demo.podcast]
link = {public_url}
author = {title}
owner_name = {title}
category = "Society & Culture"
copyright = {title}
license = {{ name = "cc0-1.0" }}
guid = {guid}

[destinations.local]
kind = "folder"
path = {feed}
public_url = {public_url}
"""

_EPISODE = """\
# Une émission en réduction : 18 éléments, comme celle de 55 minutes.
# « Live 2 » n'est pas libéré pour le podcast : il en est absent.

date = {day}
season = {season}
number = 1
title = "Une émission fabriquée de toutes pièces"
summary = "Des voix qui ne disent rien et des musiques jouées par personne : de quoi essayer le montage et le podcast."

{people}
{items}"""

# id, name, role, and for those who are not of the team where the paper is kept; zoe is under age
_PEOPLE = (
    ("camille", "Camille Exemple", "host", ""),
    ("bruno", "Bruno Essai", "contributor", ""),
    ("odile", "Odile Modèle", "contributor", ""),
    ("lucien", "Lucien Témoin", "guest", "classeur, feuille 1"),
    ("marthe", "Marthe Maquette", "guest", "classeur, feuille 2"),
    ("nadia", "Nadia Prototype", "musician", "classeur, feuille 3"),
    ("zoe", "Zoé Brouillon", "guest", "classeur, feuille 4"),
)
_REPRESENTATIVES = {"zoe": "Paul Brouillon"}


def make_demo_workspace(folder: Path, feed_folder: Path, today: date, minutes: float) -> tuple[str, date]:
    """Write ``shows.toml`` and one ``episode.toml``; a demonstration that is already there is written anew.

    Args:
        folder: the workspace; made where it is missing.
        feed_folder: where the podcast is published.
        today: the episode is of the last Thursday before it.
        minutes: length of the show, about.

    Returns:
        The show's slug and the day of the episode.

    Raises:
        WorkspaceError: if the folder is another workspace.
        PlanError: if it is a workspace that cannot be read.
        DiskError: if there is no room, or the folder cannot be written.
    """
    day = today - timedelta(days=(today.weekday() - Weekday.THURSDAY.number) % 7 or 7)
    shows = _SHOWS.format(
        title=_text(TITLE),
        public_url=_text(PUBLIC_URL),
        guid=_text(_known_guid(folder)),
        feed=_text(str(feed_folder.resolve())),
    )
    plan = _EPISODE.format(
        day=day.isoformat(),
        season=SeasonCalendar().number(day),
        people="\n".join(_person(*person) for person in _PEOPLE),
        items="\n".join(_item(item, seconds) for item, seconds in zip(RUNDOWN, planned_seconds(minutes), strict=True)),
    )
    atomic_write(folder / SHOWS_FILE, shows.encode())
    atomic_write(open_workspace(folder).folder(SLUG, day).plan, plan.encode())
    return SLUG, day


def _known_guid(folder: Path) -> str:
    """The podcast's identity, which a demonstration made anew must keep."""
    if not (folder / SHOWS_FILE).is_file():
        return ""
    shows = open_workspace(folder).shows
    if [show.slug for show in shows] != [SLUG]:
        raise WorkspaceError(f"« {folder} » contient déjà un autre atelier : choisissez un autre dossier.")
    return shows[0].podcast.guid


def _text(value: str) -> str:
    return str(tomlkit.item(value).as_string())


def _person(person_id: str, name: str, role: str, paper: str) -> str:
    lines = ["[[people]]", f"id = {_text(person_id)}", f"name = {_text(name)}", f"role = {_text(role)}"]
    if person_id in _REPRESENTATIVES:
        lines += ["minor = true", f"representative = {_text(_REPRESENTATIVES[person_id])}"]
    if paper:
        lines += ['consent = "signed"', f"consent_reference = {_text(paper)}"]
    return "\n".join(lines) + "\n"


def _item(item: DemoItem, seconds: int) -> str:
    lines = [
        "[[items]]",
        f"id = {_text(item.id)}",
        f"title = {_text(item.title)}",
        f"kind = {_text(item.kind.value)}",
        f"duration = {_text(format_duration(timedelta(seconds=seconds)))}",
        f"source = {_text(item.source)}",
    ]
    if item.people:
        lines.append(f"people = [{', '.join(map(_text, item.people))}]")
    if item.rights is not None:
        lines.append(f"podcast = {_text(item.rights.value)}")
    if item.out_cue:
        lines.append(f"out_cue = {_text(item.out_cue)}")
    if item.kind is ItemKind.LIVE_MUSIC:
        title = _text(f"Pièce sans titre n° {item.title[-1]}")
        lines += ["[[items.works]]", f"title = {title}", 'performer = "Nadia Prototype"', 'use = "live"']
    return "\n".join(lines) + "\n"
