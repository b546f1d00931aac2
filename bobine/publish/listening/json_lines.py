"""Lines of JSON logs: Caddy's own, and nginx's with ``escape=json`` and the names of its variables. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bobine.publish.listening.instants import parse_instant
from bobine.publish.listening.requests import Request
from bobine.publish.listening.text_lines import path_of
from bobine.store.codec.json_text import read_json

_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) ([^ ]+)(?: HTTP/[0-9.]+)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_PURPOSES = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_PRELOADS = ("prefetch", "prerender", "preview")


def parse_json(line: str) -> Request | None:
    """The request of a line of Caddy's or nginx's JSON; None for any other line."""
    try:
        document = read_json(line, distinct=False)
        if not isinstance(document, dict):
            return None
        return _caddy(document) if isinstance(document.get("request"), dict) else _nginx(document)
    except (ValueError, RecursionError):
        return None


def _caddy(document: Mapping[str, Any]) -> Request | None:
    asked = document["request"]
    headers = asked.get("headers")
    headers = {} if not isinstance(headers, dict) else {str(name).lower(): value for name, value in headers.items()}
    return Request(
        at=parse_instant(_text(document.get("ts"))),
        address=_text(asked.get("client_ip") or asked.get("remote_ip") or asked.get("remote_addr")),
        agent=_first(headers.get("user-agent")),
        method=_text(asked.get("method")),
        path=path_of(_text(asked.get("uri"))),
        status=_whole(document.get("status")),
        sent=_whole(document.get("size")),
        asked=_first(headers.get("range")),
        is_preload=any(_is_preload(_first(headers.get(name))) for name in _PURPOSES),
        id=_first(document.get("uuid")),
    )


def _nginx(document: Mapping[str, Any]) -> Request | None:
    line = _REQUEST_LINE.fullmatch(_text(document.get("request"))) if "request" in document else None
    method = line[1] if line is not None else _text(_one(document, "request_method", "method"))
    target = line[2] if line is not None else _text(_one(document, "request_uri", "uri", "path"))
    return Request(
        at=parse_instant(
            _text(_one(document, "time_iso8601", "msec", "time_local", "time", "timestamp", "@timestamp"))
        ),
        address=_text(_one(document, "remote_addr", "remote_ip", "client_ip")),
        agent=_agent(document),
        method=method,
        path=path_of(target),
        status=_whole(document.get("status")),
        sent=_whole(_one(document, "body_bytes_sent", "bytes_sent")),
        asked=_asked(document),
        is_preload=any(_is_preload(_first(document.get(f"http_{name.replace('-', '_')}"))) for name in _PURPOSES),
        id=_first(document.get("request_id")),
    )


def _one(document: Mapping[str, Any], *names: str) -> object:
    return next((document[name] for name in names if document.get(name) not in (None, "")), None)


def _agent(document: Mapping[str, Any]) -> str:
    agent = _first(_one(document, "http_user_agent", "user_agent", "agent"))
    return "" if agent == "-" else agent


def _asked(document: Mapping[str, Any]) -> str:
    asked = _first(_one(document, "http_range", "range"))
    return "" if asked == "-" else asked


def _is_preload(purpose: str) -> bool:
    return any(word in purpose.lower() for word in _PRELOADS)


def _text(value: object) -> str:
    """A text, or a number as text.

    Raises:
        ValueError: if it is anything else, or empty.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        raise ValueError(value)
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def _first(value: object) -> str:
    """A text, or the first of a list of texts; empty for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    text = _text(value)
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)
