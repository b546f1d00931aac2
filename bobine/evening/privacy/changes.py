"""The changes that a removal makes in the workspace, all worked out before anything is written."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bobine.errors import BobineError, WorkspaceError
from bobine.evening.online.kept_covers import kept_small_cover
from bobine.evening.privacy.looking import Looked
from bobine.evening.privacy.rows import parsed, without_details
from bobine.evening.privacy.tag_texts import change_tag_texts
from bobine.evening.privacy.words.pseudonyms import Pseudonym
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.privacy.words.texts import without_names
from bobine.evening.tagging import COVER, episode_cover
from bobine.french import printable
from bobine.model.aired.edits import edits_digest
from bobine.store.documents.episodes import read_episode
from bobine.store.opening import file_digest
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.transcripts import transcript_path
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """A change to one file.

    Attributes:
        path: the file.
        target: where it is afterwards.
        staged: its new content; None where only its name changes.
        was: SHA-256 of what it held.
    """

    path: Path
    target: Path
    staged: Path | None
    was: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The person to remove, and the pseudonym that takes the place of the name."""

    search: NameSearch
    pseudonym: Pseudonym


def ids_by_folder(looked: Iterable[Looked], wanted: Wanted) -> Mapping[Path, frozenset[str]]:
    """The short names that the person has in each episode, where they do not hold the name."""
    found: dict[Path, set[str]] = defaultdict(set)
    for one in looked:
        if one.file.episode is not None:
            found[one.file.episode.path] |= {row.id for row in one.rows if row.id}
    return {path: frozenset(one for one in ids if not wanted.search.is_name(one)) for path, ids in found.items()}


def stage(
    workspace: Workspace,
    looked: Iterable[Looked],
    wanted: Wanted,
    ids: Mapping[Path, Collection[str]],
    folder: Path,
) -> tuple[Change, ...]:
    """Work out the new content of each file, in a folder of its own; nothing else is touched.

    Args:
        workspace: where.
        looked: the files that may be changed.
        wanted: who.
        ids: the person's short names by the episode's folder.
        folder: where the new content goes; it exists.

    Raises:
        WorkspaceError: if a file could not be read any more afterwards: nothing is changed then.
        DiskError: if there is no room.
    """
    staging = _Staging(workspace, wanted, folder)
    everything = list(looked)
    covers = dict(_new_covers(workspace, everything, wanted))
    for one in everything:
        episode = one.file.episode
        if one.file.is_sound:
            cover = covers.get(episode.path) if episode is not None and one.file.path.parent == episode.master else None
            staging.sound(one, cover)
        elif one.text is not None:
            staging.text(one, ids.get(episode.path, ()) if episode is not None else ())
        elif covers and episode is not None and one.file.path == episode.master / COVER and episode.path in covers:
            staging.put(one, covers[episode.path])
        else:
            staging.name_only(one)
    staging.tell_masters(everything)
    return tuple(staging.changes.values())


