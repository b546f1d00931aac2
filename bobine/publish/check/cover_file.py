"""A cover as it is served: its real size, format and colours (Apple)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image

from bobine.french import size
from bobine.publish.check.rules.finding import Finding, advice, error, warning
from bobine.publish.check.rules.looking import extension
from bobine.publish.cover.images import COVER_BYTES, MAX_SIDE, MIN_SIDE

_EXTENSIONS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",)}


def cover_findings(content: bytes, address: str, where: str) -> Iterator[Finding]:
    """Faults of a cover.

    Args:
        content: the whole file.
        address: where it is served.
        where: the place in the feed that names it.
    """
    try:
        with warnings.catch_warnings():
            # an enormous image is told by its size below
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        yield error(
            "apple/cover-format", where, "La pochette n'est pas une image qui se lise : mettez un JPEG ou un PNG."
        )
        return
    with image:
        width, height = image.size
        if image.format not in _EXTENSIONS:
            words = f"La pochette est en {image.format} : Apple veut un JPEG ou un PNG."
            yield error("apple/cover-format", where, words)
        elif extension(address) not in _EXTENSIONS[image.format]:
            words = f"La pochette est en {image.format}, et son adresse dit autre chose : renommez-la."
            yield warning("apple/cover-extension", where, words)
        if width != height:
            yield error("apple/cover-square", where, f"La pochette fait {width} × {height} pixels : il la faut carrée.")
        if not (MIN_SIDE <= width <= MAX_SIDE and MIN_SIDE <= height <= MAX_SIDE):
            words = f"La pochette fait {width} × {height} pixels : de {MIN_SIDE} à {MAX_SIDE} de côté."
            yield error("apple/cover-size", where, words)
        if image.has_transparency_data:
            yield error(
                "apple/cover-alpha", where, "La pochette est en partie transparente : enregistrez-la sans alpha."
            )
        elif image.mode != "RGB":
            words = f"Les couleurs de la pochette sont en {image.mode} : enregistrez-la en RVB."
            yield error("apple/cover-rgb", where, words)
    if len(content) > COVER_BYTES:
        words = f"La pochette pèse {size(len(content))} : au-dessous de {size(COVER_BYTES)}, elle s'affiche vite."
        yield advice("apple/cover-weight", where, words)
