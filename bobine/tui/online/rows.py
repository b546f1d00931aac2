"""The rows of « En ligne », and what is said of each episode and of what a key would change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bobine.french import long_date, short_day
from bobine.model.published.corrections import AuditTrail
from bobine.model.published.online import EDITS, OTHER_RECORDING, SinceOnline
from bobine.model.published.release import LocalRelease, Release, ReleaseStatus, StoredFile
from bobine.publish.corrections.told_keys import line_of_file, told_files
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column("Jour", 13),
    Column("Titre", 18, share=5, most=52, rank=1),
    Column("En ligne", 26, share=3, most=60),
    Column("Écoutes", 7, right=True, rank=2),
    Column("Anciens", 7, right=True, rank=3),
)


@dataclass(frozen=True, slots=True)
class ItemOnline:
    """An item that is heard online: its id, its title, and the names of who takes part in it."""

    id: str
    title: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineEpisode:
    """An episode that is, or was, online.

    Attributes:
        day: its day.
        title: in the plan; in the release where the plan cannot be read.
        releases: where it was published.
        since: what changed in the plan since.
        trail: what was corrected and withdrawn.
        downloads: how often it was downloaded; None where that was never counted.
        items: the items heard that may be withdrawn.
        fault: why something of it cannot be read; empty where all can.
        wanted: names of the destinations that the show goes to.
    """

    day: date
    title: str
    releases: tuple[LocalRelease, ...] = ()
    since: SinceOnline | None = None
    trail: AuditTrail = field(default_factory=AuditTrail)
    downloads: int | None = None
    items: tuple[ItemOnline, ...] = ()
    fault: str = ""
    wanted: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Destinations of the show at which it is not, although it is at another."""
        return tuple(name for name in self.wanted if all(one.destination != name for one in self.releases))

    @property
    def withdrawn(self) -> bool:
        """Whether it is withdrawn wherever it was published."""
        return bool(self.releases) and all(one.release.withdrawn is not None for one in self.releases)

    @property
    def unfinished(self) -> bool:
        """Whether a publication or a withdrawal was interrupted."""
        return any(one.status is ReleaseStatus.PENDING for one in self.releases)

    @property
    def held_until(self) -> datetime | None:
        """The instant at which it enters the feed, where it is held and not withdrawn."""
        held = [one.release.held_until for one in self.releases if one.release.withdrawn is None]
        return max((moment for moment in held if moment is not None), default=None)

    @property
    def former(self) -> dict[str, datetime]:
        """Files of earlier states that still stand somewhere, each with when it goes."""
        return {file.key: file.until for one in self.releases for file in one.release.former}


def online_rows(episodes: Iterable[OnlineEpisode]) -> list[Row]:
    """A row each, the newest first."""
    return [_row(one) for one in sorted(episodes, key=lambda one: one.day, reverse=True)]


def _row(one: OnlineEpisode) -> Row:
    downloads = "" if one.downloads is None else str(one.downloads)
    former = len(one.former)
    return Row(
        one.day.isoformat(),
        (short_day(one.day), one.title, _state(one), downloads, str(former) if former else ""),
        tone=Tone.MUTED if one.withdrawn else Tone.PLAIN,
    )


def _state(one: OnlineEpisode) -> Cell:
    if one.fault:
        return Cell(f"✗ {one.fault.splitlines()[0]}", Tone.ALERT)
    if one.unfinished:
        return Cell("! interrompu : recommencez", Tone.WARN)
    withdrawals = [local.release.withdrawn for local in one.releases if local.release.withdrawn is not None]
    if one.withdrawn:
        return Cell(f"retiré le {short_day(withdrawals[0].at.astimezone().date())}", Tone.MUTED)
    if one.since is not None and one.since.alarms:
        return Cell(f"✗ {one.since.alarms[0]}", Tone.ALERT)
    if one.held_until is not None:
        return Cell(f"△ attend le {_moment(one.held_until)}", Tone.WARN)
    if one.since is not None and one.since.changes:
        return Cell(f"▲ modifié depuis : {', '.join(one.since.changes)}", Tone.WARN)
    if one.missing:
        return Cell(f"! manque vers {', '.join(one.missing)} : publiez", Tone.WARN)
    return Cell(f"▲ {', '.join(release.destination for release in one.releases)}", Tone.GOOD)


