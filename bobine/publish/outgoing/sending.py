"""Files on their way to a destination: what is missing there is sent, read back, and asked for as listeners do."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bobine.errors import Interrupted, PublishError
from bobine.french import size
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.asking import holds, patiently
from bobine.publish.destinations.growing import OnBytes
from bobine.publish.destinations.store import Store
from bobine.publish.layout import IMMUTABLE
from bobine.publish.outgoing.ahead import Begun, finish_growing

_NOTHING: Mapping[str, Begun] = {}

OnProgress = Callable[[str, int, int], None]
"""Told what is being done (in French), how much of it is done, and out of how much (bytes or pieces)."""

SENDING = "Envoi"
"""Label of the progress of files being sent, which is told in bytes."""

_EDGE = 64 << 10
"""Bytes that are read back at each end of a file that was sent."""


def check_local(wanted: Sequence[StoredFile], files: Mapping[str, Path]) -> None:
    """Make sure that the local files still are what is about to be sent; ``PublishError`` if not."""
    for file in wanted:
        source = files[file.key]
        try:
            with source.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                length = stream.tell()
        except OSError as error:
            raise PublishError(f"« {source} » ne peut pas être lu : refaites le montage, puis recommencez.") from error
        if (length, digest) != (file.bytes, file.sha256):
            raise PublishError(f"« {source} » a changé depuis qu'il a été préparé : recommencez la publication.")


def send_missing(
    store: Store,
    wanted: Sequence[StoredFile],
    files: Mapping[str, Path],
    on_progress: OnProgress,
    begun: Mapping[str, Begun] = _NOTHING,
    graft: Callable[[str, Path, OnBytes], bool] = lambda _key, _source, _on_bytes: False,
) -> set[str]:
    """Send the files that the destination does not have; gives their keys.

    Args:
        store: the destination.
        wanted: the files.
        files: the local file of each key.
        on_progress: told how far it is.
        begun: where the bodies of some went up already, by key.
        graft: makes a file, given its key and where it is here, of what is there; tells whether it did.

    Raises:
        PublishError: if the destination fails or refuses, saying what has arrived.
        Interrupted: on Ctrl-C.
    """
    missing = []
    for file in wanted:
        found = store.head(file.key)
        if found is None or not holds(store, found, file, files[file.key]):
            missing.append(file)
    done, total = 0, sum(file.bytes for file in missing)

    def count(sent: int) -> None:
        nonlocal done
        done += sent
        on_progress(SENDING, min(max(done, 0), total), total)

    for file in missing:
        try:
            its = begun.get(file.key)
            made = its is not None and finish_growing(store, its, file, files[file.key], count)
            if not made and not graft(file.key, files[file.key], count):
                store.put(file, files[file.key], IMMUTABLE, count)
        except KeyboardInterrupt as stop:
            raise Interrupted(f"Interrompu. {_standing(done, total)}") from stop
        except PublishError as error:
            raise type(error)(f"{error} {_standing(done, total)}") from error
    return {file.key for file in missing}


def _standing(done: int, total: int) -> str:
    """A sentence on what stays of a sending that was cut short, both in bytes."""
    if done <= 0:
        return f"Rien n'est arrivé en entier : {size(total)} à envoyer, et le flux n'est pas changé."
    left = f"il reste {size(total - done)} à envoyer" if done < total else "il ne reste rien à envoyer"
    return (
        f"{size(done)} sur {size(total)} sont arrivés et ne seront pas envoyés de nouveau ; {left}, et le flux n'est "
        "pas changé : relancez la même commande."
    )


def verify_sent(store: Store, file: StoredFile, source: Path) -> None:
    """Make sure that a file is at the destination as it was sent, and that listeners can have it."""
    found = patiently(lambda: store.head(file.key))
    if found is None or (found.bytes, found.media_type) != (file.bytes, file.media_type):
        what = "n'y est pas" if found is None else f"y fait {found.bytes} octets, de type « {found.media_type} »"
        raise PublishError(
            f"Destination « {store.name} » : « {file.key} », envoyé ({file.bytes} octets, de type "
            f"« {file.media_type} »), {what} ; vérifiez la destination, puis recommencez."
        )
    for start in {0, max(0, file.bytes - _EDGE)}:
        with source.open("rb") as stream:
            stream.seek(start)
            expected = stream.read(_EDGE)
        if store.read(file.key, start, _EDGE) != expected:
            raise PublishError(
                f"Destination « {store.name} » : « {file.key} » n'y a pas le contenu envoyé ; supprimez-le "
                "là-bas, puis recommencez."
            )
    store.probe_public(file)


@contextlib.contextmanager
def stopped_by_hand(standing: str) -> Iterator[None]:
    """Turn Ctrl-C into a sentence about what stands.

    Args:
        standing: what stands, in French, a clause with a capital and no full stop.

    Raises:
        Interrupted: in its place.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        raise Interrupted(f"Interrompu. {standing} : relancez la même commande, elle finira.") from stop
