"""Checks that the public addresses no longer serve what was deleted or withdrawn."""

from __future__ import annotations

import urllib3

from bobine.publish.destinations.public_probe import pool_for

_TIMEOUT = urllib3.Timeout(connect=5, read=15)
_NO_COPY = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "bobine"}


def status_of(address: str) -> int:
    """The status that an address answers HEAD with; 0 where nothing answers, which says nothing of what is there."""
    try:
        with pool_for(address) as pool:
            answer = pool.request("HEAD", address, headers=_NO_COPY, retries=False, timeout=_TIMEOUT)
            if answer.status == 405:
                answer = pool.request("GET", address, headers=_NO_COPY | {"Range": "bytes=0-0"}, retries=False,
                                      timeout=_TIMEOUT, preload_content=False)  # fmt: skip
                answer.close()
            return answer.status
    except (urllib3.exceptions.HTTPError, ValueError):
        return 0


def content_of(address: str, most: int) -> bytes | None:
    """The content at an address; None if it cannot be fetched.

    Args:
        address: a public URL.
        most: bytes that are read at most.
    """
    try:
        with pool_for(address) as pool:
            answer = pool.request("GET", address, headers=_NO_COPY, timeout=_TIMEOUT, preload_content=False)
            content: bytes = answer.read(most, decode_content=True)
            answer.close()
            return content if answer.status == 200 else None
    except (urllib3.exceptions.HTTPError, ValueError):
        return None
