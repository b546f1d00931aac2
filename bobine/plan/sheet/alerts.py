"""Alerts on an item of the rundown: what is wrong with it, as a kind and in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bobine.model.episode import Item, PodcastRights
from bobine.model.people import Person, Verdict
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import consent_words
from bobine.plan.timing.rundown import Line


class AlertKind(StrEnum):
    """Sorts of alerts."""

    WAIT = "wait"
    OVERLAP = "overlap"
    BACK_TIME = "back-time"
    RIGHTS = "rights"
    CONSENT = "consent"

    @property
    def of_the_hours(self) -> bool:
        """Tell whether the hours of the show are the cause, rather than the item alone."""
        return self in (AlertKind.WAIT, AlertKind.OVERLAP, AlertKind.BACK_TIME)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong with an item.

    Attributes:
        kind: its sort, which decides how it is shown.
        words: the same in French, plain text.
    """

    kind: AlertKind
    words: str


def alerts_of_the_hours(line: Line) -> tuple[Alert, ...]:
    """Alerts on the hours of an item: dead air before it, an overlap, a back time that cannot be met."""
    alerts = []
    if line.wait > timedelta():
        alerts.append(Alert(AlertKind.WAIT, f"attend {format_duration(line.wait)} avant"))
    if line.overlap > timedelta():
        words = f"chevauché de {format_duration(line.overlap)} par ce qui précède"
        alerts.append(Alert(AlertKind.OVERLAP, words))
    if line.impossible:
        alerts.append(Alert(AlertKind.BACK_TIME, "à rebours : impossible"))
    return tuple(alerts)


def alerts_of_the_item(item: Item, people: Mapping[str, Person], day: date) -> tuple[Alert, ...]:
    """Alerts on an item whatever its hours: rights and consents that the podcast lacks.

    Args:
        item: which.
        people: those of the episode, by id.
        day: of the show.
    """
    alerts = []
    if item.podcast_rights is PodcastRights.UNKNOWN:
        alerts.append(Alert(AlertKind.RIGHTS, "droits podcast inconnus"))
    named = (people[person_id] for person_id in item.people)
    lacking = [one for one in named if one.podcast_consent_on(day) is not Verdict.GRANTED]
    return (*alerts, *(Alert(AlertKind.CONSENT, f"{one.name} : {consent_words(one, day)}") for one in lacking))
