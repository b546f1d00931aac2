"""Edit a show in ``shows.toml``: a transaction on the newest file, which leaves the rest as it was, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.model.show import Show
from bobine.store.documents.shows import SHOWS_FILE, decode_shows
from bobine.store.files import atomic_write, locked, sweep
from bobine.store.toml.edit import with_changes
from bobine.store.toml.read import Source, parse_toml, read_toml


def edit_show(root: Path, slug: str, change: Callable[[Show], Show]) -> Show:
    """Change a show, under the lock of ``shows.toml``, from its newest state; without a change, nothing is written.

    Args:
        root: the workspace.
        slug: which show.
        change: makes the new show from the one of the file, with the same slug; what it raises leaves the file as it
            was.

    Returns:
        The show as written.

    Raises:
        PlanError: if the file cannot be read as it stands, or could not be read with this change.
        WorkspaceError: if there is no such show, another program holds the lock or wrote meanwhile, or the file is
            written in a way that this cannot be changed in.
        DiskError: if the disk is full or the place cannot be written.
    """
    path = root / SHOWS_FILE
    with locked(path):
        sweep(root, path.stem)
        source = _newest(path, root)
        show = _shown(source, root, slug)
        changed = change(show)
        if changed == show:
            return show
        content = _edited(source, show, changed)
        if content is None or _shown(parse_toml(content, source.name), root, slug) != changed:
            raise WorkspaceError(
                f"« {source.name} » est écrit d'une façon qui ne permet pas de le modifier d'ici : donnez à chaque "
                f"table de l'émission un titre à elle, comme [shows.{slug}.slot], puis recommencez."
            )
        if _newest(path, root).content != source.content:
            raise WorkspaceError(f"« {source.name} » vient d'être modifié par un autre programme : recommencez.")
        atomic_write(path, content)
    return changed


def read_show(root: Path, slug: str) -> Show:
    """A show as the file describes it now.

    Raises:
        PlanError: if the file cannot be read as it stands.
        WorkspaceError: if there is no file, or no such show in it.
    """
    return _shown(_newest(root / SHOWS_FILE, root), root, slug)


def _newest(path: Path, root: Path) -> Source:
    try:
        return read_toml(path, root)
    except FileNotFoundError as error:
        raise WorkspaceError(f"« {path} » n'est plus là : remettez ce fichier à sa place.") from error


def _shown(source: Source, root: Path, slug: str) -> Show:
    shows, _ = decode_shows(source, root)
    for show in shows:
        if show.slug == slug:
            return show
    raise WorkspaceError(f"L'émission « {slug} » n'est plus dans {SHOWS_FILE} : remettez-la, ou rouvrez l'atelier.")


def _edited(source: Source, show: Show, changed: Show) -> bytes | None:
    """The new content; None where it cannot be made."""
    try:
        return source.encoded(with_changes(source.text, ("shows", show.slug), show, changed, sparse=False))
    except (KeyError, UnicodeEncodeError):
        return None
