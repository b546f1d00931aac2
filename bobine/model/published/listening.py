"""The listening figures of a show: downloads, and what was not counted; nothing in them names a listener.

No figure crosses an app with an episode or a day: in a small audience that would be one person's habits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

_Key = TypeVar("_Key", bound=str)

LEAST_SHOWN = 3
"""Downloads from which an app is shown by its name; below, it is one of the others."""

OTHER_APPS = ""
"""The name under which apps that are not shown by theirs are added up."""


class LeftOut(StrEnum):
    """The reason why requests for a show's sound are no downloads (IAB Podcast Measurement 2.2, filtering)."""

    BOT = "bot"
    PARTIAL = "partial"
    """Listeners, not requests: those who had less than a minute of an episode that day."""
    REPEATED = "repeated"
    METHOD = "method"
    STATUS = "status"
    PRELOAD = "preload"
    WATCH = "watch"
    INTERNAL = "internal"
    UNKNOWN_SOUND = "unknown_sound"


_BESIDE = " "
"""Stands between an episode and its item in the name of an instalment; neither holds one."""


def instalment_name(episode: str, item: str) -> str:
    """The name in figures of an item that a chronique's own feed holds: ``2026-11-26 pedro``."""
    return f"{episode}{_BESIDE}{item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One day of a show, in its own time zone.

    Attributes:
        downloads: by episode, named by its day of broadcast (ISO), and by instalment (:func:`instalment_name`).
        left_out: requests that were not counted, by reason.
    """

    downloads: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Downloads of that day, all episodes."""
        return sum(self.downloads.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningFigures:
    """The figures of a show.

    Attributes:
        days: by day.
        apps: downloads by app, by month (``2026-11``).
        pieced: days that were added to after they were closed: a listener may be there twice.
    """

    days: Mapping[date, DayFigures] = field(default_factory=dict)
    apps: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pieced: frozenset[date] = frozenset()

    @property
    def total(self) -> int:
        """Downloads, all days, episodes and instalments."""
        return sum(day.total for day in self.days.values())

    def by_day(self, episode: str = "") -> dict[date, int]:
        """Downloads by day, the first day first; days that only had requests which do not count are there with 0.

        Args:
            episode: the one to look at (``2026-11-26``); empty for all.
        """
        return {
            day: self.days[day].downloads.get(episode, 0) if episode else self.days[day].total
            for day in sorted(self.days)
        }

    def by_episode(self) -> dict[str, int]:
        """Downloads by episode, the newest episode first; those of instalments are not among them."""
        return {name: count for name, count in self._by_name().items() if _BESIDE not in name}

    def by_instalment(self) -> dict[tuple[str, str], int]:
        """Downloads of the items that have a feed of their own, by episode and item, the newest first."""
        found = {}
        for name, count in self._by_name().items():
            episode, beside, item = name.partition(_BESIDE)
            if beside:
                found[episode, item] = count
        return found

    def _by_name(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for day in self.days.values():
            total.update(day.downloads)
        return {name: total[name] for name in sorted(total, reverse=True)}

    def by_app(self, least: int = LEAST_SHOWN) -> dict[str, int]:
        """Downloads by app, the most used first; apps with fewer than ``least`` are ``OTHER_APPS``, last."""
        total: Counter[str] = Counter()
        for month in self.apps.values():
            total.update(month)
        shown = {app: count for app, count in total.items() if count >= least and app != OTHER_APPS}
        ordered = dict(sorted(shown.items(), key=lambda one: (-one[1], one[0])))
        rest = total.total() - sum(ordered.values())
        return {**ordered, OTHER_APPS: rest} if rest else ordered

    def left_out(self) -> dict[LeftOut, int]:
        """All that was not counted, by reason."""
        total: Counter[LeftOut] = Counter()
        for day in self.days.values():
            total.update(day.left_out)
        return {reason: total[reason] for reason in LeftOut if total[reason]}

    def within(self, first: date, last: date) -> ListeningFigures:
        """The figures of the days from first to last, both included; apps are those of the months that they touch."""
        months = {f"{day:%Y-%m}" for day in (first, last)}
        return ListeningFigures(
            days={day: figures for day, figures in self.days.items() if first <= day <= last},
            apps={month: apps for month, apps in self.apps.items() if min(months) <= month <= max(months)},
            pieced=frozenset(day for day in self.pieced if first <= day <= last),
        )

    def plus(self, other: ListeningFigures) -> ListeningFigures:
        """The sum with figures of other requests: of other days, or of a day that others were counted of already."""
        days = {
            day: DayFigures(
                downloads=_sum(_day(self, day).downloads, _day(other, day).downloads),
                left_out=_sum(_day(self, day).left_out, _day(other, day).left_out),
            )
            for day in sorted(self.days.keys() | other.days.keys())
        }
        apps = {
            month: _sum(self.apps.get(month, {}), other.apps.get(month, {}))
            for month in sorted(self.apps.keys() | other.apps.keys())
        }
        return ListeningFigures(
            days=days,
            apps={month: counts for month, counts in apps.items() if counts},
            pieced=self.pieced | other.pieced,
        )

    def negated(self) -> ListeningFigures:
        """The figures that take these away when they are added."""
        return ListeningFigures(
            days={
                day: DayFigures(
                    downloads={key: -count for key, count in figures.downloads.items()},
                    left_out={key: -count for key, count in figures.left_out.items()},
                )
                for day, figures in self.days.items()
            },
            apps={month: {app: -count for app, count in counts.items()} for month, counts in self.apps.items()},
        )


_EMPTY = DayFigures()


def _day(figures: ListeningFigures, day: date) -> DayFigures:
    return figures.days.get(day, _EMPTY)


def _sum(one: Mapping[_Key, int], other: Mapping[_Key, int]) -> dict[_Key, int]:
    total = {key: one.get(key, 0) + other.get(key, 0) for key in sorted(one.keys() | other.keys())}
    return {key: count for key, count in total.items() if count}


@dataclass(frozen=True, slots=True, order=True)
class ReadMark:
    """The lines at the start of a log that were counted, told again by a digest without addresses or agents.

    Attributes:
        head: digest of the first line, hexadecimal.
        lines: how many lines.
        digest: of all of them, hexadecimal.
    """

    head: str
    lines: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningRecord:
    """The content of ``listening.json``.

    Attributes:
        figures: what was counted.
        read: what of logs was read, so that none is counted twice.
        open: days that may still be added to, and the name of the state that knows who was counted.
    """

    figures: ListeningFigures = field(default_factory=ListeningFigures)
    read: frozenset[ReadMark] = frozenset()
    open: Mapping[date, str] = field(default_factory=dict)
