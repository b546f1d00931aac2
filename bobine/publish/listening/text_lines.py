"""Lines of the S3 server access log format and of the Combined Log Format (Apache, nginx). Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bobine.publish.listening.instants import parse_instant
from bobine.publish.listening.requests import Request

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_COMBINED = re.compile(
    rf"(?:[^ \"\[]+ )?([0-9A-Fa-f.:]+) [^ ]+ (?:[^\[]{{0,200}} )?\[([^\]]{{1,40}})\] {_QUOTED} (\d{{3}}) (\d{{1,15}}|-)"
    rf"(?: {_QUOTED} {_QUOTED})?(?: .*)?",
    re.ASCII,
)
"""Apache's, also with the virtual host before it: address, time, request line, status, bytes, referrer, agent."""

_S3 = re.compile(
    r"[^ ]+ [^ ]+ \[([^\]]{1,40})\] ([^ ]+) ([^ ]+) ([^ ]+) ([A-Z]+\.[A-Z_.]+) ([^ ]+) "
    rf"(?:{_QUOTED}|-) (\d{{3}}|-) [^ ]+ (\d{{1,15}}|-) (?:\d+|-) (?:\d+|-) (?:\d+|-) (?:{_QUOTED}|-) (?:{_QUOTED}|-)"
    r"(?: .*)?",
    re.ASCII,
)
"""S3's: time, address, requester, request's id, operation, key, request line, status, bytes, referrer, agent."""

_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) ([^ ]+)(?: HTTP/[0-9.]+)?", re.ASCII)
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))")


def parse_combined(line: str) -> Request | None:
    """The request of a line of the Combined or the Common Log Format; None for any other line."""
    found = _COMBINED.fullmatch(line)
    if found is None:
        return None
    address, at, asked, status, sent, _, agent = found.groups()
    return _request(at, address, asked, status, sent, agent)


def parse_s3(line: str) -> Request | None:
    """The request of a line of a bucket's access log; None for any other line.

    What others than listeners do to the bucket (uploads, listings) has other methods, or was signed.
    """
    found = _S3.fullmatch(line)
    if found is None:
        return None
    at, address, requester, name, operation, _, asked, status, sent, _, agent = found.groups()
    if asked is None or not operation.endswith("GET.OBJECT"):
        asked = f"{operation.split('.')[1]} /{found[6]}"
    return _request(at, address, asked, status, sent, agent, is_own=requester != "-", name=name)


def path_of(target: str) -> str:
    """The path of a request's target, without its query, percent signs decoded."""
    return unquote(target.partition("?")[0], errors="replace")


def _request(
    at: str,
    address: str,
    asked: str,
    status: str,
    sent: str,
    agent: str | None,
    *,
    is_own: bool = False,
    name: str = "",
) -> Request | None:
    line = _REQUEST_LINE.fullmatch(asked)
    if line is None or status == "-":
        return None
    try:
        moment = parse_instant(at)
    except ValueError:
        return None
    return Request(
        at=moment,
        address=address,
        agent="" if agent in (None, "-") else _ESCAPED.sub(_unescaped, agent or ""),
        method=line[1],
        path=path_of(line[2]),
        status=int(status),
        sent=0 if sent == "-" else int(sent),
        is_own=is_own,
        id=name,
    )


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]
