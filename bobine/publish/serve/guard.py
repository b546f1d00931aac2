"""The checks before every answer of the local server: who may ask, from where, and the headers all answers have."""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?P<name>{_NAME}(?:\.{_NAME})*|\[[0-9A-Fa-f:.]{{2,45}}\])(?::(?P<port>[0-9]{{1,5}}))?", re.ASCII)
_EVERY_ANSWER = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
_SHARED = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified",
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "Range, If-Range, If-None-Match, If-Modified-Since, Cache-Control",
    "access-control-max-age": "86400",
}


def is_host(text: str) -> bool:
    """Whether text is a ``Host`` header to build addresses from: a name or an IP address, and perhaps a port."""
    found = _HOST.fullmatch(text) if len(text) <= 255 else None
    if found is None or int(found["port"] or 0) > 65535:
        return False
    if not found["name"].startswith("["):
        return True
    try:
        ipaddress.IPv6Address(found["name"][1:-1])
    except ValueError:
        return False
    return True


class Guard:
    """Middleware: refuses a malformed ``Host``, adds the headers that every answer has.

    Args:
        app: what answers.
        shared: pages of other sites may read the answers, as web players do; their preflights (CORS) are answered.
    """

    def __init__(self, app: ASGIApp, *, shared: bool = False) -> None:
        self._app = app
        self._shared = shared
        self._headers = {**_EVERY_ANSWER, **(_SHARED if shared else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (the ASGI protocol)."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        answer = self._app
        if scope["type"] == "http":
            hosts = Headers(scope=scope).getlist("host")
            if len(hosts) != 1 or not is_host(hosts[0]):
                answer = PlainTextResponse("Requête refusée : l'en-tête Host n'est pas une adresse.\n", 400)
            elif scope["method"] == "OPTIONS" and self._shared:
                answer = Response(status_code=204, headers=_PREFLIGHT)
        await answer(scope, receive, send_with_headers)
