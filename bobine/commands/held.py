"""Episodes that wait for a date: written by ``publier --le``, let out by ``publier --dus``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_root
from bobine.errors import PublishError, WorkspaceError
from bobine.evening.online.letting_out import LetOut, let_out_due, moment_words
from bobine.french import long_date, sort_key
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.written.moments import parse_moment
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.records.releases import read_releases


def held_episode(place: Place, written: str, destinations: Sequence[Destination]) -> Episode:
    """The episode with another date of release, written in its plan.

    Raises:
        WorkspaceError: if that is no date, or one that is past.
        PublishError: if listeners have it already.
    """
    moment: datetime | None = None
    known = read_releases(place.folder.release)
    if any((local := known.get(destination.name)) is not None and local.is_out for destination in destinations):
        raise PublishError(f"{place.episode.reference} est déjà dans le flux : il ne peut plus attendre une date.")
    if sort_key(written.strip()) != "maintenant":
        try:
            moment = parse_moment(written, now().date(), ZoneInfo(place.show.slot.timezone))
        except ValueError as error:
            raise WorkspaceError(
                f"--le : « {written[:40]} » n'est pas une date : écrivez « 27/11/2026 8h30 », ou « maintenant »."
            ) from error
        if moment <= now():
            raise WorkspaceError(
                f"--le : {moment_words(place.show, moment)} est passé : donnez une date à venir, ou « maintenant »."
            )

    def dated(episode: Episode) -> Episode:
        return replace(episode, release_at=moment)

    return edit_episode(place.workspace, place.show, place.episode.date, dated, now())


def let_out(console: Console, options: argparse.Namespace) -> int:
    """Let what is due into the feeds of all shows, or of one destination."""
    if options.episode is not None or options.le is not None or options.direct:
        raise WorkspaceError("--dus met en ligne tout ce qui attendait : ne donnez ni émission, ni --le, ni --direct.")
    workspace = open_root(options)
    wanted = [workspace.destination(options.vers)] if options.vers is not None else workspace.destinations
    done: list[LetOut] = []
    names: list[str] = []
    for show in workspace.shows:
        for destination in wanted:
            found = let_out_due(workspace, show, destination, now())
            done.append(found)
            names += [f"{show.slug}/{day}" for day in found.days]
            for day in found.days:
                console.say(f"En ligne vers « {destination.name} » : {show.title}, {long_date(day)}.")
            for warning in found.warnings:
                console.warn(warning)
    console.result({"episodes": names, "uploaded": [key for one in done for key in one.uploaded]})
    if not names:
        console.say("Aucun épisode n'attendait d'être mis en ligne.")
    return 0
