"""Cover images as files: given ones read strictly, and JPEG of a size that phones take without effort."""

from __future__ import annotations

import io
import os
import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from bobine.errors import PublishError
from bobine.store.opening import UnusableFileError, open_regular

MIN_SIDE = 1400
"""Smallest side of a podcast cover, in pixels (Apple)."""

MAX_SIDE = 3000
"""Largest side of a podcast cover, in pixels (Apple)."""

COVER_BYTES = 500_000
"""Size that a cover stays under, in bytes."""

EMBEDDED_BYTES = 200_000
"""Size that a cover embedded in an audio file stays under, in bytes."""

THUMBNAIL_SIDE = 320
"""Width and height of a cover's small copy for pages, in pixels."""

THUMBNAIL_BYTES = 20_000
"""Size that it stays under, in bytes."""

_QUALITIES = (92, 88, 84, 80, 75, 70, 62, 54, 46, 38)
_FAIR_QUALITY = 75
"""The quality under which a smaller image looks better than a coarser one."""

_FILE_BYTES = 30_000_000


def jpeg(image: Image.Image, max_bytes: int = COVER_BYTES) -> bytes:
    """An RGB image as JPEG without metadata, at the best quality that stays within ``max_bytes``.

    An image that no quality makes small enough is given at the lowest one.
    """
    encoded = b""
    for quality in _QUALITIES:
        encoded = _encoded(image, quality)
        if len(encoded) <= max_bytes:
            break
    return encoded


def _encoded(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
    return stream.getvalue()


def side(cover: bytes) -> int:
    """The width, and height, of a cover, in pixels."""
    with Image.open(io.BytesIO(cover)) as image:
        return image.width


def thumbnail(cover: bytes) -> bytes:
    """A cover's small copy for pages: a JPEG of 320 × 320 pixels, of at most 20 kB.

    Args:
        cover: a JPEG, as :func:`read_cover` or a drawn cover gives it.
    """
    with Image.open(io.BytesIO(cover)) as image:
        image.draft("RGB", (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
        small = image.convert("RGB").resize((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return jpeg(small, THUMBNAIL_BYTES)


def _light(image: Image.Image) -> bytes:
    """A cover within what apps take: made smaller where only a coarse quality would do at its size."""
    for pixels in (image.width, 2400, 1900):
        if MIN_SIDE < pixels <= image.width:
            smaller = image.resize((pixels, pixels), Image.Resampling.LANCZOS)
            if len(_encoded(smaller, _FAIR_QUALITY)) <= COVER_BYTES:
                return jpeg(smaller)
    return jpeg(image.resize((MIN_SIDE, MIN_SIDE), Image.Resampling.LANCZOS))


def small_cover(cover: bytes, side: int = MIN_SIDE) -> bytes:
    """A smaller copy of a cover, of at most 200 kB, to embed in audio files.

    Args:
        cover: a JPEG, as :func:`read_cover` or a drawn cover gives it.
        side: its width and height, in pixels; an image that cannot be made small enough is reduced further.
    """
    with Image.open(io.BytesIO(cover)) as image:
        whole = image.convert("RGB")
    encoded = b""
    for smaller in (side, side * 5 // 7, side // 2, side * 2 // 7):
        encoded = jpeg(whole.resize((smaller, smaller), Image.Resampling.LANCZOS), EMBEDDED_BYTES)
        if len(encoded) <= EMBEDDED_BYTES:
            break
    return encoded


def read_cover(path: Path) -> bytes:
    """A given cover as an RGB JPEG in sRGB, without transparency or metadata.

    Args:
        path: a square JPEG or PNG of 1400 to 3000 pixels.

    Raises:
        PublishError: if it is none, or is not such an image.
    """
    try:
        stream = open_regular(path)
    except FileNotFoundError as error:
        raise PublishError(f"L'image « {path} » n'existe pas : corrigez son nom, ou retirez-le.") from error
    except UnusableFileError as error:
        raise PublishError(
            f"L'image « {path} » ne peut pas être lue ({error.reason}) : donnez-en une autre."
        ) from error
    with stream:
        return _read_cover(path, stream)


def _read_cover(path: Path, stream: BinaryIO) -> bytes:
    try:
        if os.fstat(stream.fileno()).st_size > _FILE_BYTES:
            raise PublishError(f"L'image « {path} » dépasse 30 Mo : enregistrez-la en JPEG de 3000 × 3000 pixels.")
        with warnings.catch_warnings():
            # an enormous image is refused by its size below, in French
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(stream, formats=("JPEG", "PNG"))
        with opened as image:
            _check_side(path, image)
            return _light(_plain(image))
    except UnidentifiedImageError as error:
        raise PublishError(f"« {path} » n'est pas une image JPEG ou PNG : donnez-en une autre.") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PublishError(f"L'image « {path} » ne peut pas être lue ({error}) : donnez-en une autre.") from error


def _check_side(path: Path, image: Image.Image) -> None:
    width, height = image.size
    if width != height or not MIN_SIDE <= width <= MAX_SIDE:
        raise PublishError(
            f"L'image « {path} » fait {width} × {height} pixels : il la faut carrée, de {MIN_SIDE} à {MAX_SIDE} pixels."
        )


def _plain(image: Image.Image) -> Image.Image:
    """Upright, in sRGB, on white where it was transparent."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = upright.point(lambda level: level / 256).convert("L")
    upright = _in_srgb(upright)
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        upright = Image.alpha_composite(ground, clear)
    # a fresh image has no metadata to carry over
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    """The same colours in sRGB, where the image names another colour space that can be understood."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image
