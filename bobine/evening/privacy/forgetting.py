"""The removal of somebody from a workspace and from what is online: one transaction, which the next run ends.

First everything here, then what is online: what is online is made from what is here, so that a run that is killed in
between cannot bring a name back.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bobine.air.recorder.link import control
from bobine.errors import BobineError, WorkspaceError
from bobine.evening.mastering import WORK as MASTERING
from bobine.evening.online.kept_covers import forget_covers
from bobine.evening.privacy import staging
from bobine.evening.privacy.changes import Wanted, ids_by_folder, stage
from bobine.evening.privacy.keeping import Kept
from bobine.evening.privacy.looking import Looked, look
from bobine.evening.privacy.online.clearing import Cleared, clear_releases, destinations_with
from bobine.evening.privacy.places import known_files
from bobine.evening.privacy.register import Forgotten, Remaining, note_forgotten, read_register, same_person
from bobine.evening.privacy.survey import Heard, Survey, affected, survey
from bobine.evening.privacy.words.pseudonyms import Pseudonym, free_pseudonym, read_pseudonym
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.rundowns import archive
from bobine.french import printable
from bobine.master.cache.cache import remove_cache
from bobine.publish.outgoing.sending import OnProgress
from bobine.store.workspace import Workspace, open_workspace

_LOOKS = 4
"""Times that the workspace is looked through again for what others wrote meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The result of a removal.

    Attributes:
        pseudonym: what stands in the place of the name.
        files: how many files were changed.
        online: what was done at each destination, by show and destination.
        failures: destinations at which it did not succeed, and why: it is begun, and the next run goes on.
        kept: what was kept, and why.
        heard: the items in which the person speaks.
        by_hand: files that name them and that no program can change.
        went_on: whether an earlier run had begun it.
    """

    pseudonym: Pseudonym
    files: int
    online: Mapping[str, Cleared]
    failures: Mapping[str, str]
    kept: tuple[Kept, ...]
    heard: tuple[Heard, ...]
    by_hand: tuple[str, ...]
    went_on: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is left to do now."""
        return not self.failures


def begin(
    workspace: Workspace, names: Collection[str], reason: str, spared: Collection[str], now: datetime
) -> staging.Intention:
    """Commit to removing a person: from here on, the next run finishes the removal.

    Args:
        workspace: where.
        names: as the person is written.
        reason: why, one line.
        spared: places that are left, of somebody else of that name.
        now: the present instant (aware).

    Raises:
        WorkspaceError: if a show is being recorded, or the reason names the person.
        BusyError: if another removal is under way.
    """
    seen = survey(workspace, names, now, tuple(spared))
    if seen.search.holds(reason):
        raise WorkspaceError("--motif : ce motif reste écrit dans l'atelier ; n'y mettez pas le nom de la personne.")
    _refuse_on_air(workspace)
    intention = staging.Intention(
        names=seen.search.names,
        pseudonym=pseudonym_for(workspace, seen),
        reason=reason,
        spared=tuple(spared),
        begun=now,
    )
    staging.note_intention(workspace.root, intention)
    return intention


def pseudonym_for(workspace: Workspace, seen: Survey) -> Pseudonym:
    """The pseudonym of a person: that of an earlier removal that left just these places, else the first free one."""
    register = read_register(workspace.root)
    earlier = same_person(register, frozenset(one.file.name for one in seen.looked))
    known = read_pseudonym(earlier.pseudonym) if earlier is not None else None
    used = {(one.kind, one.number) for row in register.forgotten if (one := read_pseudonym(row.pseudonym)) is not None}
    return known or free_pseudonym(seen.kind, lambda one: (one.kind, one.number) in seen.taken | used)


def carry_out(
    workspace: Workspace,
    intention: staging.Intention,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
    *,
    went_on: bool = False,
) -> Done:
    """Do what was decided, or what is left of it, here and online.

    Args:
        workspace: where.
        intention: who, and what stands in the place of the name.
        now: the present instant (aware).
        on_progress: told how far it is.
        went_on: whether an earlier run had begun it.

    Raises:
        WorkspaceError: if a file could not be read any more afterwards: nothing of this round is changed.
        BusyError: if another program keeps a file locked; the next run goes on.
        DiskError: if a place cannot be written, or a drawn cover not removed; the next run goes on.
        UnusableFileError: if the folder of those covers cannot be read.
    """
    root = workspace.root
    files = staging.put_in_place(root)
    first = survey(workspace, intention.names, now, intention.spared)
    _archive(workspace, first, now)
    seen = survey(workspace, intention.names, now, intention.spared)
    for number in range(_LOOKS):
        on_progress("Atelier", number, _LOOKS)
        changed = _round(workspace, seen, intention)
        files += changed
        after = survey(open_workspace(root), intention.names, now, intention.spared)
        if not changed:
            break
        seen = after
    _forget_locks(workspace, after.search)
    workspace = open_workspace(root)
    online, failures = _online(workspace, after, intention, now, on_progress)
    done = Done(
        pseudonym=intention.pseudonym,
        files=files,
        online=online,
        failures=failures,
        kept=tuple(_kept_now(first.kept if files else after.kept, after.search, intention.pseudonym)),
        heard=tuple(_heard_now(first.heard, after.search, intention.pseudonym)),
        by_hand=after.by_hand,
        went_on=went_on,
    )
    if done.is_whole:
        forget_covers()
        note_forgotten(root, _registered(intention, after, files, now))
        staging.finish(root)
    return done


