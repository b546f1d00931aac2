"""The « conducteur réalisé » as a value: what was aired, with planned and real hours. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bobine.french import decimal, long_date
from bobine.model.aired.progress import Progress
from bobine.model.episode import Episode, Item
from bobine.model.show import Show
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import gap_sign
from bobine.plan.timing.rundown import time_rundown

_WORTH_SAYING = timedelta(seconds=0.05)
"""A gap shorter than this is not told: it may as well lie in the next item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealRow:
    """One item that was aired, or that was planned and was not. Instants are in the show's zone.

    Attributes:
        item: as it was when it was taken; as planned where it was not aired.
        number: its number in the planned rundown; None where that does not count it.
        planned_start: when the plan had it start; None likewise.
        planned: how long it was to last; None where it was not planned.
        start: when it went on air; None where it did not.
        end: when it left; None where it did not go on air, or is still there.
        people: names of who took part.
        remarks: what differs from the plan, and what its recording lacks, in French.
        lost: how much of it is silence in the recording, in place of sound that was lost.
    """

    item: Item
    number: int | None
    planned_start: datetime | None
    planned: timedelta | None
    start: datetime | None
    end: datetime | None
    people: tuple[str, ...]
    remarks: tuple[str, ...]
    lost: timedelta = timedelta()

    @property
    def shift(self) -> timedelta | None:
        """How much later than planned it began; below zero for earlier."""
        if self.start is None or self.planned_start is None:
            return None
        return _between(self.planned_start, self.start)

    @property
    def length(self) -> timedelta | None:
        """How long it lasted."""
        return _between(self.start, self.end) if self.start is not None and self.end is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RealMark:
    """A mark that was set during the show.

    Attributes:
        at: when, in the show's zone.
        text: what it is called.
        item: what was on air then; None where nothing was.
        file: the file of the recording that it lies in; None where nothing recorded.
        position_s: where in that file, seconds; None where nothing recorded.
    """

    at: datetime
    text: str
    item: Item | None = None
    file: str | None = None
    position_s: float | None = None

    @property
    def words(self) -> str:
        """« Repère 3, pendant « Accueil » », in French."""
        return f"{self.text}, pendant « {self.item.title} »" if self.item is not None else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """The rundown as it was aired.

    Attributes:
        reference: how a command names the episode.
        show: the show's title.
        station: name and frequency.
        date: day of broadcast.
        title: the episode's title.
        season: season and number in words.
        slot_start: when the air was to be taken.
        slot_end: when it was to be given back.
        ended: when it was; None while it is not.
        rows: what was aired, in order; an item that was on air twice is there twice.
        left_out: what was planned and was not aired.
        speech: who spoke as a candidate or an elected person, and for how long.
        notes: what was written down, and when.
        marks: marks that were set, in order.
        remark: what to know of where this comes from, in French; empty where there is nothing.
    """

    reference: str
    show: str
    station: str
    date: date
    title: str
    season: str
    slot_start: datetime
    slot_end: datetime
    ended: datetime | None
    rows: tuple[RealRow, ...]
    left_out: tuple[RealRow, ...]
    speech: tuple[tuple[str, timedelta], ...] = ()
    notes: tuple[tuple[datetime, str], ...] = ()
    marks: tuple[RealMark, ...] = ()
    remark: str = ""

    @property
    def day(self) -> str:
        """The day of broadcast in words."""
        return long_date(self.date)

    @property
    def headline(self) -> str:
        """How long it took, and how it ended, one French sentence without a full stop."""
        first = self.rows[0].start if self.rows else None
        if first is None:
            return "rien n'est passé à l'antenne"
        start = f"antenne prise à {first:%H:%M:%S}"
        if self.ended is None:
            return f"{start}, pas encore rendue"
        late = _between(self.slot_end, self.ended)
        length = format_duration(_between(first, self.ended))
        return f"{start}, rendue à {self.ended:%H:%M:%S} ({gap_sign(late)}), {length} en tout"


