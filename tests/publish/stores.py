"""Destinations that fail, are shared or are careless, and the releases that tests make there."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from bobine.errors import PublishError
from bobine.model.destination import FolderDestination, SftpDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.remote.files import Entry
from bobine.publish.destinations.remote.store import RemoteStore
from bobine.publish.destinations.store import Fetched, Listed, Store, StoredObject
from bobine.publish.feed.online import FeedContent, WriteFeed
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.release import Outcome, publish
from tests.publish.samples import BASE, FEED, GUID, IMAGE, SHOW
from tests.publish.shelf import (
    NOW,
    assert_feed_names_only_what_is_there,
    episode,
    write_feed,
)

OpenStore = Callable[[], Store]
Fill = Callable[[Store], object]
OpenFilledStore = Callable[[Fill], OpenStore]


class Unplugged(Exception):
    """What stands for a crash at a chosen call."""


class Fragile:
    """A store that is unplugged when its n-th call is made; the feed is looked at after each call that writes."""

    def __init__(self, store: Store, at: int = 0) -> None:
        self._store, self._at = store, at
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._at:
                raise Unplugged
            answer = wrapped(*args, **kwargs)
            if name in ("put", "swap", "delete"):
                assert_feed_names_only_what_is_there(self._store)
            return answer

        return call


PAGE = b"<!doctype html><html><title>Connexion</title>Bienvenue sur le r\xc3\xa9seau</html>"
"""What a public network answers to everything until somebody clicks."""

LIES = ("absent", "page", "no-op")


class Lying:
    """A store whose n-th answer is not true: what is there is absent, is a page, or was not written.

    Attributes:
        calls: the calls that were made.
        lied: whether there was something to lie about.
    """

    def __init__(self, store: Store, at: int, lie: str) -> None:
        self._store, self._at, self._lie = store, at, lie
        self.calls: list[str] = []
        self.lied = False

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) != self._at or name not in _LIES[self._lie]:
                return wrapped(*args, **kwargs)
            self.lied = True
            return _LIES[self._lie][name](args)

        return call


_LIES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "absent": {"fetch": lambda _: None, "head": lambda _: None, "listing": lambda _: {}},
    "page": {
        "fetch": lambda _: Fetched(PAGE, "page"),
        "head": lambda args: StoredObject(key=args[0], media_type="text/html", bytes=len(PAGE), version="page"),
        "read": lambda args: PAGE[args[1] : args[1] + args[2]],
        "listing": lambda _: {"accueil.html": Listed(bytes=len(PAGE))},
    },
    "no-op": {"put": lambda _: None, "swap": lambda _: True, "delete": lambda _: None},
}


class Interrupted:
    """A store in whose use somebody else comes between, once, just before the n-th call."""

    def __init__(self, store: Store, at: int, other: Callable[[], object]) -> None:
        self._store, self._at, self._other = store, at, other
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._at:
                self._other()
            return wrapped(*args, **kwargs)

        return call


class Careless:
    """A store that takes a file and keeps something else."""

    def __init__(self, store: Store, spoil: Callable[[bytes], bytes], scratch: Path) -> None:
        self._store, self._spoil, self._scratch = store, spoil, scratch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, file: StoredFile, source: Path, cache_control: str, on_bytes: Any = None) -> None:
        self._scratch.write_bytes(self._spoil(source.read_bytes()))
        self._store.put(file, self._scratch, cache_control, on_bytes)


def opened_folder(folder: Path) -> Store:
    return open_store(FolderDestination(name="local", path="feed"), folder)


def released(store: Any, tmp_path: Path, week: int = 0, *, writer: WriteFeed = write_feed, **kwargs: Any) -> Outcome:
    made, files = episode(tmp_path / "episodes", week, **kwargs)
    return publish(store, SHOW, made, files, writer, kwargs.get("now", NOW))


PLACE = FeedPlace(base_url=BASE, feed_url=FEED, image_url=IMAGE, guid=GUID)


def real_feed(content: FeedContent) -> dict[str, bytes]:
    """The feed as the product writes it."""
    return feed_files(SHOW, content.releases, PLACE, content.kept, content.left_out, content.live)


class LocalFiles:
    """The files of a remote folder without the network: a folder of this machine, of the plainest of protocols."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.resumes = True
        self.tells_tags = False
        self.replaces_at_once = True

    def look(self, path: str) -> Entry | None:
        place = self.folder / path
        try:
            about = place.stat()
        except FileNotFoundError:
            return None
        is_folder = stat.S_ISDIR(about.st_mode)
        size = 0 if is_folder else about.st_size
        return Entry(
            name=place.name, is_folder=is_folder, bytes=size, modified=about.st_mtime, tag=str(about.st_mtime_ns)
        )

    def entries(self, path: str) -> list[Entry] | None:
        place = self.folder / path
        try:
            names = list(place.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return None
        found = (self.look(str(one.relative_to(self.folder))) for one in names)
        return [entry for entry in found if entry is not None]

    def read(self, path: str, start: int, length: int) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()[start : start + length]
        except FileNotFoundError:
            return None

    def send(self, path: str, source: BinaryIO, size: int, start: int, on_bytes: Callable[[int], None]) -> None:
        source.seek(start)
        with (self.folder / path).open("r+b" if start else "wb") as stream:
            stream.seek(start)
            stream.write(source.read())
        on_bytes(size - start)

    def append_copy(self, path: str, size: int, source: str, start: int, count: int) -> bool:
        with (self.folder / path).open("r+b") as stream:
            stream.seek(size)
            stream.write((self.folder / source).read_bytes()[start : start + count])
        return True

    def rename(self, path: str, target: str, *, over: bool, tag: str = "") -> bool:
        try:
            if not over and (self.folder / target).exists():
                return False
            (self.folder / path).rename(self.folder / target)
        except OSError:
            return False
        return True

    def make_folder(self, path: str) -> bool:
        try:
            (self.folder / path).mkdir(parents=not path)
        except FileExistsError:
            return False
        return True

    def remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    def remove_folder(self, path: str) -> None:
        try:
            (self.folder / path).rmdir()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise PublishError(f"{path} n'est pas un dossier vide.") from error


def opened_remote(folder: Path, state: Path) -> RemoteStore:
    """A remote folder that its public address does not serve."""

    class Unserved(RemoteStore):
        def probe_public(self, file: StoredFile) -> None:
            pass

    destination = SftpDestination(name="site", host="nulle-part", user="essai", public_url="http://127.0.0.1:1/")
    return Unserved(destination, LocalFiles(folder), f"{folder}/", state)
