"""Whether an episode is audible: what its public address serves is fetched, decoded, and compared with the master."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bobine import ffmpeg
from bobine.errors import PublishError, ToolError
from bobine.evening.publishing import Published
from bobine.model.destination import Destination, FolderDestination
from bobine.model.published.master import Manifest
from bobine.model.published.release import StoredFile
from bobine.publish.check.asking import Answer, Listener, is_at_home
from bobine.publish.destinations.opening import open_store
from bobine.store.files import disk_errors
from bobine.store.records.manifests import read_manifest
from bobine.store.workspace import EpisodeFolder, Workspace

WAITS_S = (1, 3, 10)
"""Waits before each further look, in seconds: hosts may be late in showing what they took."""

_RATE = 48_000
_SAMPLE_BYTES = 4
_SLACK_S = 0.25
"""Time by which a decoded file may be longer than its sound: the encoder's delay, and a last frame that is filled."""

_MORE_BYTES = 1 << 20
"""Bytes that a host's own tags may add."""

_LEAST_BYTES_A_SECOND = 100_000
_LEAST_S = 60.0
_CHUNK = 1 << 20

_SHORT_S = 60.0
"""Sound that is not worth a second process."""

_SHARED_S = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """The outcome of listening.

    Attributes:
        address: what was asked for.
        fault: a French clause on why it is not audible; empty where it is.
    """

    address: str
    fault: str = ""

    @property
    def audible(self) -> bool:
        """Whether the master is what is heard there."""
        return not self.fault


def listen_as_public(
    workspace: Workspace,
    destination: Destination,
    folder: EpisodeFolder,
    published: Published,
    sleep: Callable[[float], None] = time.sleep,
) -> Heard:
    """Fetch the main sound of an episode from where listeners get it, and hear whether it is the master.

    A folder's files are read where they lie: it may be served later, or by another machine.

    Args:
        workspace: where the destination is described.
        destination: where it was published.
        folder: the episode's.
        published: the publication.
        sleep: waits so many seconds.

    Raises:
        MasterError: if the master is gone.
        DiskError: if there is no room for what is fetched.
        ToolError: if there is no ffmpeg, or it cannot decode the master itself.
    """
    file = published.release.audio[0].file
    manifest = read_manifest(folder.manifest)
    store = open_store(destination, workspace.root)
    local = isinstance(destination, FolderDestination)
    address = store.location(file.key) if local else published.enclosure_url
    fault = ""
    for wait_s in (0, *WAITS_S):
        if wait_s:
            sleep(wait_s)
        with (
            disk_errors(folder.master),
            tempfile.TemporaryDirectory(prefix=".publier-ecoute-", dir=folder.master) as name,
        ):
            served = Path(address) if local else Path(name, "served")
            fault = "" if local else _fetch(address, file, served)
            if not fault:
                fault = _compare(served, file, manifest, folder)
        if not fault:
            break
    return Heard(address, fault)


def _fetch(address: str, file: StoredFile, target: Path) -> str:
    """Download an address to a file, up to its expected size; returns the obstacle as a clause, or nothing."""
    listener = Listener(at_home=is_at_home(address), limit_s=_LEAST_S + file.bytes / _LEAST_BYTES_A_SECOND)
    try:
        with target.open("wb") as stream:
            answer = listener.receive(address, {"Cache-Control": "no-cache"}, _writer(stream, file.bytes + _MORE_BYTES))
    except PublishError as error:
        return str(error)
    if answer.status != 200:
        return f"elle répond {answer.status}"
    return ""


def _writer(stream: BinaryIO, most_bytes: int) -> Callable[[Answer, Iterator[bytes]], None]:
    def write(answer: Answer, pieces: Iterator[bytes]) -> None:
        if answer.status != 200:
            return
        for piece in pieces:
            stream.write(piece)
            if stream.tell() > most_bytes:
                return

    return write


def _compare(served: Path, file: StoredFile, manifest: Manifest, folder: EpisodeFolder) -> str:
    """The difference between the file that is served and the master, as a clause; empty if there is none."""
    main = manifest.files[0]
    try:
        size, digest = _digest(served)
    except OSError:
        return "le fichier ne peut pas être lu"
    is_ours = (size, digest) == (file.bytes, file.sha256)
    try:
        heard = _is_heard_whole(served, main.duration_s) if is_ours else _decoded(served)
    except ToolError:
        return "ce qu'elle sert ne se décode pas"
    # a host may change the tags: what counts is what is heard
    right = heard if is_ours else heard == _decoded(folder.master / main.file)
    return "" if right else "ce qu'elle sert n'est pas ce montage"


def _is_heard_whole(path: Path, duration_s: float) -> bool:
    """Whether a file decodes from one end to the other, and lasts as long as its sound: by halves, on two cores."""
    if duration_s < _SHORT_S:
        return abs(_heard_s(path) - duration_s) <= _SLACK_S
    middle_s = duration_s / 2
    with ThreadPoolExecutor(2) as pool:
        # the halves share a second, since a place in an MP3 is found to some frames
        first = pool.submit(_heard_s, path, t=middle_s + _SHARED_S)
        second_s = _heard_s(path, ss=middle_s)
        first_s = first.result()
    return max(abs(first_s - middle_s - _SHARED_S), abs(second_s - (duration_s - middle_s))) <= _SLACK_S


def _heard_s(path: Path, **stretch: float) -> float:
    """The sound that a file, or a stretch of it (ffmpeg's ``ss`` or ``t``), decodes to, seconds."""
    samples = 0

    def take(piece: bytes) -> None:
        nonlocal samples
        samples += len(piece) // _SAMPLE_BYTES

    ffmpeg.run(_plain(path, **stretch), on_output=take, piece_bytes=_CHUNK)
    return samples / _RATE


def _digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), digest


def _decoded(path: Path) -> str:
    """A digest of a file's samples."""
    digest = hashlib.sha256()
    ffmpeg.run(_plain(path), on_output=digest.update, piece_bytes=_CHUNK)
    return digest.hexdigest()


def _plain(path: Path, **options: Any) -> list[str]:
    """The arguments that decode a file, or a stretch of it, to plain samples."""
    sound = ffmpeg.read_file(path, **options).output("pipe:1", f="s16le", acodec="pcm_s16le", ar=_RATE, ac=2)
    found: list[str] = sound.get_args()
    return found
