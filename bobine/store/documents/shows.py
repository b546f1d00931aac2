"""Read ``shows.toml``: the shows of a workspace and the destinations of their podcasts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from bobine.model.destination import (
    BucketDestination,
    Destination,
    FolderDestination,
    SftpDestination,
    WebdavDestination,
)
from bobine.model.show import Show
from bobine.store.codec.decode import Decoder
from bobine.store.codec.keys import KeyFault, KeyPath
from bobine.store.codec.spelling import unknown_key, unknown_value
from bobine.store.rules import destinations as folders
from bobine.store.rules import texts
from bobine.store.rules.crosschecks import show_faults
from bobine.store.rules.destinations import EPISODES, folder_fault
from bobine.store.rules.images import image_fault
from bobine.store.rules.tables import RULES
from bobine.store.sounds import sound_faults
from bobine.store.toml.read import Source, decoding, read_toml

SHOWS_FILE = folders.SHOWS_FILE

_KINDS: dict[str, type[Destination]] = {
    "folder": FolderDestination,
    "bucket": BucketDestination,
    "sftp": SftpDestination,
    "webdav": WebdavDestination,
}
_DEFAULT_DESTINATION = FolderDestination(name="local")


def read_shows(root: Path) -> tuple[tuple[Show, ...], tuple[Destination, ...]]:
    """Read the shows and destinations of a workspace, in the order of the file.

    The destination ``local``, the folder ``feed``, is there even when the file does not describe it.

    Raises:
        FileNotFoundError: if there is no ``shows.toml``.
        PlanError: if it cannot be read as it stands; lists every fault.
    """
    return decode_shows(read_toml(root / SHOWS_FILE, root), root)


def decode_shows(source: Source, root: Path) -> tuple[tuple[Show, ...], tuple[Destination, ...]]:
    """Decode the shows and destinations of a text that was read; see ``read_shows``.

    Raises:
        PlanError: if it cannot be read as it stands; lists every fault.
    """
    with decoding(source):
        return _decoded(source, root)


def _decoded(source: Source, root: Path) -> tuple[tuple[Show, ...], tuple[Destination, ...]]:
    decoder = Decoder(RULES)
    for key in source.table.keys() - {"shows", "destinations"}:
        decoder.fault((key,), unknown_key(key, ("shows", "destinations")))
    destinations = _destinations(decoder, source.table.get("destinations", {}), root)
    names = {*_keys(source.table.get("destinations")), _DEFAULT_DESTINATION.name}
    shows = _shows(decoder, source.table.get("shows"), names, root)
    if decoder.faults:
        raise source.error(decoder.faults)
    return shows, destinations


def _shows(decoder: Decoder, tables: object, destinations: Collection[str], root: Path) -> tuple[Show, ...]:
    if not isinstance(tables, Mapping) or not tables:
        decoder.fault(("shows",), "aucune émission n'est décrite : une table [shows.<nom-court>] était attendue")
        return ()
    shows = []
    for slug, table in tables.items():
        path = ("shows", slug)
        _check_name(decoder, slug, path)
        if slug == EPISODES:  # a destination that holds a folder of that name may not be one
            decoder.fault(path, "ce nom est celui du dossier des émissions : donnez-en un autre à l'émission")
        show = decoder.table(Show, table, path, slug=slug)
        if isinstance(table, Mapping):
            decoder.faults += show_faults(table, path, destinations)
            decoder.faults += _image_faults(table, path, root)
            decoder.faults += sound_faults(table, "carts", root, root, path)
            # a template's paths start from an episode's folder, whatever its show and day
            decoder.faults += sound_faults(table, "template", root / "episodes" / "_" / "2000-01-01", root, path)
        if show is not None:
            shows.append(show)
    return tuple(shows)


def _destinations(decoder: Decoder, tables: object, root: Path) -> tuple[Destination, ...]:
    if not isinstance(tables, Mapping):
        decoder.fault(("destinations",), "une table [destinations.<nom>] était attendue")
        return ()
    destinations: list[Destination] = []
    for name, table in tables.items():
        path = ("destinations", name)
        _check_name(decoder, name, path)
        kind = table.get("kind") if isinstance(table, Mapping) else None
        if not isinstance(kind, str) or kind not in _KINDS:
            missing = isinstance(table, Mapping) and "kind" not in table
            message = unknown_value(kind if isinstance(kind, str) else None, tuple(_KINDS))
            decoder.fault((*path, "kind"), f"cette clé manque : {message}" if missing else message)
            continue
        settings = {key: value for key, value in table.items() if key != "kind"}
        destination = decoder.table(_KINDS[kind], settings, path, name=name)
        if destination is not None:
            destinations.append(destination)
    if all(destination.name != _DEFAULT_DESTINATION.name for destination in destinations):
        destinations.append(_DEFAULT_DESTINATION)
    for destination in destinations:
        fault = folder_fault(destination.path, root) if isinstance(destination, FolderDestination) else None
        if fault:
            decoder.fault(("destinations", destination.name, "path"), fault)
    return tuple(destinations)


def _check_name(decoder: Decoder, name: str, path: KeyPath) -> None:
    message = texts.slug(name)
    if message:
        decoder.fault(path, message)


def _image_faults(show: Mapping[str, Any], path: KeyPath, root: Path) -> Iterator[KeyFault]:
    podcast = show.get("podcast")
    image = podcast.get("image") if isinstance(podcast, Mapping) else None
    if isinstance(image, str) and image and texts.one_line(image) is None:
        message = image_fault(image, root, root)
        if message:
            yield KeyFault((*path, "podcast", "image"), message)


def _keys(tables: object) -> Collection[str]:
    return tables.keys() if isinstance(tables, Mapping) else ()
