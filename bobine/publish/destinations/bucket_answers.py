"""Checks that an answer really comes from an S3-compatible store: anything may answer at a network address."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bobine.publish.destinations.s3.tags import plain_tag
from bobine.publish.destinations.store import StoredObject

_PAGES = ("text/html", "application/xhtml")


def checked(answer: Any, key: str = "") -> Any:
    """The same answer to GET, HEAD or PUT of an object.

    Args:
        answer: what the client gave.
        key: the object that was asked for; where its name says that it is a web page, it may be one. Whoever answers
            in the store's place is found out when the page is replaced: the answer to PUT is never one.

    Raises:
        ValueError: if it is a web page that nobody asked for, or names no version of the object.
    """
    is_page = str(answer.get("ContentType", "")).lower().startswith(_PAGES) or _is_page(answer)
    if not answer.get("ETag") or (is_page and not key.endswith(".html")):
        raise ValueError("no answer of a store")
    return answer


def checked_deletion(answer: Any) -> Any:
    """The same answer to DELETE of an object, which has neither content nor version.

    Raises:
        ValueError: if it is a web page.
    """
    if _is_page(answer):
        raise ValueError("no answer of a store")
    return answer


def checked_page(answer: Any) -> Any:
    """The same page of a listing: an answer that lists nothing must say that it is a listing.

    Raises:
        ValueError: if it is something else.
    """
    if not ({"IsTruncated", "KeyCount", "Contents"} & set(answer)) or "Name" not in answer or _is_page(answer):
        raise ValueError("no listing")
    return answer


def described(key: str, answer: Any) -> StoredObject:
    """An object as the checked answer to GET or HEAD describes it."""
    return StoredObject(
        key=key,
        media_type=answer.get("ContentType", "").partition(";")[0].strip(),
        bytes=answer["ContentLength"],
        version=plain_tag(answer["ETag"]),
        sha256=answer.get("Metadata", {}).get("sha256", ""),
    )


def clock_of(answer: Any) -> timedelta | None:
    """The lead of the store's clock over this machine's, by an answer's ``Date``; None where it has none."""
    try:
        then = parsedate_to_datetime(_headers(answer)["date"]).timestamp()
    except (LookupError, TypeError, ValueError, OverflowError):
        return None
    return timedelta(seconds=then - time.time())


def _is_page(answer: Any) -> bool:
    return str(_headers(answer).get("content-type", "")).lower().startswith(_PAGES)


def _headers(answer: Any) -> Mapping[str, str]:
    headers: Mapping[str, str] = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return headers