class _Staging:
    """The changes so far."""

    def __init__(self, workspace: Workspace, wanted: Wanted, folder: Path) -> None:
        self.changes: dict[Path, Change] = {}
        self._workspace = workspace
        self._wanted = wanted
        self._folder = folder
        self._digests: dict[str, str] = {}
        self._count = 0

    def text(self, one: Looked, ids: Collection[str]) -> None:
        text = one.text
        if text is None:
            return
        search, pseudonym = self._wanted.search, self._wanted.pseudonym
        named = search.may_hold(text.text)
        if not named and not any(f'"{person_id}"' in text.text or f"'{person_id}'" in text.text for person_id in ids):
            self.name_only(one)
            return
        is_toml = one.file.path.suffix == ".toml"
        bare = without_details(text.text, search) if is_toml and named else text.text
        written = without_names(bare, search, pseudonym, ids if is_toml or one.file.path.suffix.startswith(".json")
                                else ())  # fmt: skip
        if is_toml:
            _check(one, text.text, written)
        if written != text.text:
            self.put(one, text.encoded(written))
        else:
            self.name_only(one)

    def sound(self, one: Looked, cover: bytes | None) -> None:
        if one.file.is_recording or (not one.found and cover is None):
            self.name_only(one)
            return
        staged = self._next(one.file.path.suffix)
        shutil.copyfile(one.file.path, staged)
        pictured = kept_small_cover(cover) if cover is not None else b""
        search, pseudonym = self._wanted.search, self._wanted.pseudonym
        if not change_tag_texts(staged, lambda text: search.replaced(text, pseudonym), pictured):
            staged.unlink()
            self.name_only(one)
            return
        was = file_digest(one.file.path)
        self._digests[was] = file_digest(staged)
        self._add(one, staged, was)

    def put(self, one: Looked, content: bytes) -> None:
        staged = self._next(one.file.path.suffix)
        staged.write_bytes(content)
        self._add(one, staged, file_digest(one.file.path))

    def name_only(self, one: Looked) -> None:
        if self._target(one.file.path) != one.file.path:
            self._add(one, None, file_digest(one.file.path))

    def tell_masters(self, looked: Iterable[Looked]) -> None:
        """Note in manifests and releases the digests of what they name and that changes."""
        for one in looked:
            episode, text = one.file.episode, one.text
            if episode is None or text is None or one.file.path not in (episode.manifest, episode.release):
                continue
            before = self.changes.get(one.file.path)
            now = before.staged.read_bytes().decode() if before and before.staged else text.text
            turns = dict(self._digests)
            if one.file.path == episode.manifest:
                turns |= self._edits_turn(edits_path(episode.path))
                written = _each(now, turns, lambda digest: rf'(?<=")({digest})(?=")')
            else:
                turns |= self._transcript_turn(transcript_path(episode.path))
                written = _each(now, turns, _noted)
            if written != now:
                self.put(one, text.encoded(written))

    def _edits_turn(self, path: Path) -> dict[str, str]:
        change = self.changes.get(path)
        if change is None or change.staged is None:
            return {}
        old = edits_digest(read_edits(path))
        return {old: edits_digest(read_edits(change.staged))} if old else {}

    def _transcript_turn(self, path: Path) -> dict[str, str]:
        change = self.changes.get(path)
        return {change.was: file_digest(change.staged)} if change is not None and change.staged is not None else {}

    def _add(self, one: Looked, staged: Path | None, was: str) -> None:
        path = one.file.path
        self.changes[path] = Change(path, self._target(path), staged, was)

    def _target(self, path: Path) -> Path:
        """The place of a file without the name in it; one that is there already keeps its own."""
        name = self._wanted.search.replaced(path.name, self._wanted.pseudonym)
        return path.with_name(name)

    def _next(self, suffix: str) -> Path:
        self._count += 1
        return self._folder / f"{self._count:05}{suffix}"


def _noted(digest: str) -> str:
    """The pattern of a digest where a release notes what of the plan was published."""
    return rf'(?m)(?:(?<=^master = ")|(?<=^transcript = "))({digest})(?=")'


def _each(text: str, turns: Mapping[str, str], pattern: Callable[[str], str]) -> str:
    for old, new in turns.items():
        text = re.sub(pattern(old), new, text)
    return text


def _new_covers(workspace: Workspace, looked: Iterable[Looked], wanted: Wanted) -> Iterator[tuple[Path, bytes]]:
    """The covers that were drawn with a title that changes, drawn anew, by the episode's folder."""
    for one in looked:
        episode = one.file.episode
        if episode is None or one.file.path != episode.plan or not one.content:
            continue
        show = workspace.show(episode.show)
        try:
            plan = read_episode(workspace, show, episode.date)
        except BobineError:
            continue
        title = wanted.search.replaced(plan.title, wanted.pseudonym)
        if title != plan.title and not plan.cover and (episode.master / COVER).is_file():
            yield episode.path, episode_cover(show, replace(plan, title=title), episode.path)


def _check(one: Looked, before: str, after: str) -> None:
    """Refuse a change after which a file would not be read any more, or would hold two rows of one short name.

    Raises:
        WorkspaceError: if it is one.
    """
    old, new = parsed(before), parsed(after)
    if old is None:
        return
    rows = new is not None and all(_distinct(old.get(key)) <= _distinct(new.get(key)) for key in old)
    if not rows:
        raise WorkspaceError(
            f"« {printable(one.file.name)} » : deux personnes ou deux éléments y auraient le même nom court. "
            "Donnez-leur des noms courts différents, puis recommencez : rien n'a été changé."
        )


def _distinct(rows: object) -> bool:
    ids = [repr(row["id"]) for row in rows if isinstance(row, dict) and "id" in row] if isinstance(rows, list) else []
    return len(ids) == len(set(ids))
