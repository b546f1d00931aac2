"""Downloads of a show, counted by the rules of the IAB Podcast Measurement Technical Guidelines 2.2. Pure.

A download is at least a minute of an episode's sound, sent to one address and agent in one day by GET with 200 or 206;
the same day it counts once, whatever the format or the version. The guidelines' window of 24 hours is the calendar day
in the show's time zone: days then add up, and all that tells one listener from another can be forgotten when the day is
over. Whoever was counted is known by a digest with a salt of that day, made at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from hashlib import blake2b

from bobine.model.published.listening import DayFigures, LeftOut, ListeningFigures
from bobine.publish.listening.addresses import Network, household, is_within
from bobine.publish.listening.agents import Agent, AgentKind
from bobine.publish.listening.coverage import Coverage
from bobine.publish.listening.requests import Request
from bobine.publish.listening.sounds import Sound, Sounds

SALT_BYTES = 16
_ANSWERED = (200, 206)
_KINDS = {AgentKind.BOT: LeftOut.BOT, AgentKind.WATCH: LeftOut.WATCH}


@dataclass(slots=True)
class DayCount:
    """A day while it is counted: what is known of its listeners until it is over.

    Attributes:
        salt: of this day alone.
        counted: by episode or instalment, the digests of those who had a minute of it.
        partial: what others had: by episode or instalment, file's suffix and digest.
        apps: downloads by app.
        requests: how many requests were for sound that counts.
        left_out: requests that do not, by reason.
    """

    salt: bytes
    counted: dict[str, set[int]] = field(default_factory=dict)
    partial: dict[tuple[str, str, int], Coverage] = field(default_factory=dict)
    apps: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    def add(self, request: Request, sound: Sound, app: str) -> None:
        """Add a request for sound that is answered with some of it."""
        self.requests += 1
        listener = self._listener(request)
        counted = self.counted.setdefault(sound.name, set())
        if listener in counted:
            return
        key = (sound.name, sound.suffix, listener)
        coverage = self.partial.setdefault(key, Coverage())
        coverage.add(request)
        if coverage.bytes >= sound.least_bytes:
            counted.add(listener)
            self.apps[app] += 1
            del self.partial[key]

    def _listener(self, request: Request) -> int:
        who = f"{household(request.address)}\0{request.agent}".encode(errors="replace")
        return int.from_bytes(blake2b(who, key=self.salt, digest_size=8).digest())

    def figures(self) -> DayFigures:
        """The day, without anybody in it."""
        still = {
            key: coverage for key, coverage in self.partial.items() if key[2] not in self.counted.get(key[0], set())
        }
        left_out = Counter(self.left_out)
        left_out[LeftOut.PARTIAL] = len({(episode, listener) for episode, _, listener in still})
        downloads = {episode: len(who) for episode, who in sorted(self.counted.items()) if who}
        left_out[LeftOut.REPEATED] = (
            self.requests - sum(downloads.values()) - sum(coverage.requests for coverage in still.values())
        )
        return DayFigures(
            downloads=downloads, left_out={reason: left_out[reason] for reason in LeftOut if left_out[reason]}
        )


class ShowCount:
    """The count of a show.

    Args:
        sounds: its audio files.
        zone: its time zone.
        agent_of: tells apps and robots.
        salt: gives a new salt of ``SALT_BYTES``.
        internal: networks whose requests are not counted.
        days: those that were counted in part.
    """

    def __init__(
        self,
        sounds: Sounds,
        zone: tzinfo,
        agent_of: Callable[[str], Agent],
        salt: Callable[[], bytes],
        internal: Sequence[Network] = (),
        days: Mapping[date, DayCount] | None = None,
    ) -> None:
        self._sounds, self._zone, self._agent_of, self._salt, self._internal = sounds, zone, agent_of, salt, internal
        self.days = dict(days or {})

    def add(self, request: Request) -> bool:
        """Count a request; gives whether it was for a sound of the show."""
        name = self._sounds.name_in(request.path)
        if name is None:
            return False
        day = self._day(request.at.astimezone(self._zone).date())
        sound, agent = self._sounds.named(name), self._agent_of(request.agent)
        reason = self._left_out(request, agent)
        if sound is None:
            day.left_out[LeftOut.UNKNOWN_SOUND] += 1
        elif reason is not None:
            day.left_out[reason] += 1
        else:
            day.add(request, sound, agent.app)
        return True

    def _day(self, day: date) -> DayCount:
        if day not in self.days:
            self.days[day] = DayCount(self._salt())
        return self.days[day]

    def _left_out(self, request: Request, agent: Agent) -> LeftOut | None:
        if request.is_own or is_within(request.address, self._internal):
            return LeftOut.INTERNAL
        if request.method != "GET":
            return LeftOut.METHOD
        if request.status not in _ANSWERED:
            return LeftOut.STATUS
        if agent.kind in _KINDS:
            return _KINDS[agent.kind]
        return LeftOut.PRELOAD if request.is_preload else None

    def figures(self) -> ListeningFigures:
        """All that was counted, without anybody in it."""
        return figures_of(self.days)


def figures_of(days: Mapping[date, DayCount]) -> ListeningFigures:
    """The figures of days that are counted."""
    apps: dict[str, Counter[str]] = {}
    for day in sorted(days):
        if days[day].apps:
            apps.setdefault(f"{day:%Y-%m}", Counter()).update(days[day].apps)
    return ListeningFigures(
        days={day: days[day].figures() for day in sorted(days)},
        apps={month: dict(sorted(counts.items())) for month, counts in apps.items()},
    )