def _moment(moment: datetime) -> str:
    """« 27/11/2026 à 8 h 30 », where the machine is."""
    return f"{moment.astimezone():%d/%m/%Y à %H h %M}"


def headline(episodes: Sequence[OnlineEpisode]) -> str:
    """One line: how many are out, how many differ from their plan, how many were withdrawn."""
    withdrawn = sum(one.withdrawn for one in episodes)
    differ = sum(
        not one.withdrawn and one.since is not None and bool(one.since.changes or one.since.alarms) for one in episodes
    )
    held = sum(one.held_until is not None for one in episodes)
    out = len(episodes) - withdrawn - held
    parts = [f"{out} émission{'s' if out > 1 else ''} en ligne"]
    if held:
        parts.append(f"{held} en attente de {'leur' if held > 1 else 'sa'} date")
    if differ:
        parts.append(f"{differ} à corriger")
    if withdrawn:
        parts.append(f"{withdrawn} retirée{'s' if withdrawn > 1 else ''}")
    return " · ".join(parts)


def about(one: OnlineEpisode | None) -> Iterator[tuple[str, Tone]]:
    """The lines about an episode: where it is, what differs, what stays until when, what was done."""
    if one is None:
        return
    yield long_date(one.day), Tone.STRONG
    for release in one.releases:
        yield _where(release), Tone.PLAIN
    if one.missing and not one.withdrawn:
        yield f"Pas encore vers {', '.join(one.missing)} : « bobine publier » l'y met.", Tone.WARN
    if one.held_until is not None:
        yield (
            f"Entre dans le flux le {_moment(one.held_until)} ; passé cette date, toute publication l'y met,",
            Tone.WARN,
        )
        yield "ou : bobine publier --dus", Tone.WARN
    if one.fault:
        yield one.fault, Tone.ALERT
    if one.since is not None:
        for alarm in one.since.alarms:
            yield f"✗ {alarm}.", Tone.ALERT
        if one.since.changes:
            yield f"Modifié depuis : {', '.join(one.since.changes)}. C met en ligne.", Tone.WARN
    yield from ((line, Tone.MUTED) for line in _former_lines(one.former))
    for change in reversed(one.trail.corrections[-4:]):
        item = f" ({change.item})" if change.item else ""
        state = "" if change.done else " : inachevé"
        yield f"{change.at.astimezone():%d/%m/%Y} {change.act}{item} : {change.reason}{state}", Tone.MUTED
    for reply in one.trail.replies:
        yield f"Droit de réponse de {reply.by}.", Tone.MUTED
    yield from ((line, Tone.MUTED) for line in _file_lines(one))


def _former_lines(former: Mapping[str, datetime]) -> Iterator[str]:
    """The files of earlier states that still stand, each with what it is, and when they go."""
    if not former:
        return
    until = max(former.values()).astimezone().date()
    yield f"{_files(len(former))} d'avant, à supprimer après le {long_date(until)} :"
    for key in sorted(former)[:_MOST_FORMER]:
        yield f"  {line_of_file(key)}"
    if len(former) > _MOST_FORMER:
        yield f"  et {len(former) - _MOST_FORMER} de plus"


def _file_lines(one: OnlineEpisode) -> Iterator[str]:
    """The files that are out, each with what it is."""
    whole = (_SOUND, _COVER, _CHAPTERS, _TRANSCRIPTS)
    keys = dict.fromkeys(file.key for release in _out(one) for file in _files_of(release, whole))
    if keys:
        yield "Fichiers en ligne :"
        yield from (f"  {line_of_file(key)}" for key in keys)


