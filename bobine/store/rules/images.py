"""Rules on the covers that people give: where they may lie, and what podcast directories ask of them."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from bobine.store.opening import UnusableFileError, confined, open_regular
from bobine.store.sounds import find_file

SMALLEST, LARGEST = 1400, 3000
"""Side of a square cover, in pixels (Apple Podcasts)."""


def image_fault(text: str, base: Path, root: Path) -> str | None:
    """The reason that forbids an image as a cover, in French; None where it may be used.

    Args:
        text: its path as written, relative to ``base``.
        base: folder that the path starts from.
        root: the workspace, which the image must lie in.
    """
    path = find_file(base, text)
    try:
        confined(path, root)
    except UnusableFileError as error:
        outside = "cette image doit être dans le dossier de l'atelier : copiez-la et écrivez son chemin depuis là"
        return outside if error.is_outside else f"cette image ne peut pas être lue ({error.reason})"
    if Path(text).is_absolute():
        return "cette image doit être dans le dossier de l'atelier : copiez-la et écrivez son chemin depuis là"
    try:
        with open_regular(path, within=root) as stream:
            return _content_fault(stream)
    except FileNotFoundError:
        return f"cette image n'existe pas : cherchée à {path}"
    except UnusableFileError as error:
        return f"cette image ne peut pas être lue ({error.reason})"


def _content_fault(stream: BinaryIO) -> str | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(stream, formats=("JPEG", "PNG")) as image:
            width, height = image.size
    except UnidentifiedImageError:
        return "ce fichier n'est pas une image JPEG ou PNG"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "cette image est abîmée ou ne peut pas être lue"
    if width != height:
        return f"cette image fait {width} × {height} pixels : un carré de {SMALLEST} à {LARGEST} était attendu"
    if not SMALLEST <= width <= LARGEST:
        fault = "trop petite" if width < SMALLEST else "trop grande"
        return f"cette image est {fault} : {width} × {height} pixels, de {SMALLEST} à {LARGEST} étaient attendus"
    return None
