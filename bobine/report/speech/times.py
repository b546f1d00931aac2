"""Speech times: each stretch, then the sums by person and by list, and what was not timed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bobine.french import sort_key
from bobine.model.episode_day import plain_day
from bobine.model.show import Election

NO_LIST = "sans liste notée"
"""The words for people whose list nobody noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSpeech:
    """One stretch that somebody spoke.

    Attributes:
        reference: how a command names the episode.
        date: day of the show.
        who: the person, or what the stopwatch was called.
        on_list: the list or party; empty where nobody noted it.
        started: in the show's time zone.
        length: how long.
        item: title of what was on air; empty where nothing was.
        file: of the recording; empty where nothing recorded.
        rate: sampling rate of the file, Hz.
        first: its first sample in the file; None where nothing recorded.
        last: one past its last sample; None where that is not known.
    """

    reference: str
    date: date
    who: str
    on_list: str
    started: datetime
    length: timedelta
    item: str = ""
    file: str = ""
    rate: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Untimed:
    """A political item that was aired in the window, in which no stopwatch ran.

    Attributes:
        date: day of the show.
        title: of the item.
        asked: the one to ask, in French.
    """

    date: date
    title: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFacts:
    """The facts of one window; those of other days are left out.

    Attributes:
        show: its title.
        station: name and frequency.
        election: the window.
        speeches: in any order.
        untimed: in any order.
        remarks: what could not be read, in French.
    """

    show: str
    station: str
    election: Election
    speeches: tuple[TimedSpeech, ...] = ()
    untimed: tuple[Untimed, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSum:
    """The time of one person or list.

    Attributes:
        name: whose.
        on_list: of a person: their list; empty for a list.
        length: in all, to the nearest second.
        times: how many stretches.
    """

    name: str
    on_list: str
    length: timedelta
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechTimes:
    """The speech times of one window.

    Attributes:
        show: its title.
        station: name and frequency.
        election: the window.
        speeches: in order of time.
        people: the longest first.
        lists: the longest first.
        untimed: in order of time.
        remarks: what could not be read, in French.
    """

    show: str
    station: str
    election: Election
    speeches: tuple[TimedSpeech, ...]
    people: tuple[SpeechSum, ...]
    lists: tuple[SpeechSum, ...]
    untimed: tuple[Untimed, ...] = ()
    remarks: tuple[str, ...] = ()


def speech_times(facts: SpeechFacts) -> SpeechTimes:
    """Work out the speech times of a window; a stretch belongs to the day on which it began."""
    window = facts.election
    inside = [one for one in facts.speeches if window.start <= one.started.date() <= window.end]
    inside.sort(key=lambda one: (one.started, sort_key(one.who), one.who, one.length))
    untimed = {one for one in facts.untimed if window.start <= plain_day(one.date) <= window.end}
    return SpeechTimes(
        show=facts.show,
        station=facts.station,
        election=window,
        speeches=tuple(inside),
        people=_sums(inside, lambda one: (one.who, one.on_list)),
        lists=_sums(inside, lambda one: (one.on_list or NO_LIST, "")),
        untimed=tuple(sorted(untimed, key=lambda one: (one.date, one.title, one.asked))),
        remarks=tuple(sorted(set(facts.remarks))),
    )


def _sums(
    speeches: Iterable[TimedSpeech], key: Callable[[TimedSpeech], tuple[str, str]]
) -> tuple[SpeechSum, ...]:  # fmt: skip
    groups: dict[tuple[str, str], list[timedelta]] = defaultdict(list)
    for one in speeches:
        groups[key(one)].append(one.length)
    found = [
        SpeechSum(name=name, on_list=on_list, length=_whole(sum(lengths, timedelta())), times=len(lengths))
        for (name, on_list), lengths in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.length, sort_key(one.name), one.name, one.on_list)))


def _whole(length: timedelta) -> timedelta:
    return timedelta(seconds=(length + timedelta(seconds=0.5)) // timedelta(seconds=1))
