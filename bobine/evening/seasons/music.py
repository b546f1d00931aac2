"""Read what a music log is worked out from: what was heard and when, and the works as they are noted now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from posixpath import join, normpath
from zoneinfo import ZoneInfo

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.carts import CartPlay, played_carts
from bobine.air.live.state.session import fold
from bobine.errors import BobineError, SoundError, WorkspaceError
from bobine.evening.rundowns import realised
from bobine.french import long_date
from bobine.model.episode import Episode, Item, Work
from bobine.model.episode_day import plain_day
from bobine.model.people import Role
from bobine.model.show import Show
from bobine.plan.readiness.lacks import COMMITTEE, by_role, responsible
from bobine.plan.realised.content import RealRow
from bobine.report.music.facts import HalfYear, MusicFacts, Playing, Untold
from bobine.report.music.log import MusicLog, music_log
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace


def read_music(workspace: Workspace, show: Show, half: HalfYear, now: datetime) -> MusicLog:
    """The music log of half a year; a show that passes midnight at its bounds is in both halves with its own part.

    Args:
        workspace: where.
        show: whose.
        half: which.
        now: the present instant, aware: shows to come are not asked for.
    """
    playings: list[Playing] = []
    untold: list[Untold] = []
    remarks: list[str] = []
    before = half.first - timedelta(days=1)
    days = [day for day in workspace.episode_dates(show) if before <= plain_day(day) <= half.last]
    for day in days:
        try:
            episode = read_episode(workspace, show, day)
            playings += _of_episode(workspace, show, episode, now)
        except _UntoldError as error:
            untold.append(error.untold)
        except BobineError as error:
            remarks.append(f"{long_date(day)} : {error}")
    facts = MusicFacts(
        show=show.title,
        station=show.station.full_name,
        half=half,
        playings=tuple(playings),
        untold=tuple(untold),
        remarks=tuple(remarks),
    )
    return music_log(facts)


class _UntoldError(Exception):
    """Nothing tells what was heard in a show that should have been aired."""

    def __init__(self, episode: Episode, why: str) -> None:
        asked = by_role(episode, Role.TECHNICIAN, Role.HOST)
        self.untold = Untold(date=episode.date, title=episode.title, why=why, asked=asked)
        super().__init__(why)


def _of_episode(workspace: Workspace, show: Show, episode: Episode, now: datetime) -> list[Playing]:
    path = workspace.folder(show, episode.date).path / JOURNAL_FILE
    if episode.cancelled or not (episode.in_slot or fold(Journal(path).read()).progress.begun):
        return []
    try:
        return _heard(workspace, show, episode, now)
    except (WorkspaceError, SoundError) as error:
        over = show.bounds(episode)[1] <= now
        if not over:
            return []
        if episode.replay is not None:
            return _again(workspace, show, episode, episode.replay, now)
        why = "rien ne dit ce qui y est passé, ni quand : donnez des repères (bobine importer … --reperes)"
        raise _UntoldError(episode, why) from error


def _heard(workspace: Workspace, show: Show, episode: Episode, now: datetime) -> list[Playing]:
    """The sounds heard in a show: its items, and those that were started by their keys.

    Raises:
        WorkspaceError: if nothing of it was aired.
        SoundError: if nothing tells what was.
        PlanError: if a file cannot be read as it stands.
    """
    rows = realised(workspace, show, episode.date, now).rows
    return _of_rows(workspace, show, episode, rows, now)


def _of_rows(
    workspace: Workspace, show: Show, episode: Episode, rows: tuple[RealRow, ...], now: datetime
) -> list[Playing]:
    plan = {item.id: item for item in episode.items}
    found = [
        _of_item(episode, plan.get(row.item.id, row.item), row.start, row.length)
        for row in rows
        if row.start is not None
    ]
    carts = _carts(workspace, show, episode, rows, now)
    return [one for one in chain(found, carts) if one.works or one.bed or one.kind is None or one.kind.musical]


def _of_item(episode: Episode, item: Item, started: datetime, length: timedelta | None) -> Playing:
    people = {person.id: person for person in episode.people}
    there = [people[one] for one in item.people if one in people]
    known = {person.id for person in there} == set(item.people)
    return Playing(
        reference=episode.reference,
        id=item.id,
        title=item.title,
        kind=item.kind,
        started=started,
        length=length,
        works=item.works,
        bed=item.bed,
        musicians=tuple(person.name for person in there if person.holds(Role.MUSICIAN)),
        asked=responsible(episode, item, Role.MUSICIAN) if known else by_role(episode, Role.EDITOR, Role.HOST),
    )


def _carts(
    workspace: Workspace, show: Show, episode: Episode, rows: tuple[RealRow, ...], now: datetime
) -> Iterator[Playing]:
    """The sounds that were started by their keys, but for those that are the sound of the item then on air."""
    path = workspace.folder(show, episode.date).path
    events = Journal(path / JOURNAL_FILE).read()
    folder = path.relative_to(workspace.root).as_posix()
    zone = ZoneInfo(show.slot.timezone)
    known = _sounds(show, episode, folder)
    for play in played_carts(events, fold(events).progress.ended or now):
        if any(_is_its_sound(play, row, folder) for row in rows):
            continue
        title, works = known.get(play.sound, (play.sound, ()))
        yield Playing(
            reference=episode.reference,
            id=play.sound,
            title=title,
            kind=None,
            started=play.started.astimezone(zone),
            length=play.ended - play.started,
            works=works,
            asked=by_role(episode, Role.TECHNICIAN) if episode.people else COMMITTEE,
        )


def _sounds(show: Show, episode: Episode, folder: str) -> dict[str, tuple[str, tuple[Work, ...]]]:
    """Titles and works of the sounds at hand, by file; the show's own first, as the keys have them."""
    found: dict[str, tuple[str, tuple[Work, ...]]] = {}
    for cart in show.carts:
        found.setdefault(normpath(cart.file), (cart.title, cart.works))
    for item in (*episode.items, *show.template):
        if item.file:
            found.setdefault(normpath(join(folder, item.file)), (item.title, item.works))
    return found


def _is_its_sound(play: CartPlay, row: RealRow, folder: str) -> bool:
    if not row.item.file or normpath(join(folder, row.item.file)) != play.sound:
        return False
    return row.start is not None and row.start <= play.started and (row.end is None or play.started < row.end)


def _again(workspace: Workspace, show: Show, episode: Episode, first: date, now: datetime) -> list[Playing]:
    """The sounds heard in a replay: as in the first airing, from the start of its own slot."""
    zone = ZoneInfo(show.slot.timezone)
    start = show.bounds(episode)[0].astimezone(UTC)
    try:
        original = read_episode(workspace, show, first)
        rows = realised(workspace, show, first, now).rows
        heard = _of_rows(workspace, show, original, rows, now)
    except BobineError as error:
        why = f"rediffusion du {long_date(first)}, dont rien ne dit ce qui y est passé"
        raise _UntoldError(episode, why) from error
    began = next((row.start for row in rows if row.start is not None), start)
    return [_moved(one, start + _between(began, one.started), episode, first, zone) for one in heard]


def _moved(one: Playing, started: datetime, episode: Episode, first: date, zone: ZoneInfo) -> Playing:
    return replace(one, reference=episode.reference, started=started.astimezone(zone), replay=first)


def _between(start: datetime, end: datetime) -> timedelta:
    """Between two instants, whatever the clocks did in between."""
    return end.astimezone(UTC) - start.astimezone(UTC)