def _where(local: LocalRelease) -> str:
    release = local.release
    if release.withdrawn is not None:
        return (
            f"{local.destination} : retiré ({release.withdrawn.reason})"
            if release.withdrawn.reason
            else (f"{local.destination} : retiré")
        )
    return f"{local.destination} : depuis le {release.published.astimezone():%d/%m/%Y à %H:%M}"


_MOST_FORMER = 8

_SOUND, _COVER, _CHAPTERS, _TRANSCRIPTS = "le son", "la couverture", "les chapitres", "la transcription"
_TOUCHES = {
    "titre": (_SOUND, _COVER, _CHAPTERS),
    "résumé": (_SOUND,),
    "numéro": (_SOUND, _COVER),
    "couverture": (_SOUND, _COVER),
    "éléments": (_SOUND, _CHAPTERS),
    "montage": (_SOUND, _CHAPTERS, _TRANSCRIPTS),
    OTHER_RECORDING: (_SOUND, _CHAPTERS, _TRANSCRIPTS),
    EDITS: (_SOUND, _CHAPTERS, _TRANSCRIPTS),
    "transcription": (_TRANSCRIPTS,),
}
"""The files that hold each part of a plan: tags stand in the sound."""


def correction_words(one: OnlineEpisode, days: int) -> str:
    """Words for what « Corriger » would change, before it does."""
    changes = one.since.changes if one.since is not None else ()
    parts = [
        part
        for part in (_SOUND, _COVER, _CHAPTERS, _TRANSCRIPTS)
        if any(part in _TOUCHES.get(each, ()) for each in changes)
    ]
    if not changes:
        told = "Rien n'a changé dans le conducteur ni dans le montage : le flux sera seulement vérifié."
    else:
        again = " Le montage sera refait d'abord." if {OTHER_RECORDING, EDITS} & set(changes) else ""
        told = f"À mettre en ligne : {', '.join(changes)}.{again}"
    if parts:
        files = [file for release in _out(one) for file in _files_of(release, parts)]
        told += f" Seront remplacés : {told_files(file.key for file in files)}."
    return f"{told} {_kept(days)}"


def withdrawal_words(one: OnlineEpisode, item: str, days: int) -> str:
    """Words for what « Retirer » would change, before it does.

    Args:
        one: the episode.
        item: the item's title; empty for the whole episode.
        days: how many days files stay.
    """
    releases = _out(one)
    if item:
        files = [file for release in releases for file in _files_of(release, [_SOUND, _CHAPTERS, _TRANSCRIPTS])]
        told = f"Le montage sera refait sans « {item} », puis mis en ligne. Seront remplacés"
    else:
        whole = [_SOUND, _COVER, _CHAPTERS, _TRANSCRIPTS]
        files = [file for release in releases for file in _files_of(release, whole)]
        told = "L'émission sort du flux, et sa page dit qu'elle est retirée. Partent avec elle"
    return f"{told} : {told_files(file.key for file in files)}. {_kept(days)}"


def _out(one: OnlineEpisode) -> list[Release]:
    return [local.release for local in one.releases if local.release.withdrawn is None]


def _files_of(release: Release, parts: Sequence[str]) -> Iterator[StoredFile]:
    if _SOUND in parts:
        yield from (audio.file for audio in release.audio)
    if _COVER in parts:
        yield from (image for image in (release.image, release.thumbnail) if image is not None)
    if _CHAPTERS in parts and release.chapters is not None:
        yield release.chapters
    if _TRANSCRIPTS in parts:
        yield from release.transcripts


def _kept(days: int) -> str:
    if not days:
        return "Les anciens fichiers sont supprimés tout de suite."
    return f"Les anciens fichiers restent {days} jour{'s' if days > 1 else ''}, pour les applications qui les lisent."


def _files(count: int) -> str:
    return f"{count} fichier{'s' if count > 1 else ''}"
