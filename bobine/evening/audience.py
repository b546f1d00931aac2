"""A workspace's listening figures, brought up to date from access logs; none is counted twice, nobody is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.model.published.listening import ListeningFigures, ListeningRecord, ReadMark
from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish.layout import SERIALS
from bobine.publish.listening.addresses import Network
from bobine.publish.listening.agents import Agent
from bobine.publish.listening.counting import SALT_BYTES, DayCount, ShowCount, figures_of
from bobine.publish.listening.lines import LONGEST, parse_line
from bobine.publish.listening.marks import Marks, Portion, lines_known
from bobine.publish.listening.requests import Request
from bobine.publish.listening.robots import known_agents
from bobine.publish.listening.sounds import Sounds
from bobine.publish.listening.states import decode_state, encode_state
from bobine.publish.log_files import LogFile, logs_named
from bobine.store.files import locked
from bobine.store.records.listening import (
    forget_states,
    listening_path,
    read_listening,
    read_state,
    write_listening,
    write_state,
)
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace

_SAMPLE = 100
"""Lines of a log, from its start, of which one at least must be understood."""

_AHEAD = timedelta(days=1)
"""A request later than this from now has a wrong date."""


@dataclass(slots=True)
class LogsRead:
    """The lines of all logs that were read.

    Attributes:
        files: how many logs.
        lines: how many lines were looked at, and not known already.
        known: lines that were counted by an earlier reading.
        sound: those that are about the sound of a show.
        broken: lines about sound that are none: binary, cut, without a possible date.
        too_long: lines that are longer than any server writes.
        to_come: lines whose date is to come.
        unfinished: logs whose last line was left for the next time.
        damaged: logs that could not be read, or not to the end.
        foreign: logs of which no line was understood.
    """

    files: int = 0
    lines: int = 0
    known: int = 0
    sound: int = 0
    broken: int = 0
    too_long: int = 0
    to_come: int = 0
    unfinished: set[Path] = field(default_factory=set)
    damaged: set[Path] = field(default_factory=set)
    foreign: set[Path] = field(default_factory=set)


def figures_known(workspace: Workspace, show: Show) -> ListeningFigures:
    """The figures of a show, as they were last counted.

    Raises:
        WorkspaceError: if they cannot be read as they stand.
    """
    return read_listening(workspace.root, show.slug).figures


def count_logs(
    workspace: Workspace,
    paths: list[Path],
    now: datetime,
    internal: Sequence[Network] = (),
    salt: Callable[[], bytes] = lambda: secrets.token_bytes(SALT_BYTES),
    report: Callable[[str, float], None] = lambda _label, _fraction: None,
) -> LogsRead:
    """Add what logs tell to the figures of every show; a second reading of the same lines adds nothing.

    Args:
        workspace: where the figures are.
        paths: the logs, or folders of them; none only forgets the days that are over.
        now: the present instant (aware).
        internal: networks whose requests are not counted.
        salt: gives a new salt.
        report: told the log that is read, and the fraction that is done.

    Raises:
        WorkspaceError: if the figures of a show cannot be read, or another program is writing them.
        PlanError: if an episode's ``release.toml`` cannot be read.
        DiskError: if the disk is full or a place cannot be written.
    """
    shows = workspace.shows
    files = logs_named(paths)
    read = LogsRead(files=len(files))
    with ExitStack() as held:
        for slug in sorted(show.slug for show in shows):
            held.enter_context(locked(listening_path(workspace.root, slug)))
        groups: dict[frozenset[ReadMark], list[_Counted]] = {}
        for show in shows:
            counted = _Counted(workspace, show, now, salt)
            counted.forget()
            groups.setdefault(counted.record.read, []).append(counted)
        if files:
            agents = known_agents()
            for marks, counted_together in groups.items():
                _read_together(files, marks, counted_together, (now, internal, agents), read, report)
    return read


def _read_together(
    files: list[Path],
    marks: frozenset[ReadMark],
    counted: list[_Counted],
    told: tuple[datetime, Sequence[Network], Callable[[str], Agent]],
    read: LogsRead,
    report: Callable[[str, float], None],
) -> None:
    """Read logs for the shows that have read the same of them until now."""
    now, internal, agents = told
    counts = [one.begin(agents, internal) for one in counted]
    folders = ("audio", SERIALS)
    needles = tuple(f"{one.show.slug}/{folder}/".encode() for one in counted for folder in folders)
    new: set[ReadMark] = set()
    known_marks = Marks(marks)
    for place, path in enumerate(files):
        report(path.name, place / len(files))
        log = LogFile(path)
        known, portion = lines_known(log.lines, lambda line: _about_sound(needles, line), known_marks)
        read.known += known
        if _count_log(log, known, portion, (needles, counts, now + _AHEAD), read):
            new.add(portion.mark())
            known_marks.add(portion.mark())
        if log.is_unfinished:
            read.unfinished.add(path)
        if log.is_damaged:
            read.damaged.add(path)
    for one, count in zip(counted, counts, strict=True):
        one.commit(count, new)


def _count_log(
    log: LogFile,
    known: int,
    portion: Portion,
    counting: tuple[tuple[bytes, ...], list[ShowCount], datetime],
    read: LogsRead,
) -> bool:
    """Count the lines of a log that are new; gives whether any of them was about the sound of a show."""
    needles, counts, latest = counting
    understood, number, found = False, -1, False
    for number, line in enumerate(log.lines()):
        if number < _SAMPLE and not understood:
            understood = parse_line(line) is not None
        if number < known:
            continue
        request = _about_sound(needles, line)
        portion.add(line, request)
        read.lines += 1
        if len(line) > LONGEST:
            read.too_long += 1
        elif request is None:
            read.broken += _names_sound(needles, line)
        elif request.at > latest:
            read.to_come += 1
        elif any(count.add(request) for count in counts):
            read.sound += 1
            found = True
    if number >= 0 and not understood:
        read.foreign.add(log.path)
    return found


def _about_sound(needles: tuple[bytes, ...], line: bytes) -> Request | None:
    """The request of a line that names the sound of a show; None for all others, which are most."""
    return parse_line(line) if _names_sound(needles, line) else None


def _names_sound(needles: tuple[bytes, ...], line: bytes) -> bool:
    return any(needle in line for needle in needles)


class _Counted:
    """A show whose figures are brought up to date; use it under the lock of its figures."""

    def __init__(self, workspace: Workspace, show: Show, now: datetime, salt: Callable[[], bytes]) -> None:
        self.show = show
        self.record = read_listening(workspace.root, show.slug)
        self._workspace, self._now, self._salt = workspace, now, salt
        self._before = ListeningFigures()

    def forget(self) -> None:
        """Delete what is known of the listeners of days that are over."""
        forget_states(
            self._workspace.root,
            self.show.slug,
            lambda day, name: self._is_open(day) and self.record.open.get(day) == name,
        )

    def begin(self, agents: Callable[[str], Agent], internal: Sequence[Network]) -> ShowCount:
        """The count, begun with the days that are not over."""
        days = dict(self._open_days())
        self._before = figures_of(days)
        zone = ZoneInfo(self.show.slot.timezone)
        sounds = Sounds(self.show.slug, _releases(self._workspace, self.show))
        return ShowCount(sounds, zone, agents, self._salt, internal, days)

    def _open_days(self) -> Iterator[tuple[date, DayCount]]:
        for day, name in self.record.open.items():
            state = read_state(self._workspace.root, self.show.slug, day, name) if self._is_open(day) else None
            try:
                if state is not None:
                    yield day, decode_state(state)
            except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
                continue

    def commit(self, count: ShowCount, marks: set[ReadMark]) -> None:
        """Write the figures, once the states that they name are written."""
        root, slug = self._workspace.root, self.show.slug
        figures, known = count.figures(), self.record.figures
        if not marks:
            return
        touched = {day for day in figures.days if figures.days[day] != self._before.days.get(day)}
        again = touched & known.days.keys() - self._before.days.keys()
        still = {day: secrets.token_hex(8) for day in count.days if self._is_open(day)}
        for day, name in still.items():
            write_state(root, slug, day, name, encode_state(count.days[day]))
        added = known.plus(self._before.negated()).plus(figures)
        self.record = ListeningRecord(
            figures=replace(added, pieced=added.pieced | again), read=self.record.read | marks, open=still
        )
        write_listening(root, slug, self.record)
        self.forget()

    def _is_open(self, day: date) -> bool:
        """Whether logs of a day may still come in pieces: a rotation hands its end over during the next one."""
        end = datetime.combine(day + timedelta(days=2), time(), ZoneInfo(self.show.slot.timezone))
        return self._now < end


def _releases(workspace: Workspace, show: Show) -> list[Release]:
    """Everything of a show that is or was about to be online, at every destination."""
    return [
        one.release
        for day in workspace.episode_dates(show)
        for _, one in sorted(read_releases(workspace.folder(show, day).release).items())
    ]
