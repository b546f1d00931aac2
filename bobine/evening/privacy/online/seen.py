"""The places online where somebody is named, found before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.errors import BobineError
from bobine.evening.privacy.looking import Found, found_in_text
from bobine.evening.privacy.online.clearing import destinations_with
from bobine.evening.privacy.online.sweep import naming_keys
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.privacy.words.texts import read_text
from bobine.publish.destinations.opening import open_store
from bobine.publish.outgoing.sending import OnProgress
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SeenOnline:
    """The findings at all destinations about somebody.

    Attributes:
        found: each place, as « destination : key ».
        failures: destinations that could not be asked, with why.
    """

    found: tuple[Found, ...]
    failures: tuple[str, ...]


def seen_online(
    workspace: Workspace, search: NameSearch, on_progress: OnProgress = lambda _label, _done, _total: None
) -> SeenOnline:
    """Ask every destination of every show; one that does not answer stops nothing.

    Args:
        workspace: where they are described.
        search: the names.
        on_progress: told how far it is.
    """
    found: list[Found] = []
    failures: list[str] = []
    for show in workspace.shows:
        for destination in destinations_with(workspace, show):
            try:
                store = open_store(destination, workspace.root)
                for key in naming_keys(store, show.slug, search, on_progress):
                    content = store.fetch(key)
                    text = read_text(content.content) if content is not None else None
                    if text is not None:
                        found += found_in_text(f"{destination.name} : {key}", text.text, search)
            except BobineError as error:
                failures.append(f"{destination.name} : {error}")
    return SeenOnline(tuple(found), tuple(failures))
