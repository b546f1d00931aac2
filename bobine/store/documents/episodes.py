"""Read ``episode.toml``: the plan of one show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.episode_day import plain_day
from bobine.model.show import Show
from bobine.store.codec.decode import Decoder
from bobine.store.rules import texts
from bobine.store.rules.crosschecks import episode_faults
from bobine.store.rules.images import image_fault
from bobine.store.rules.tables import RULES
from bobine.store.sounds import sound_faults
from bobine.store.toml.read import Source, decoding, read_toml
from bobine.store.workspace import Workspace


def read_episode(workspace: Workspace, show: Show, day: date) -> Episode:
    """Read the plan of a show's episode.

    Raises:
        WorkspaceError: if there is none on that day.
        PlanError: if the file cannot be read as it stands; lists every fault.
    """
    try:
        source = read_toml(workspace.folder(show, day).plan, workspace.root)
    except FileNotFoundError as error:
        raise no_episode(show, day) from error
    return decode_episode(source, workspace, show, day)


def no_episode(show: Show, day: date) -> WorkspaceError:
    """The error for a day on which a show has no plan."""
    return WorkspaceError(
        f"Il n'y a pas d'émission « {show.title} » le {long_date(day)} : créez-la par "
        f"« bobine nouveau episode {show.slug}/{day} »."
    )


def decode_episode(source: Source, workspace: Workspace, show: Show, day: date) -> Episode:
    """The plan that a text holds, read as strictly as the file itself is.

    Args:
        source: the text; what it names lies where the plan of that day is.
        workspace: where.
        show: whose.
        day: of which day.

    Raises:
        PlanError: if it cannot be read as it stands; lists every fault.
    """
    with decoding(source):
        return _decoded(source, workspace, show, day)


def _localised(table: Mapping[str, Any], show: Show) -> Mapping[str, Any]:
    """The table, with the instant of its release in the slot's time zone where people wrote none."""
    moment = table.get("release_at")
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        return table
    return {**table, "release_at": moment.replace(tzinfo=ZoneInfo(show.slot.timezone))}


def _decoded(source: Source, workspace: Workspace, show: Show, day: date) -> Episode:
    root, plan = workspace.root, workspace.folder(show, day).plan
    decoder = Decoder(RULES)
    episode = decoder.table(Episode, _localised(source.table, show), (), show=show.slug)
    decoder.faults += episode_faults(source.table, [chronique.id for chronique in show.chroniques])
    written = source.table.get("date")
    if type(written) is date and written != plain_day(day):
        decoder.fault(("date",), f"cette date n'est pas celle du dossier : {plain_day(day)} était attendu")
    cover = source.table.get("cover")
    if isinstance(cover, str) and cover and texts.one_line(cover) is None:
        message = image_fault(cover, plan.parent, root)
        if message:
            decoder.fault(("cover",), message)
    decoder.faults += sound_faults(source.table, "items", plan.parent, root)
    if decoder.faults or episode is None:
        raise source.error(decoder.faults)
    return replace(episode, date=day)
