"""Covers that this computer has made before: drawing one takes longer than all the rest of a publication."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import PIL

from bobine import publish
from bobine.errors import BobineError
from bobine.publish.cover.images import small_cover, thumbnail
from bobine.store.files import atomic_write, disk_errors
from bobine.store.local_state import state_folder
from bobine.store.opening import listed, read_bounded

_MOST = 120
"""Images that are kept, some 200 kB each; the ones that were made longest ago go first."""

_MOST_BYTES = 8 << 20

_SEAL = hashlib.sha256().digest_size


def kept_cover(made_from: object, make: Callable[[], bytes]) -> bytes:
    """The image that ``make`` gives, kept under a digest of all that it is made from.

    What is kept and is damaged is made again; a state folder that cannot be read or written only costs the time.

    Args:
        made_from: all that the image depends on but the code; its ``repr`` must say it.
        make: makes the image; what it raises passes.
    """
    name = hashlib.sha256(repr((made_from, _drawing_digest())).encode("utf-8", "surrogatepass"))
    path = _folder() / f"{name.hexdigest()}.bin"
    with contextlib.suppress(OSError, BobineError):
        kept = read_bounded(path, _MOST_BYTES)
        image = kept[_SEAL:]
        if image and kept[:_SEAL] == hashlib.sha256(image).digest():
            return image
    image = make()
    with contextlib.suppress(OSError, BobineError):
        atomic_write(path, hashlib.sha256(image).digest() + image)
        _forget_oldest(path.parent)
    return image


def kept_small_cover(cover: bytes) -> bytes:
    """The copy of a cover that is embedded in audio files.

    Args:
        cover: a JPEG.
    """
    return kept_cover(("small", hashlib.sha256(cover).digest()), lambda: small_cover(cover))


def kept_thumbnail(cover: bytes) -> bytes:
    """The copy of a cover that pages show.

    Args:
        cover: a JPEG.
    """
    return kept_cover(("thumbnail", hashlib.sha256(cover).digest()), lambda: thumbnail(cover))


def forget_covers() -> None:
    """Remove them all: any of them may show a name that was removed from everywhere else.

    Raises:
        DiskError: if one cannot be removed.
        UnusableFileError: if their folder cannot be read.
    """
    for path in listed(_folder()):
        with disk_errors(path):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return state_folder() / "covers"


def _forget_oldest(folder: Path) -> None:
    """Leave the newest covers; another program may be doing the same."""
    found = [path for path in listed(folder) if path.suffix == ".bin"]
    for path in sorted(found, key=lambda one: one.stat().st_mtime)[:-_MOST]:
        path.unlink(missing_ok=True)


@cache
def _drawing_digest() -> str:
    """A digest of the code and typefaces that draw: another version draws again."""
    whole = hashlib.sha256(f"{PIL.__version__} {version('font-hanken-grotesk')}".encode())
    for path in sorted((Path(publish.__file__).parent / "cover").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
