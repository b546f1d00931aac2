"""The stamp at the end of a feed, by which a feed that somebody changed where it is online is told from our own."""

from __future__ import annotations

import hashlib

from bobine.publish.feed.online_items import parse_feed
from bobine.publish.memory.prints import STAMP


def stamped(content: bytes) -> bytes:
    """A feed with its stamp, a comment after its last element; what is no XML document is left as it is."""
    bare = STAMP.sub(b"", content)
    return bare + f"<!-- bobine {_digest(bare)} -->\n".encode() if bare.startswith(b"<?xml") else content


def stamped_like(content: bytes, before: bytes) -> bytes:
    """A changed feed with its stamp, unless the one that it was made of had been changed by somebody else already."""
    return content if is_of_others(before) else stamped(content)


def is_of_others(content: bytes) -> bool:
    """Whether a feed is not as Bobine wrote it: its stamp is wrong, or it is a feed and has none."""
    found = STAMP.search(content)
    if found is not None:
        return _digest(content[: found.start()]) != found[1].decode()
    document = parse_feed(content)
    return document is not None and document.find("channel") is not None


def _digest(bare: bytes) -> str:
    return hashlib.sha256(bare).hexdigest()
