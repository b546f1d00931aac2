"""The « conducteur réalisé » as a value: what was aired, with planned and real hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bobine.french import long_date
from bobine.model.episode import Item
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import gap_sign


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
        """The delay between its planned and its real start; below zero for earlier."""
        if self.start is None or self.planned_start is None:
            return None
        return _between(self.planned_start, self.start)

    @property
    def length(self) -> timedelta | None:
        """Its real length."""
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
        """The show's length and ending, one French sentence without a full stop."""
        first = self.rows[0].start if self.rows else None
        if first is None:
            return "rien n'est passé à l'antenne"
        start = f"antenne prise à {first:%H:%M:%S}"
        if self.ended is None:
            return f"{start}, pas encore rendue"
        late = _between(self.slot_end, self.ended)
        length = format_duration(_between(first, self.ended))
        return f"{start}, rendue à {self.ended:%H:%M:%S} ({gap_sign(late)}), {length} en tout"


def _between(start: datetime, end: datetime) -> timedelta:
    """Between two instants, whatever the clocks did in between."""
    return end.astimezone(UTC) - start.astimezone(UTC)
