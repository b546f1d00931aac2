"""Written authorisations that do not hold any more, or not for long: whose, and whom to ask for another. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.episode_day import plain_day
from bobine.plan.readiness.lacks import inviter, signer

SOON = timedelta(days=30)
"""Time before an authorisation ends from which another one is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """An authorisation that has ended, or ends soon, for what is to come or is online.

    Attributes:
        reference: the episode, as commands name it.
        day: of the show.
        name: the person heard.
        until: the last day on which the paper holds.
        paper: where it is.
        signer: the one who signs, in French.
        asked: the one to remind them, in French.
        over: it has ended already, or ends before the show.
    """

    reference: str
    day: date
    name: str
    until: date
    paper: str
    signer: str
    asked: str
    over: bool

    @property
    def words(self) -> str:
        """The whole in one French sentence."""
        when = f"{'est échue' if self.over else 'se termine bientôt'}, le {long_date(self.until)}"
        paper = f" ({self.paper})" if self.paper else ""
        return (
            f"{self.name}, dans l'émission du {long_date(self.day)} : son autorisation{paper} {when}. "
            f"À faire signer de nouveau par {self.signer} ; qui peut le demander : {self.asked}."
        )


def lapses(episode: Episode, today: date, *, online: bool) -> Iterator[Lapse]:
    """The authorisations of an episode that another is to be asked for, in the order of its people.

    A show to come needs its papers until its day; one that is online needs them as long as it is. A past show that is
    not online needs none.

    Args:
        episode: the plan.
        today: the day it is.
        online: whether a feed names it.
    """
    day = plain_day(episode.date)
    coming = day >= today and not episode.cancelled
    if not coming and not online:
        return
    needed = max(day, today)
    for person in episode.people:
        if person.consent_until is None or not person.lapsed(needed + SOON):
            continue
        item = next((one.id for one in episode.items if person.id in one.people), "")
        yield Lapse(
            reference=episode.reference,
            day=episode.date,
            name=person.name,
            until=person.consent_until,
            paper=person.consent_reference,
            signer=signer(person),
            asked=inviter(episode, item),
            over=person.lapsed(needed),
        )


def lapses_line(found: tuple[Lapse, ...]) -> str:
    """The authorisations in one line, those that are over first; empty for none."""
    if not found:
        return ""
    first = min(found, key=lambda one: (not one.over, one.until))
    over = sum(one.over for one in found)
    count = f"{over} échue{'s' if over > 1 else ''}" if over else f"{len(found)} bientôt échue{'s' * (len(found) > 1)}"
    return f"! Autorisations : {count} ({first.name}, {long_date(first.until)}). À demander : {first.asked}."
