"""Keeping and purging recordings: the facts, the files, and the purge itself, which only a person starts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.session import fold
from bobine.air.recorder.link import control
from bobine.errors import BobineError, SoundError, WorkspaceError
from bobine.evening.mastering import WORK
from bobine.evening.retention import KeepingFacts, KeepingVerdict, judge
from bobine.evening.rundowns import archive
from bobine.evening.sound_files import SoundFile, recordings_in, remove, seen_in
from bobine.french import long_date, printable
from bobine.master.cache.cache import remove_cache
from bobine.model.published.keeping import Purged, PurgedFile
from bobine.model.published.release import ReleaseStatus
from bobine.model.show import Show
from bobine.store.files import disk_errors, locked, sync_folder
from bobine.store.opening import is_regular, listed
from bobine.store.records.keeping import absence, hold_path, purged_path, read_hold, read_purged, write_purged
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.sounds import find_file
from bobine.store.workspace import EpisodeFolder, Workspace, day_of_folder


@dataclass(frozen=True, slots=True)
class Stock:
    """The recordings of an episode that could be purged, in both places.

    Attributes:
        show: whose.
        folder: its files.
        main: the recordings in the episode's folder.
        second: those of the second copy that can be reached.
        unreachable: the folder of the second copy, where it is configured and not there; empty otherwise.
        verdict: whether they may be purged.
        elsewhere: what is said of each of the two folders that a link leads elsewhere: nothing in it is touched.
    """

    show: Show
    folder: EpisodeFolder
    main: tuple[SoundFile, ...]
    second: tuple[SoundFile, ...]
    unreachable: str
    verdict: KeepingVerdict
    elsewhere: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[SoundFile, ...]:
        """All of them."""
        return self.main + self.second

    @property
    def bytes(self) -> int:
        """Total size of the files, bytes."""
        return sum(one.bytes for one in self.files)


def stocks(workspace: Workspace, now: datetime) -> Iterator[Stock]:
    """Every episode that has something to purge, in order of shows and days."""
    seen = seen_in(workspace)
    for show in workspace.shows:
        for folder in listed(workspace.root / "episodes" / show.slug, within=workspace.root):
            day = day_of_folder(folder.name)
            found = stock(workspace, show, day, now, seen=seen) if day is not None else None
            if found is not None and (found.files or found.elsewhere):
                yield found


def stock(
    workspace: Workspace,
    show: Show,
    day: date,
    now: datetime,
    *,
    even_unused: bool = False,
    seen: tuple[datetime, ...] | None = None,
) -> Stock:
    """Find the recordings of an episode that could be purged, and judge whether they may be.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        now: the present instant, aware.
        even_unused: take a recording that nothing was made of.
        seen: what ``seen_in`` gives, where it is at hand.
    """
    folder = workspace.folder(show, day)
    root = workspace.root / show.recording.second if show.recording.second else None
    there = root is not None and os.path.isdir(root)  # noqa: PTH112 - it never raises
    elsewhere: list[str] = []
    main = recordings_in(folder.recording, workspace.root, elsewhere)
    second: tuple[SoundFile, ...] = ()
    if root is not None and there:
        second = recordings_in(root / show.slug / day.isoformat(), root, elsewhere)
    facts = _facts(show, folder, seen_in(workspace) if seen is None else seen)
    return Stock(
        show=show,
        folder=folder,
        main=main,
        second=second,
        unreachable=str(root) if root is not None and not there else "",
        verdict=judge(facts, now, even_unused=even_unused),
        elsewhere=tuple(elsewhere),
    )


def purge(workspace: Workspace, found: Stock, now: datetime, *, even_unused: bool = False) -> Stock:
    """Purge the recordings of an episode. Both rundowns are archived and what is purged is noted before that.

    What mastering keeps of their sound to go faster goes too. The plan, the journal, the as-run, the master and the
    release stay: without its recording a master cannot be made again, and a correction or a right of reply needs it.

    Args:
        workspace: where.
        found: what was shown to whoever asked; no other file is touched.
        now: the present instant, aware.
        even_unused: as ``stock`` takes it.

    Returns:
        What was purged.

    Raises:
        WorkspaceError: if it must be kept, or if another program is working on it.
        PlanError: if the rundowns cannot be archived, for want of a plan that can be read.
        DiskError: if the place cannot be written; what is left can be purged again.
    """
    folder = found.folder
    with locked(folder.recording), locked(folder.master), disk_errors(folder.recording):
        again = stock(workspace, found.show, folder.date, now, even_unused=even_unused)
        if not again.verdict.allowed:
            raise WorkspaceError(refusal_sentence(again))
        shown = {one.path for one in found.files}
        purged = replace(
            again,
            main=tuple(one for one in again.main if one.path in shown),
            second=tuple(one for one in again.second if one.path in shown),
        )
        archive(workspace, found.show, folder.date, now, long_over=True)
        _note(purged, now)
        for one in purged.files:
            remove(one)
        for place in {one.path.parent for one in purged.files}:
            sync_folder(place)
        remove_cache(folder.master)
        shutil.rmtree(folder.master / WORK, ignore_errors=True)
    return purged


def recordings_words(workspace: Workspace, show: Show, now: datetime) -> tuple[bool, str]:
    """The state of the recordings attached to a show's episodes.

    Returns:
        Whether none is lost that must still be kept, and the French sentences.
    """
    there, ok = 0, True
    sentences = []
    for day in workspace.episode_dates(show):
        folder = workspace.folder(show, day)
        try:
            files = [part.file for part in read_as_run(folder.as_run).recording.parts]
        except SoundError:
            continue
        except BobineError as error:
            ok = False
            sentences.append(str(error))
            continue
        gone = [one for one in files if not is_regular(find_file(folder.recording, one), within=workspace.root)]
        if not gone:
            there += 1
            continue
        sentences += [f"{folder.reference} : {absence(folder.recording, one)}" for one in gone]
        purged = read_purged(purged_path(folder.recording))
        lost = purged is None or not all(purged.names(one) for one in gone)
        ok = ok and not (lost and not stock(workspace, show, day, now, even_unused=True).verdict.allowed)
    count = f"{there} enregistrement{'s' if there > 1 else ''} en place"
    return ok, "\n".join([count, *sentences])


def refusal_sentence(found: Stock) -> str:
    """The reason why a recording is kept, and the day from which it can be purged, one French sentence."""
    verdict = found.verdict
    reasons = " ; ".join(one.words for one in verdict.refusals)
    undated = any(one.until is None for one in verdict.refusals)
    dated = any(one.until is not None for one in verdict.refusals)
    when = f" Purge possible à partir du {long_date(verdict.from_day)}" if dated else ""
    if undated:
        when += ", si le reste est réglé d'ici là" if dated else ""
    return f"{found.folder.reference} est à garder : {reasons}.{when}{'.' if when else ''}"


def _facts(show: Show, folder: EpisodeFolder, seen: tuple[datetime, ...]) -> KeepingFacts:
    return KeepingFacts(
        broadcast=folder.date,
        aired_until=_aired_until(show, folder),
        kept_days=show.recording.keep_days,
        elections=show.elections,
        hold=read_hold(hold_path(folder.path)),
        recording=control.is_running(folder.recording),
        used=_is_used(folder),
        seen=seen,
    )


def _aired_until(show: Show, folder: EpisodeFolder) -> datetime:
    """The end of the show on air: that of the slot, or later where the journal says so."""
    end = show.slot.bounds(folder.date)[1]
    events = Journal(folder.path / JOURNAL_FILE).read()
    progress = fold(events).progress
    last = [event.at for event in events[-1:]] if progress.begun and progress.ended is None else []
    instants = [*last, *(airing.ended for airing in progress.aired), *([progress.ended] if progress.ended else [])]
    return max([end, *instants], key=datetime.timestamp).astimezone(ZoneInfo(show.slot.timezone))


def _is_used(folder: EpisodeFolder) -> bool:
    """Whether something was made from the recording; what cannot be read proves nothing."""
    try:
        if any(one.status is ReleaseStatus.ONLINE for one in read_releases(folder.release).values()):
            return True
        manifest = read_manifest(folder.manifest)
        whole = all(is_regular(folder.master / one.file) for one in manifest.files)
        return whole and manifest.recording_sha256 == read_as_run(folder.as_run).recording.digest
    except BobineError:
        return False


def _note(purged: Stock, now: datetime) -> None:
    path = purged_path(purged.folder.recording)
    earlier = read_purged(path)
    kept = {one.file: one for one in (earlier.files if earlier is not None else ())}
    for one in purged.files:
        name = printable(one.path.name)
        kept[name] = PurgedFile(file=name, bytes=one.bytes)
    write_purged(path, Purged(at=now.replace(microsecond=0), files=tuple(kept[name] for name in sorted(kept))))