def _kept_now(kept: Collection[Kept], search: NameSearch, pseudonym: Pseudonym) -> Iterator[Kept]:
    """The rows that are kept, under the pseudonym from now on."""
    for one in kept:
        yield (
            one
            if one.names
            else replace(one, place=search.replaced(one.place, pseudonym), why=search.replaced(one.why, pseudonym))
        )


def _heard_now(heard: Collection[Heard], search: NameSearch, pseudonym: Pseudonym) -> Iterator[Heard]:
    """Items by the ids and titles that they have from now on."""
    for one in heard:
        yield replace(one, item=search.replaced(f'"{one.item}"', pseudonym).strip('"'),
                      title=search.replaced(one.title, pseudonym))  # fmt: skip


def _round(workspace: Workspace, seen: Survey, intention: staging.Intention) -> int:
    """One round over the workspace; gives how many files were changed."""
    wanted = Wanted(seen.search, intention.pseudonym)
    looked = _with_their_ids(workspace, seen, wanted)
    folder = staging.staged_folder(workspace.root)
    changes = stage(workspace, looked, wanted, ids_by_folder(seen.looked, wanted), folder)
    for episode in affected(looked).values():
        remove_cache(episode.master)
        shutil.rmtree(episode.master / MASTERING, ignore_errors=True)
    staging.note_ready(workspace.root, changes)
    return staging.put_in_place(workspace.root)


def _with_their_ids(workspace: Workspace, seen: Survey, wanted: Wanted) -> tuple[Looked, ...]:
    """The files to change: those that name the person, and those of the same episodes, which may hold a short name."""
    folders = {one.path for one in affected(seen.looked).values()}
    kept = {one.place for one in seen.kept if one.names}
    known = {one.file.path: one for one in seen.changeable}
    spared = frozenset(seen.spared)
    for file in known_files(workspace):
        of_them = file.episode is not None and file.episode.path in folders
        if of_them and file.path not in known and file.name not in kept and file.name not in spared:
            known[file.path] = look(file, wanted.search)
    return tuple(known.values())


def _online(
    workspace: Workspace, seen: Survey, intention: staging.Intention, now: datetime, on_progress: OnProgress
) -> tuple[dict[str, Cleared], dict[str, str]]:
    wanted = Wanted(seen.search, intention.pseudonym)
    online: dict[str, Cleared] = {}
    failures: dict[str, str] = {}
    for show in workspace.shows:
        for destination in destinations_with(workspace, show):
            place = f"{show.slug} → {destination.name}"
            try:
                online[place] = clear_releases(workspace, show, destination, wanted, now, intention.reason, on_progress)
            except BobineError as error:
                failures[place] = str(error)
    return online, failures


def _archive(workspace: Workspace, seen: Survey, now: datetime) -> None:
    """Archive the rundowns of what must be kept with its recording, before the plan changes."""
    for episode in affected(seen.looked).values():
        if any(one.place.startswith(episode.reference) and not one.names for one in seen.kept):
            with contextlib.suppress(BobineError):
                archive(workspace, workspace.show(episode.show), episode.date, now, long_over=True)


def _registered(intention: staging.Intention, after: Survey, files: int, now: datetime) -> Forgotten:
    named = [one for one in after.kept if one.names and one.place not in after.search.protected]
    remaining = [Remaining(place=one.place, why=one.why, until=one.until) for one in named]
    remaining += [Remaining(place=place, why="à changer à la main") for place in after.by_hand]
    clean = [one for one in remaining if not after.search.holds(one.place)]
    return Forgotten(
        pseudonym=str(intention.pseudonym), at=now.date(), reason=intention.reason, files=files, remaining=tuple(clean)
    )


def _refuse_on_air(workspace: Workspace) -> None:
    """Refuse while something is recorded: its journal is being written.

    Raises:
        WorkspaceError: if something is.
    """
    for reference, folder in _folders(workspace):
        if control.is_running(folder):
            raise WorkspaceError(f"{printable(reference)} s'enregistre en ce moment : recommencez après l'émission.")


def _folders(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    for show in workspace.shows:
        for day in workspace.episode_dates(show):
            folder = workspace.folder(show, day)
            yield folder.reference, folder.recording


def _forget_locks(workspace: Workspace, search: NameSearch) -> None:
    """Remove the files of locks whose names hold the name."""
    for path in workspace.root.rglob(".*.lock"):
        if search.holds(path.name):
            path.unlink(missing_ok=True)
