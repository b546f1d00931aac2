"""Rules on how long a recording must be kept, and whether it may be purged. Pure: facts and an instant come in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bobine.french import long_date
from bobine.model.published.keeping import Hold
from bobine.model.show import Election

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
"""Age at which files written after a long silence make the clock that dated them believable."""


class Obstacle(StrEnum):
    """A reason that forbids a purge."""

    TOO_EARLY = "too-early"
    ELECTION = "election"
    HOLD = "hold"
    RECORDING = "recording"
    UNUSED = "unused"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason not to purge.

    Attributes:
        obstacle: what sort of reason.
        words: the same in French, without a capital or a full stop.
        until: the first day on which it no longer holds; None where only somebody can end it.
    """

    obstacle: Obstacle
    words: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingFacts:
    """The facts on which an episode's purge is judged.

    Attributes:
        broadcast: day of broadcast.
        aired_until: when its air ended; aware, in the show's zone.
        kept_days: how many days it must be kept, at least.
        elections: windows of the show.
        hold: the hold put on it; None for none.
        recording: a recorder runs in its folder.
        used: it was published, or mastered from the recording that is attached.
        seen: when the files of the workspace say that they were written, in any order; None where nobody looked.
    """

    broadcast: date
    aired_until: datetime
    kept_days: int
    elections: tuple[Election, ...] = ()
    hold: Hold | None = None
    recording: bool = False
    used: bool = True
    seen: tuple[datetime, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingVerdict:
    """The verdict on purging a recording.

    Attributes:
        refusals: why not; empty where it may.
        from_day: the first day on which no date forbids it any more: today where none does.
    """

    refusals: tuple[Refusal, ...]
    from_day: date

    @property
    def allowed(self) -> bool:
        """Whether the purge is allowed: nothing forbids it."""
        return not self.refusals


def judge(facts: KeepingFacts, now: datetime, *, even_unused: bool = False) -> KeepingVerdict:
    """Judge whether a recording may be purged.

    What was aired in an election window is kept as long after its end as anything else is after its broadcast. The
    present instant is believed only as far as what was written in the workspace goes along with it: a clock that runs
    ahead, or did, frees nothing.

    Args:
        facts: what was found.
        now: the present instant, aware.
        even_unused: take a recording that nothing was made of; it sets aside no other reason.

    Raises:
        ValueError: if an instant is naive.
    """
    zone = facts.aired_until.tzinfo
    if zone is None or now.tzinfo is None:
        raise ValueError("keeping is reckoned between instants: they have time zones")
    today = now.astimezone(zone).date()
    refusals = [one for one in _dated(facts, zone) if one.until is not None and today < one.until]
    refusals += _of_today(facts.elections, today, refusals)
    if not refusals and facts.seen is not None:
        refusals += _of_the_clock(facts, facts.seen, now, zone)
    if facts.hold is not None:
        refusals.append(Refusal(obstacle=Obstacle.HOLD, words=_hold_words(facts.hold, zone)))
    if facts.recording:
        refusals.append(Refusal(obstacle=Obstacle.RECORDING, words="un enregistrement est en cours"))
    if not facts.used and not even_unused:
        refusals.append(Refusal(obstacle=Obstacle.UNUSED, words="rien n'en a été monté ni publié"))
    days = [one.until for one in refusals if one.until is not None]
    return KeepingVerdict(refusals=tuple(refusals), from_day=_out_of_windows(max([today, *days]), facts.elections))


def _dated(facts: KeepingFacts, zone: tzinfo) -> Iterator[Refusal]:
    """Refusals that follow from the broadcast date: the days to keep it, and those of an election window it fell in."""
    first = _first_day(facts.aired_until.astimezone(UTC) + facts.kept_days * _DAY, zone)
    words = f"diffusée il y a moins de {facts.kept_days} jours"
    yield Refusal(obstacle=Obstacle.TOO_EARLY, words=words, until=first)
    days = (facts.broadcast, facts.aired_until.date())
    for window in facts.elections:
        if any(window.start <= day <= window.end for day in days):
            words = f"diffusée en période électorale ({window.name})"
            until = window.end + (facts.kept_days + 1) * _DAY
            yield Refusal(obstacle=Obstacle.ELECTION, words=words, until=until)


def _of_today(elections: Iterable[Election], today: date, known: list[Refusal]) -> list[Refusal]:
    """The windows that today lies in; none is said twice."""
    names = " ".join(one.words for one in known)
    return [
        Refusal(obstacle=Obstacle.ELECTION, words=f"période électorale en cours ({one.name})", until=one.end + _DAY)
        for one in elections
        if one.start <= today <= one.end and f"({one.name})" not in names
    ]


def _of_the_clock(facts: KeepingFacts, seen: Iterable[datetime], now: datetime, zone: tzinfo) -> list[Refusal]:
    """Reasons to doubt the clock, once its date alone would allow the purge.

    The days to keep count as over once something was written after them. A silence as long as those days is either
    holidays or a clock that jumped: what was written since must be a week old before the rest of them is believed.
    """
    present = now.astimezone(UTC)
    aired, due = facts.aired_until.astimezone(UTC), facts.aired_until.astimezone(UTC) + facts.kept_days * _DAY
    instants = sorted(one for one in {one.astimezone(UTC) for one in seen} if one <= present)
    if not instants or instants[-1] < due:
        last = f"depuis le {long_date(instants[-1].astimezone(zone).date())}" if instants else "à une date possible"
        words = (
            f"l'horloge de cet ordinateur dit {long_date(now.astimezone(zone).date())}, mais rien n'a été écrit dans "
            f"l'atelier {last} : vérifiez cette date ; si elle est juste, la purge est possible dès que quelque chose "
            "y aura été écrit"
        )
        return [Refusal(obstacle=Obstacle.CLOCK, words=words)]
    known = [one for one in instants if one >= aired - _DAY]
    for before, after in itertools.pairwise(known):
        credible = max(before - aired, timedelta()) < facts.kept_days * _DAY
        if credible and after - before >= facts.kept_days * _DAY and present - after < _WEEK:
            words = (
                f"l'horloge de cet ordinateur a peut-être sauté : rien n'a été écrit dans l'atelier entre le "
                f"{long_date(before.astimezone(zone).date())} et le {long_date(after.astimezone(zone).date())}"
            )
            return [Refusal(obstacle=Obstacle.CLOCK, words=words, until=_first_day(after + _WEEK, zone))]
    return []


def _out_of_windows(day: date, elections: Iterable[Election]) -> date:
    """The first day from that one on that lies in no election window."""
    for window in sorted(elections, key=lambda one: one.start):
        if window.start <= day <= window.end:
            day = window.end + _DAY
    return day


def _first_day(instant: datetime, zone: tzinfo) -> date:
    """The first day of a zone that begins at an instant (in UTC) or after it, whatever its clocks do that night."""
    day = instant.astimezone(zone).date()
    while datetime.combine(day, time(), zone).astimezone(UTC) < instant:
        day += _DAY
    return day


def _hold_words(hold: Hold, zone: tzinfo) -> str:
    why = f" : {hold.reason}" if hold.reason else ""
    return f"à garder, demandé par {hold.by} le {long_date(hold.at.astimezone(zone).date())}{why}"
