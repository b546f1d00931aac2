"""The « conducteur réalisé » worked out from the plan and from what was aired. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bobine.french import decimal
from bobine.model.aired.progress import Progress
from bobine.model.episode import Episode, Item
from bobine.model.show import Show
from bobine.plan.realised.content import Realised, RealMark, RealRow
from bobine.plan.timing.rundown import time_rundown

_WORTH_SAYING = timedelta(seconds=0.05)
"""A gap shorter than this is not told: it may as well lie in the next item."""


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
    plan = _Plan(
        zone=zone,
        items={item.id: item for item in planned.items},
        numbers={item.id: number for number, item in enumerate(planned.counted_items, 1)},
        hours={line.item.id: line.planned_start for line in time_rundown(planned.items, slot).lines},
        names=names,
        gaps=tuple((start.astimezone(UTC), length) for start, length in gaps),
    )
    stretches = _stretches(progress)
    aired = {one.item.id for one in stretches}
    return Realised(
        reference=planned.reference,
        show=show.title,
        station=show.station.full_name,
        date=planned.date,
        title=planned.title,
        season=f"saison {planned.season}, n° {planned.number}",
        slot_start=slot[0],
        slot_end=slot[1],
        ended=progress.ended.astimezone(zone) if progress.ended is not None else None,
        rows=tuple(_aired_rows(plan, stretches)),
        left_out=tuple(
            plan.row(item, "sauté" if item.id in progress.skipped else "pas passé")
            for item in planned.counted_items
            if item.id not in aired
        ),
        speech=tuple(sorted((names.get(one, one), total) for one, total in (speech or {}).items())),
        notes=tuple((at.astimezone(zone), text) for at, text in notes),
        marks=tuple(
            replace(mark, at=mark.at.astimezone(zone), item=mark.item or _on_air_at(stretches, mark.at))
            for mark in marks
        ),
        remark=remark,
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An item's time on air; ``end`` is None while it is there."""

    item: Item
    start: datetime
    end: datetime | None


def _stretches(progress: Progress) -> list[_Stretch]:
    """All that was on air, in order."""
    stretches = [_Stretch(one.item, one.started, one.ended) for one in progress.aired]
    if progress.on_air is not None:
        stretches.append(_Stretch(progress.on_air.item, progress.on_air.started, None))
    return stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Facts that a row is made from, by an item's or a person's id; gaps in UTC, with their lengths."""

    zone: ZoneInfo
    items: Mapping[str, Item]
    numbers: Mapping[str, int]
    hours: Mapping[str, datetime | None]
    names: Mapping[str, str]
    gaps: Sequence[tuple[datetime, timedelta]]

    def row(self, item: Item, *remarks: str, aired: _Stretch | None = None) -> RealRow:
        """An item beside its plan, with what its recording lacks."""
        planned = self.items.get(item.id)
        end = aired.end if aired is not None else None
        lost = [_within(gap, aired) for gap in self.gaps] if aired is not None else []
        return RealRow(
            item=item,
            number=self.numbers.get(item.id),
            planned_start=self.hours.get(item.id),
            planned=planned.duration if planned is not None else None,
            start=aired.start.astimezone(self.zone) if aired is not None else None,
            end=end.astimezone(self.zone) if end is not None else None,
            people=tuple(self.names.get(one, one) for one in item.people),
            remarks=(*remarks, *_gap_words(lost)),
            lost=sum(lost, timedelta()),
        )


def _aired_rows(plan: _Plan, stretches: Sequence[_Stretch]) -> Iterator[RealRow]:
    """A row for each stretch on air, with what differs from the plan."""
    seen = set[str]()
    highest = 0
    for one in stretches:
        name = one.item.id
        remarks = _differences(one.item, plan.items.get(name), again=name in seen)
        number = plan.numbers.get(name, 0)
        if number and number < highest and name not in seen:
            remarks.append("déplacé")
        if one.end is None:
            remarks.append("à l'antenne")
        highest = max(highest, number)
        seen.add(name)
        yield plan.row(one.item, *remarks, aired=one)


def _differences(item: Item, planned: Item | None, *, again: bool) -> list[str]:
    """Differences between an item on air and its plan, in French."""
    remarks = ["repris"] if again else []
    if planned is None:
        remarks.append("ajouté pendant le direct")
    elif planned.standby:
        remarks.append("pris en réserve")
    elif planned.title != item.title:
        remarks.append(f"prévu : {planned.title}")
    return remarks


def _on_air_at(stretches: Sequence[_Stretch], moment: datetime) -> Item | None:
    """Item that was on air at an instant; the later one where two meet."""
    for one in reversed(stretches):
        if one.start <= moment:
            return one.item if one.end is None or moment < one.end else None
    return None


def _within(gap: tuple[datetime, timedelta], aired: _Stretch) -> timedelta:
    """The part of a gap that lies in a stretch on air; zero where it is too short to mention."""
    begins, length = gap
    ends = begins + length if aired.end is None else min(begins + length, aired.end.astimezone(UTC))
    inside = ends - max(begins, aired.start.astimezone(UTC))
    return inside if inside >= _WORTH_SAYING else timedelta()


def _gap_words(lost: Sequence[timedelta]) -> list[str]:
    """« trou de 3,4 s », « 2 trous, 5,0 s en tout »; nothing where nothing is lost."""
    gaps = [one for one in lost if one]
    total = decimal(sum(gaps, timedelta()).total_seconds())
    return [f"trou de {total} s" if len(gaps) == 1 else f"{len(gaps)} trous, {total} s en tout"] if gaps else []
