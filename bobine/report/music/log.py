"""The music log: a line for each time that a work was heard, and what is still missing, with whom to ask. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bobine.french import day_and_month, enumerate_words
from bobine.model.episode import ItemKind, Work, WorkUse
from bobine.report.music.facts import HalfYear, MusicFacts, Playing

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One work, heard once.

    Attributes:
        playing: where it was heard.
        work: as it is noted.
        use: what it was heard as.
        performer: who plays it; the musicians of the item where the work names nobody.
        length: how long it was heard, in whole seconds; None where that is not known.
    """

    playing: Playing
    work: Work
    use: WorkUse
    performer: str
    length: timedelta | None

    @property
    def at(self) -> datetime:
        """The hour at which what it was heard in went on air, in the show's time zone."""
        return self.playing.started

    @property
    def live(self) -> bool:
        """Whether it was played in the studio."""
        return self.use is WorkUse.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicLack:
    """Something that the log still needs.

    Attributes:
        title: the item or the show that it is about.
        what: what is missing, in French, without a capital.
        asked: the one to ask, in French.
        dates: days on which it was heard, in order.
    """

    title: str
    what: str
    asked: str
    dates: tuple[date, ...]

    @property
    def when(self) -> str:
        """The days in words: « le 5 mars et le 12 mars », « 14 fois, du 8 janvier au 25 juin »."""
        if len(self.dates) > 3:
            return f"{len(self.dates)} fois, du {day_and_month(self.dates[0])} au {day_and_month(self.dates[-1])}"
        return enumerate_words([f"le {day_and_month(day)}" for day in self.dates])


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicLog:
    """The log of half a year.

    Attributes:
        show: its title.
        station: name and frequency.
        half: which.
        lines: in order of time.
        lacks: by whom to ask, then by title.
        remarks: what could not be read, in French.
    """

    show: str
    station: str
    half: HalfYear
    lines: tuple[LogLine, ...]
    lacks: tuple[MusicLack, ...]
    remarks: tuple[str, ...] = ()


def music_log(facts: MusicFacts) -> MusicLog:
    """Work out the log of half a year; a work belongs to the day on which its item went on air.

    A work was heard for as long as it says, and no longer than its item. Where it says nothing, the only music of a
    musical item was heard for all of it, and the only bed of an item too; of others the length is missing.
    """
    playings = [one for one in facts.playings if facts.half.holds(one.started.date())]
    playings.sort(key=lambda one: (one.started, one.id, one.title))
    lacks = [lack for one in playings for lack in _lacks(one)]
    lacks += [
        MusicLack(title=one.title, what=one.why, asked=one.asked, dates=(one.date,))
        for one in facts.untold
        if facts.half.holds(one.date)
    ]
    return MusicLog(
        show=facts.show,
        station=facts.station,
        half=facts.half,
        lines=tuple(line for one in playings for line in _lines(one)),
        lacks=_together(lacks),
        remarks=tuple(sorted(set(facts.remarks))),
    )


def _lines(playing: Playing) -> Iterator[LogLine]:
    for work in playing.works:
        use = _use(playing, work)
        musicians = ", ".join(playing.musicians) if use is WorkUse.LIVE else ""
        yield LogLine(
            playing=playing,
            work=work,
            use=use,
            performer=work.performer or musicians,
            length=_length(playing, work),
        )


def _use(playing: Playing, work: Work) -> WorkUse:
    """The use that is noted; what is noted as a disc in live music was played there."""
    return WorkUse.LIVE if playing.kind is ItemKind.LIVE_MUSIC and work.use is WorkUse.FULL else work.use


def _length(playing: Playing, work: Work) -> timedelta | None:
    whole = round(playing.length / _SECOND) * _SECOND if playing.length is not None else None
    if work.duration is not None:
        return min(work.duration, whole) if whole is not None else work.duration
    is_bed = work.use is WorkUse.BED
    rivals = [one for one in playing.works if (one.use is WorkUse.BED) == is_bed]
    musical = is_bed or playing.kind is None or playing.kind.musical
    return whole if musical and len(rivals) == 1 else None


def _lacks(playing: Playing) -> Iterator[MusicLack]:
    day = (playing.started.date(),)
    musical = playing.kind is None or playing.kind.musical
    if musical and not playing.works:
        what = "les œuvres entendues ne sont pas notées"
        yield MusicLack(title=playing.title, what=what, asked=playing.asked, dates=day)
    if playing.bed and not any(work.use is WorkUse.BED for work in playing.works):
        what = f"l'œuvre du tapis « {playing.bed} » n'est pas notée"
        yield MusicLack(title=playing.title, what=what, asked=playing.asked, dates=day)
    for line in _lines(playing):
        missing = _missing(line)
        if missing:
            what = f"« {line.work.title} » : il manque {enumerate_words(missing)}"
            yield MusicLack(title=playing.title, what=what, asked=playing.asked, dates=day)


def _missing(line: LogLine) -> list[str]:
    """The missing parts of what a station must declare; codes, bar codes and albums are optional."""
    work, found = line.work, []
    if not work.composer and not work.author:
        found.append("qui l'a écrite (composer, author)")
    if not line.performer:
        found.append("qui la joue (performer)")
    if not work.label and not work.own and not line.live:
        found.append("l'éditeur ou le label (label)")
    if line.length is None:
        found.append("la durée entendue (duration)")
    return found


def _together(lacks: Iterable[MusicLack]) -> tuple[MusicLack, ...]:
    """Each lack once, with all its days."""
    days: dict[tuple[str, str, str], set[date]] = defaultdict(set)
    for one in lacks:
        days[one.asked, one.title, one.what].update(one.dates)
    return tuple(
        MusicLack(title=title, what=what, asked=asked, dates=tuple(sorted(found)))
        for (asked, title, what), found in sorted(days.items())
    )
