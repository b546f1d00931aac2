"""Read the speech times of an election window from the journals of its shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.events import Event
from bobine.air.live.state.session import Session, fold
from bobine.air.live.state.speech import SpeechTurn, speech_turns
from bobine.errors import BobineError
from bobine.french import long_date
from bobine.model.aired.progress import Airing, OnAir
from bobine.model.episode import Episode, Item
from bobine.model.episode_day import plain_day
from bobine.model.people import Role
from bobine.model.show import Election, Show
from bobine.plan.readiness.lacks import COMMITTEE, by_role
from bobine.report.speech.times import SpeechFacts, SpeechTimes, TimedSpeech, Untimed, speech_times
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace


def read_speech(workspace: Workspace, show: Show, election: Election, now: datetime) -> SpeechTimes:
    """The speech times of a window.

    Args:
        workspace: where.
        show: whose.
        election: one of the show's.
        now: the present instant, aware.
    """
    speeches: list[TimedSpeech] = []
    untimed: list[Untimed] = []
    remarks: list[str] = []
    for day in workspace.episode_dates(show):
        if not election.start - timedelta(days=1) <= plain_day(day) <= election.end:
            continue
        try:
            episode = read_episode(workspace, show, day)
            events = Journal(workspace.folder(show, day).path / JOURNAL_FILE).read()
        except BobineError as error:
            remarks.append(f"{long_date(day)} : {error}")
            continue
        session = fold(events)
        spoken = list(_speeches(show, episode, events, session, now))
        speeches += spoken
        untimed += _untimed(show, episode, session, spoken)
    facts = SpeechFacts(
        show=show.title,
        station=show.station.full_name,
        election=election,
        speeches=tuple(speeches),
        untimed=tuple(untimed),
        remarks=tuple(remarks),
    )
    return speech_times(facts)


def _speeches(
    show: Show, episode: Episode, events: tuple[Event, ...], session: Session, now: datetime
) -> Iterator[TimedSpeech]:
    zone = ZoneInfo(show.slot.timezone)
    people = {person.id: person for person in episode.people}
    for turn in speech_turns(events, _over(show, episode, session, now)):
        person = people.get(turn.of)
        on_air = _on_air(session, turn)
        yield TimedSpeech(
            reference=episode.reference,
            date=episode.date,
            who=person.name if person is not None else turn.of,
            on_list=person.political_list if person is not None else "",
            started=turn.started.astimezone(zone),
            length=turn.ended.astimezone(UTC) - turn.started.astimezone(UTC),
            item=on_air.title if on_air is not None else "",
            file=turn.file or "",
            rate=turn.rate,
            first=turn.first,
            last=turn.last,
        )


def _over(show: Show, episode: Episode, session: Session, now: datetime) -> datetime:
    """The instant the air was given back; if unnoted, the slot's end, or the last event noted after it."""
    if session.progress.ended is not None:
        return session.progress.ended
    last = [stretch.started for stretch in session.progress.stretches[-1:]]
    return min(now, max([show.bounds(episode)[1], *last]))


def _on_air(session: Session, turn: SpeechTurn) -> Item | None:
    """The item on air as somebody began to speak."""
    for stretch in reversed(session.progress.stretches):
        if stretch.started <= turn.started:
            return stretch.item
    return None


def _untimed(show: Show, episode: Episode, session: Session, spoken: list[TimedSpeech]) -> Iterator[Untimed]:
    """Political items that were aired without any stopwatch."""
    chroniques = {one.id for one in show.chroniques if one.political}
    plan = {item.id: item for item in episode.items}
    aired: dict[str, list[Airing | OnAir]] = {}
    for stretch in session.progress.stretches:
        aired.setdefault(stretch.item.id, []).append(stretch)
    for key, stretches in aired.items():
        item = plan.get(key, stretches[-1].item)
        timed = any(_meets(one, stretch) for one in spoken for stretch in stretches)
        if (item.political or item.chronique in chroniques) and not timed:
            watch = next((person.name for person in episode.people if person.id == episode.stopwatch), "")
            asked = watch or (by_role(episode, Role.HOST) if episode.people else COMMITTEE)
            yield Untimed(date=episode.date, title=item.title, asked=asked)


def _meets(one: TimedSpeech, stretch: Airing | OnAir) -> bool:
    ended = stretch.ended if isinstance(stretch, Airing) else None
    return stretch.started < one.started + one.length and (ended is None or one.started < ended)
