"""A request of an access log, whatever the log's format. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, as a server logged it.

    Attributes:
        at: when; aware.
        address: where it came from, as it is written there: an IP address.
        agent: the ``User-Agent`` header; empty for none.
        method: of HTTP, in capitals.
        path: the path that was asked for, without its query, percent signs decoded.
        status: of the answer.
        sent: bytes that were sent, 0 or more.
        asked: the ``Range`` header, where the log has it; empty for none.
        is_preload: whether the client said that nobody pressed play (``Sec-Purpose``, ``Purpose``).
        is_own: whether it was signed with the bucket's keys: the publisher's own, looking at what it sent.
        id: the server's own random name for it, where it gives one.
    """

    at: datetime
    address: str
    agent: str
    method: str
    path: str
    status: int
    sent: int
    asked: str = ""
    is_preload: bool = False
    is_own: bool = False
    id: str = ""
