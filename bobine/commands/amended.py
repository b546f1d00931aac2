"""The parts that ``corriger``, ``retirer`` and ``droit-de-reponse`` share: the reason, the result, the checklist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.commands.progress_words import PublicationProgress
from bobine.errors import PublishError, WorkspaceError
from bobine.evening.corrections.amending import Amended, Amendment, amend_episode
from bobine.evening.corrections.withdrawing import finish_withdrawals
from bobine.evening.online.destinations import Failure
from bobine.french import long_date
from bobine.model.destination import Destination
from bobine.model.show import Show
from bobine.publish.corrections.told_keys import told_with_key
from bobine.store.rules import texts
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OldFiles:
    """The time that old files stay: as long as the show says, or not at all."""

    at_once: bool

    @property
    def keep(self) -> timedelta | None:
        """None for as long as the show says."""
        return timedelta() if self.at_once else None


def stated_reason(text: str | None, again: str) -> str:
    """The reason given with ``--motif``.

    Raises:
        WorkspaceError: if there is none, or it is not one line.
    """
    if text is None or not text.strip():
        raise WorkspaceError(f'Dites pourquoi, il en reste une trace : {again} --motif "le nom était mal écrit"')
    fault = texts.one_line(text.strip())
    if fault:
        raise WorkspaceError(f"--motif : {fault}.")
    return text.strip()


def interrupted(
    console: Console, workspace: Workspace, show: Show, destinations: Sequence[Destination]
) -> frozenset[Any]:
    """Finish the withdrawals that were interrupted, and say so; gives their days."""
    found = set()
    for destination in destinations:
        try:
            with console.progress() as progress:
                days = finish_withdrawals(workspace, show, destination, now(), PublicationProgress(progress))
        except PublishError as error:
            if len(destinations) == 1:
                raise
            console.warn(str(error))  # the other destinations do not wait for this one
            continue
        for day in days:
            console.warn(f"le retrait de l'émission du {long_date(day)} avait été interrompu : il est fini.")
            found.add(day)
    return frozenset(found)


def amend(
    place: Place,
    destinations: Sequence[Destination],
    amendment: Amendment,
    moment: datetime,
    progress: Callable[[str, float], None],
) -> Amended:
    """Bring an episode's plan and master of today online, with a bar that shows how far that is.

    Args:
        place: the episode.
        destinations: where it is online.
        amendment: why, and how long what it replaces stays.
        moment: the present instant, aware.
        progress: the bar of ``Console.progress``.

    Raises:
        BobineError: as ``amend_episode`` does.
    """
    show, episode = place.show, place.episode
    bar = PublicationProgress(progress)
    return amend_episode(place.workspace, show, episode, destinations, amendment, moment, bar)


def tell(console: Console, show: Show, amended: Amended, done: str, *, at_once: bool) -> int:
    """Say what was changed and removed, until when what is left stays, and whom to tell; 1 if something must go yet.

    Args:
        console: where.
        show: the show, for its platforms.
        amended: the result.
        done: what was done, in French (« Corrigé en ligne »).
        at_once: whether what was replaced was to be deleted at once.
    """
    until = amended.kept_until
    console.result(as_json(show, amended, until))
    console.say(f"{done}." if amended.changed else f"{done} : rien à changer, c'était déjà fait.")
    for key in amended.changed:
        console.say(f"  + {told_with_key(key)}")
    for key in amended.removed:
        console.say(f"  − {told_with_key(key)}")
    for warning in amended.warnings:
        console.warn(warning)
    left = [file.key for release in amended.releases for file in release.former if at_once or file.until <= now()]
    if left:
        console.warn(f"à supprimer encore : {', '.join(map(told_with_key, left))} ; recommencez dans un instant.")
    elif until is not None:
        console.say(
            f"Les anciens fichiers seront supprimés à la première publication qui suit le {long_date(until.date())}, "
            "ou tout de suite avec --maintenant."
        )
    tell_platforms(console, show)
    console.say(f"Flux du podcast : {amended.feed_url}")
    tell_failures(console, amended.failures)
    return 1 if left or amended.failures else 0


def tell_failures(console: Console, failures: Sequence[Failure]) -> None:
    """Say at which destinations something did not succeed, and why: the others are done."""
    for failure in failures:
        console.warn(f"pas fait à la destination « {failure.destination} » : {failure.reason}")


def tell_platforms(console: Console, show: Show) -> None:
    """The checklist of the platforms that keep copies; how to note them where none is noted."""
    platforms = show.podcast.platforms
    if not platforms:
        console.say(
            "Les plateformes gardent des copies : notez celles où est le podcast dans shows.toml, une table "
            f"[[shows.{show.slug}.podcast.platforms]] chacune, et elles seront rappelées ici."
        )
        return
    console.say("À prévenir, car elles gardent une copie :")
    for one in platforms:
        console.say(f"  □ {' — '.join(part for part in (one.name, one.address, one.removal) if part)}")


def as_json(show: Show, amended: Amended, until: datetime | None) -> dict[str, Any]:
    """The result for a script."""
    return {
        "feed_url": amended.feed_url,
        "changed": list(amended.changed),
        "removed": list(amended.removed),
        "kept_until": until.isoformat() if until is not None else None,
        "platforms": [asdict(one) for one in show.podcast.platforms],
        **({"failures": [asdict(one) for one in amended.failures]} if amended.failures else {}),
    }
