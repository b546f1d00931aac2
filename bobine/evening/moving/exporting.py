"""``exporter``: all that the podcast needs to live elsewhere, in a folder; killed anywhere, the next run finishes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bobine.errors import BobineError, PublishError
from bobine.evening.moving.reading import read_source
from bobine.model.destination import Destination, FolderDestination
from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.check.rules.looking import is_address
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import feed_address, podcast_guid
from bobine.publish.layout import episode_page_key, feed_key, public_address
from bobine.publish.moving import redirections
from bobine.publish.moving.guide import Move, guide
from bobine.publish.moving.leaving import Leaving, is_root, moved_feed, what_leaves
from bobine.publish.moving.mirror import MANIFEST, Mirror
from bobine.publish.moving.reading.source import SourceFeed
from bobine.publish.moving.redirections import FOLDER, Redirection
from bobine.publish.outgoing.sending import OnProgress
from bobine.publish.text import ascii_url
from bobine.store.files import locked
from bobine.store.opening import file_digest, listed
from bobine.store.rules.destinations import folder_of
from bobine.store.workspace import Workspace

_SITE = "site"
_GUIDE = "LISEZ-MOI.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The result of an export.

    Attributes:
        folder: where it is.
        episodes: how many episodes can be heard in it.
        files: how many files it has.
        bytes: how large it is.
        new_feed: address of the new feed; empty where not known.
        missing: keys that the destination did not give.
        warnings: further warnings, in French.
    """

    folder: Path
    episodes: int
    files: int
    bytes: int
    new_feed: str
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def export_podcast(
    workspace: Workspace,
    show: Show,
    destination: Destination,
    folder: Path,
    new_address: str = "",
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Exported:
    """Copy a podcast with all that goes with it into a folder; again finishes, renews and verifies it.

    Args:
        workspace: where the show is.
        show: the show.
        destination: where its podcast is.
        folder: a new folder, or an export that was begun.
        new_address: address of the new feed, or of a site (with ``/`` at the end) that the folder is to be copied to;
            empty where neither is known yet.
        on_progress: told what is being done, how much of it, and out of how much (bytes).

    Raises:
        PublishError: if there is no podcast there, the address is none, or a file is not what its record says.
        DiskError: if the disk is full.
    """
    new_address = ascii_url(new_address.strip())
    if new_address and not is_address(new_address):
        raise PublishError(f"« {new_address} » n'est pas une adresse http ou https : donnez celle du nouveau flux.")
    _refuse_inside(folder, workspace)
    store = open_store(destination, workspace.root)
    root = new_address if is_root(new_address) else ""
    leaving = what_leaves(store, show, root)
    new_feed = public_address(root, feed_key(show.slug)) if root else new_address
    there, warnings = _elsewhere(new_address) if new_address and not root else (None, ())
    mirror = Mirror(folder)
    with locked(folder / MANIFEST):
        missing = _copy(mirror, store, leaving, _nearby(workspace, show, leaving), on_progress)
        _write_texts(mirror, leaving, new_feed)
        moved, folders = _moves(store, show, leaving, root, new_feed, there)
        for name, content in redirections.files(moved, folders).items():
            mirror.write(f"redirections/{name}", content)
        mirror.write("episodes.csv", _table(leaving, root or store.public_url))
        move = Move(
            title=show.title,
            slug=show.slug,
            guid=podcast_guid(show, store),
            episodes=len(leaving.heard) + len(leaving.kept),
            old_feed=feed_address(show, store),
            new_feed=new_feed,
            is_site=bool(root),
            locked=show.podcast.locked,
            missing=missing,
        )
        mirror.write(_GUIDE, guide(move).encode())
        _finish(mirror, move, on_progress)
    return Exported(
        folder=folder,
        episodes=move.episodes,
        files=mirror.count,
        bytes=mirror.size,
        new_feed=new_feed,
        missing=missing,
        warnings=warnings,
    )


def _write_texts(mirror: Mirror, leaving: Leaving, new_feed: str) -> None:
    """Write feed, pages and records as they are to be at the new place, and the old feed that leads there."""
    for key, content in leaving.texts.items():
        mirror.write(f"{_SITE}/{key}", content)
    if new_feed:
        mirror.write("ancienne-adresse/feed.xml", moved_feed(leaving.old_feed, new_feed))


def _finish(mirror: Mirror, move: Move, on_progress: OnProgress) -> None:
    """Verify the export, and write its manifest.

    Raises:
        PublishError: if a file does not hold what was written to it.
    """
    on_progress("Vérification", 0, 1)
    wrong = mirror.finish({"feed": move.old_feed, "new_feed": move.new_feed, "guid": move.guid})
    on_progress("Vérification", 1, 1)
    if wrong:
        raise PublishError(
            f"« {wrong[0]} » n'a pas le contenu qui vient d'y être écrit : vérifiez le disque, puis recommencez."
        )


def _refuse_inside(folder: Path, workspace: Workspace) -> None:
    """Refuse a folder that is served: an export is not for the public."""
    for one in workspace.destinations:
        if isinstance(one, FolderDestination):
            served = folder_of(one, workspace.root).resolve()
            if folder.resolve().is_relative_to(served):
                raise PublishError(
                    f"« {folder} » est dans le dossier publié « {served} » : donnez un dossier ailleurs."
                )


def _copy(
    mirror: Mirror, store: Store, leaving: Leaving, local: Callable[[StoredFile], Path | None], on_progress: OnProgress
) -> tuple[str, ...]:
    files = {f"{_SITE}/{file.key}": file for file in leaving.files}
    mirror.check_room(files)
    total = sum(file.bytes for file in leaving.files)
    done = 0

    def count(arrived: int) -> None:
        nonlocal done
        done += arrived
        on_progress("Copie", min(done, total), total)

    missing = []
    for path, file in files.items():
        if (file.key in leaving.missing and local(file) is None) or not mirror.copy(store, file, path, local, count):
            missing.append(file.key)
    unknown = {file.key for file in leaving.files}
    return tuple(sorted({*missing, *(key for key in leaving.missing if key not in unknown)}))


def _nearby(workspace: Workspace, show: Show, leaving: Leaving) -> Callable[[StoredFile], Path | None]:
    """Return a function that finds a file among the masters of this machine, by its content."""
    days = {audio.file.key: release.date for release in leaving.heard for audio in release.audio}

    def find(file: StoredFile) -> Path | None:
        if file.key not in days or not file.sha256:
            return None
        try:
            for path in listed(workspace.folder(show, days[file.key]).master, within=workspace.root):
                is_like = path.is_file() and path.stat().st_size == file.bytes
                if is_like and file_digest(path, within=workspace.root) == file.sha256:
                    return path
        except (OSError, BobineError):
            return None
        return None

    return find


def _elsewhere(address: str) -> tuple[SourceFeed | None, tuple[str, ...]]:
    """The podcast as the new host has it already; None with a word where it cannot be read yet."""
    try:
        return read_source(address, at_home=False), ()
    except PublishError as fault:
        words = "seul le flux est redirigé pour l'instant ; relancez quand le nouvel hébergeur aura importé le podcast."
        return None, (f"{fault} Les nouvelles adresses des épisodes ne sont pas connues : {words}",)


def _moves(
    store: Store, show: Show, leaving: Leaving, root: str, new_feed: str, there: SourceFeed | None
) -> tuple[list[Redirection], list[Redirection]]:
    """The new place of each address, and the folders that move whole."""
    old = store.public_url
    moved = [Redirection("flux", public_address(old, feed_key(show.slug)), new_feed)]
    known = {item.guid: item for item in there.items} if there is not None else {}
    for release in reversed(leaving.heard):
        page, sound = episode_page_key(show.slug, release.date), release.audio[0].file.key
        item = known.get(release.guid)
        new_page = public_address(root, page) if root else (item.page if item is not None else "")
        new_sound = public_address(root, sound) if root else (item.sound.address if item is not None else "")
        moved.append(Redirection("page", public_address(old, page), new_page))
        moved.append(Redirection("son", public_address(old, sound), new_sound))
    folders = [Redirection(FOLDER, f"{old}{show.slug}/", f"{root}{show.slug}/")] if root else []
    return moved, folders


def _table(leaving: Leaving, root: str) -> bytes:
    """Every episode on a line, the newest first, for spreadsheets."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["guid", "date", "titre", "saison", "numéro", "son"])
    writer.writerows([redirections.cell(value) for value in row] for row in _rows(leaving, root))
    return text.getvalue().encode("utf-8-sig", "replace")


def _rows(leaving: Leaving, root: str) -> Iterator[list[str]]:
    def line(release: Release) -> list[str]:
        numbers = [str(value or "") for value in (release.stated_season, release.stated_number)]
        sound = public_address(root, release.audio[0].file.key)
        return [release.guid, release.published.isoformat(), release.title, *numbers, sound]

    yield from (line(release) for release in reversed(leaving.heard))
    yield from ([item.guid, item.published.isoformat(), item.title, "", "", item.enclosure] for item in leaving.kept)