def make_realised(
    show: Show,
    planned: Episode,
    progress: Progress,
    *,
    names: Mapping[str, str],
    speech: Mapping[str, timedelta] | None = None,
    notes: Sequence[tuple[datetime, str]] = (),
    marks: Sequence[RealMark] = (),
    gaps: Sequence[tuple[datetime, timedelta]] = (),
    remark: str = "",
) -> Realised:
    """The rundown as it was aired.

    Args:
        show: the show.
        planned: the plan as it was when the show began.
        progress: what was aired.
        names: of people, by id.
        speech: how long people spoke, by their id or what they were called.
        notes: what was written down.
        marks: marks that were set; their items are found here, where they have none.
        gaps: sound that the recording lacks: when each gap began, and how long it lasted.
        remark: what to know of where this comes from, in French.
    """
    zone = ZoneInfo(show.slot.timezone)
    slot = show.bounds(planned)
    hours = {line.item.id: line.planned_start for line in time_rundown(planned.items, slot).lines}
    known = {item.id: item for item in planned.items}
    numbers = {item.id: number for number, item in enumerate(planned.counted_items, 1)}
    airings = [(one.item, one.started, one.ended) for one in progress.aired]
    on_air = progress.on_air
    stretches: list[tuple[Item, datetime, datetime | None]] = [*airings]
    if on_air is not None:
        stretches.append((on_air.item, on_air.started, None))
    instants = [(start.astimezone(UTC), length) for start, length in gaps]

    def row(item: Item, start: datetime | None, end: datetime | None, remarks: Sequence[str]) -> RealRow:
        plan = known.get(item.id)
        lost = [_within(gap, start, end) for gap in instants] if start is not None else []
        return RealRow(
            item=item,
            number=numbers.get(item.id),
            planned_start=hours.get(item.id),
            planned=plan.duration if plan is not None else None,
            start=start.astimezone(zone) if start is not None else None,
            end=end.astimezone(zone) if end is not None else None,
            people=tuple(names.get(one, one) for one in item.people),
            remarks=(*remarks, *_told(lost)),
            lost=sum(lost, timedelta()),
        )

    rows, seen = [], set[str]()
    highest = 0
    for item, start, end in stretches:
        remarks = _remarks(item, known.get(item.id), again=item.id in seen)
        number = numbers.get(item.id, 0)
        if number and number < highest and item.id not in seen:
            remarks.append("déplacé")
        highest = max(highest, number)
        seen.add(item.id)
        rows.append(row(item, start, end, [*remarks, *(["à l'antenne"] if end is None else [])]))
    left_out = [
        row(item, None, None, ["sauté" if item.id in progress.skipped else "pas passé"])
        for item in planned.counted_items
        if item.id not in seen
    ]
    return Realised(
        reference=planned.reference,
        show=show.title,
        station=f"{show.station.name} {show.station.frequency}".strip(),
        date=planned.date,
        title=planned.title,
        season=f"saison {planned.season}, n° {planned.number}",
        slot_start=slot[0],
        slot_end=slot[1],
        ended=progress.ended.astimezone(zone) if progress.ended is not None else None,
        rows=tuple(rows),
        left_out=tuple(left_out),
        speech=tuple(sorted((names.get(one, one), total) for one, total in (speech or {}).items())),
        notes=tuple((at.astimezone(zone), text) for at, text in notes),
        marks=tuple(
            replace(mark, at=mark.at.astimezone(zone), item=mark.item or _on_air_at(stretches, mark.at))
            for mark in marks
        ),
        remark=remark,
    )


def _remarks(item: Item, plan: Item | None, *, again: bool) -> list[str]:
    """What differs from the plan."""
    remarks = ["repris"] if again else []
    if plan is None:
        remarks.append("ajouté pendant le direct")
    elif plan.standby:
        remarks.append("pris en réserve")
    elif plan.title != item.title:
        remarks.append(f"prévu : {plan.title}")
    return remarks


def _on_air_at(stretches: Sequence[tuple[Item, datetime, datetime | None]], moment: datetime) -> Item | None:
    """Item that was on air at an instant; the later one where two meet."""
    for item, start, end in reversed(stretches):
        if start <= moment:
            return item if end is None or moment < end else None
    return None


def _within(gap: tuple[datetime, timedelta], start: datetime, end: datetime | None) -> timedelta:
    """How much of a gap lies in a stretch on air; nothing where too little does to be told."""
    begins, length = gap
    ends = begins + length if end is None else min(begins + length, end.astimezone(UTC))
    inside = ends - max(begins, start.astimezone(UTC))
    return inside if inside >= _WORTH_SAYING else timedelta()


def _told(lost: Sequence[timedelta]) -> list[str]:
    """« trou de 3,4 s », « 2 trous, 5,0 s en tout »; nothing where nothing is lost."""
    gaps = [one for one in lost if one]
    total = decimal(sum(gaps, timedelta()).total_seconds())
    return [f"trou de {total} s" if len(gaps) == 1 else f"{len(gaps)} trous, {total} s en tout"] if gaps else []


def _between(start: datetime, end: datetime) -> timedelta:
    """Between two instants, whatever the clocks did in between."""
    return end.astimezone(UTC) - start.astimezone(UTC)
