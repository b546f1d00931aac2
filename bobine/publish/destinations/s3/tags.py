"""ETags: what they say of an object's content, and the form in which a condition takes them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

PART_SIZES = (5 << 20, 8 << 20)
"""Sizes in bytes of the parts in which Bobine sends, or once sent, large files."""

_MD5 = re.compile(r"([0-9a-f]{32})(?:-([0-9]{1,5}))?", re.ASCII)


def plain_tag(tag: str) -> str:
    """An ETag as a condition takes it.

    ``If-Match`` never matches a weak one (RFC 9110, 13.1.1), which servers make of a strong one where they compress or
    pass an answer on; some add the encoding's name inside the quotes.
    """
    strong = tag.removeprefix("W/").removeprefix("w/")
    return re.sub(r'(?:--?|;)(?:gzip|br|zstd|deflate)("?)\Z', r"\1", strong)


def bare_tag(tag: str) -> str:
    """An ETag without its quotes, by which a listing and an answer can be compared."""
    return plain_tag(tag).strip('"')


def is_tag_of(tag: str, source: Path) -> bool:
    """Whether an ETag is the MD5 of a file, or the MD5 of its parts' MD5s; False too where the store makes others.

    Args:
        tag: the ETag, in its quotes or not.
        source: the file.
    """
    found = _MD5.fullmatch(bare_tag(tag).lower())
    if found is None:
        return False
    if found[2] is None:
        return found[1] == _md5_of_parts(source, None)
    return any(f"{found[1]}-{found[2]}" == _md5_of_parts(source, size) for size in PART_SIZES)


def _md5_of_parts(source: Path, size: int | None) -> str:
    """The ETag that S3 gives a file sent in parts of a size in bytes; in one piece where that is None."""
    with source.open("rb") as stream:
        if size is None:
            return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        parts = [md5(part).digest() for part in iter(lambda: stream.read(size), b"")]
    return f"{md5(b''.join(parts)).hexdigest()}-{len(parts)}"


def md5(content: bytes) -> hashlib._Hash:
    """The MD5 of bytes, of which S3 makes its ETags."""
    return hashlib.md5(content, usedforsecurity=False)
