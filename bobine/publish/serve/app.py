"""The local folder over HTTP: ranges, ETag, right types, and feeds that name the address they were asked at."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bobine.errors import PublishError
from bobine.publish.layout import IMMUTABLE, feed_key, show_page_key
from bobine.publish.media_types import FEED, media_type
from bobine.publish.pages.keys import is_immutable
from bobine.publish.pages.show_page import qr_code
from bobine.publish.pages.templating import FRAME_POLICY, INDEX_POLICY
from bobine.publish.serve.guard import Guard
from bobine.publish.serve.index_page import index_page
from bobine.publish.serve.limits import Limits, protocol_within
from bobine.publish.serve.log import quiet
from bobine.publish.serve.shelf import Shelf

_BACKLOG = 16
"""Connections that wait to be taken. The event loop takes them all before it looks at any: few, so that open files
cannot run out before the limits are held."""


def create_app(folder: Path, public_url: str) -> Starlette:
    """The application that serves a destination's folder.

    Feeds are written for ``public_url``; each client gets them with the address that it used in its place, so that a
    phone on the local network finds the files. Nothing is served but the feeds, the pages, and what feeds or records
    name.

    Args:
        folder: the destination's folder; it may not exist yet.
        public_url: where the feeds there say that its root is; ends with ``/``.
    """
    published = _Published(Shelf(folder, public_url))
    return Starlette(
        routes=[
            Route("/", published.index),
            Route("/{slug}/feed.xml", published.feed),
            Route("/{slug}/qr.svg", published.qr),
            Route("/{slug}/feed-{page:int}.xml", published.feed),
            Route("/{key:path}", published.file),
        ],
        middleware=[Middleware(Guard, shared=True)],
        exception_handlers={404: _not_found, 410: _gone, OSError: _unreadable, RuntimeError: _unreadable},
    )


def serve(
    app: Starlette,
    host: str,
    port: int,
    on_ready: Callable[[int], None] = lambda _port: None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> None:
    """Serve until Ctrl-C.

    Args:
        app: the application.
        host: the local address to listen on: ``127.0.0.1`` for this machine only, ``0.0.0.0`` for the network.
        port: 1 to 65535, or 0 for any free one.
        on_ready: told the port once it listens.
        limits: what connections may take.

    Raises:
        PublishError: if the address or the port cannot be had.
        KeyboardInterrupt: on Ctrl-C, once connections are closed.
    """
    limits = limits.fitted()
    config = uvicorn.Config(
        app,
        http=protocol_within(limits),
        ws="none",
        log_config=None,
        access_log=False,
        backlog=_BACKLOG,
        timeout_keep_alive=limits.idle_s,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    quiet()
    with _listening(host, port) as listener:
        on_ready(listener.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listener])


def lan_address() -> str:
    """This machine's address on the local network, or the loopback's where there is no network. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: only the route is looked up
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # elsewhere the option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PublishError(_why_not_listening(error, host, port)) from error
    return listener


def _why_not_listening(error: Exception, host: str, port: int) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return f"Le port {port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port."
        case errno.EACCES:
            return f"Le port {port} est réservé au système : choisissez-en un au-dessus de 1023."
        case errno.EADDRNOTAVAIL:
            return f"« {host} » n'est pas une adresse de cet ordinateur : choisissez-en une autre."
        case _:
            return f"Impossible d'écouter sur {host}, port {port} : choisissez un port de 1024 à 65535."


class _Published:
    """The folder's files, as the routes answer for them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def index(self, request: Request) -> Response:
        """A page that lists the feeds."""
        base = _base(request)
        feeds = {slug: found[0] for slug in self._shelf.slugs() if (found := self._feed_for(slug, base)) is not None}
        pages = {slug for slug in feeds if self._shelf.page(show_page_key(slug)) is not None}
        page = index_page(feeds, base, pages)
        return HTMLResponse(page, headers={"cache-control": "no-cache", "content-security-policy": INDEX_POLICY})

    def feed(self, request: Request) -> Response:
        """A feed, with this server's address in the place of the destination's."""
        found = self._feed_for(request.path_params["slug"], _base(request), request.path_params.get("page", 1))
        if found is None:
            raise HTTPException(404)
        content, changed = found
        headers = {
            "cache-control": "no-cache",
            "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "last-modified": formatdate(changed, usegmt=True),
            "vary": "Host",
        }
        if _is_fresh(request.headers, headers):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=f"{FEED}; charset=utf-8")

    def qr(self, request: Request) -> Response:
        """The QR code of a feed's address here: a phone on the local network must find it."""
        slug = request.path_params["slug"]
        if self._shelf.feed(slug) is None:
            raise HTTPException(404)
        code = qr_code(_base(request) + feed_key(slug))
        return Response(code, headers={"cache-control": "no-cache"}, media_type=media_type("qr.svg"))

    def _page(self, request: Request, key: str) -> Response | None:
        """A page, with this server's address in the place of the destination's; None if there is none."""
        found = self._shelf.page(key)
        if found is None:
            return None
        content = self._shelf.rewritten(found[0], _base(request))
        framed = key.endswith("/embed.html")
        headers = {
            "cache-control": IMMUTABLE if is_immutable(key) else "no-cache",
            "content-security-policy": FRAME_POLICY[framed],
            "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "last-modified": formatdate(found[1], usegmt=True),
            "vary": "Host",
        }
        if _is_fresh(request.headers, headers):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=media_type(key))

    def file(self, request: Request) -> Response:
        """A file that a feed or a record names, whole or by ranges."""
        key = request.path_params["key"]
        if key.endswith("/") or not key.rpartition("/")[2].count("."):
            key = f"{key.rstrip('/')}/index.html"
            if self._shelf.page(key) is not None:
                return RedirectResponse(f"/{key}")
        page = self._page(request, key)
        if page is not None:
            return page
        path = self._shelf.path(request.path_params["key"])
        if path is None:
            raise HTTPException(410 if self._shelf.is_gone(request.path_params["key"]) else 404)
        response = FileResponse(
            path,
            media_type=media_type(request.path_params["key"]),
            headers={"cache-control": IMMUTABLE},
            stat_result=path.stat(),
        )
        if _is_fresh(request.headers, response.headers):
            kept = {name: response.headers[name] for name in ("cache-control", "etag", "last-modified")}
            return Response(status_code=304, headers=kept)
        return response

    def _feed_for(self, slug: str, base: str, page: int = 1) -> tuple[bytes, float] | None:
        """The bytes of a feed's page for the clients of one address, and when its file changed (Unix seconds)."""
        found = self._shelf.feed(slug, page)
        return None if found is None else (self._shelf.rewritten(found[0], base), found[1])


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host']}/"


def _is_fresh(asked: Headers, answer: dict[str, str] | MutableHeaders) -> bool:
    """Whether the client's copy is still the one that would be sent (RFC 9110, 13.2.2)."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or answer["etag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
        return parsedate_to_datetime(answer["last-modified"]) <= since
    except (TypeError, ValueError):  # no date, or one that is not a date or has no zone: as if it had not been sent
        return False


async def _not_found(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Il n'y a rien à cette adresse.\n", 404)


async def _gone(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Cette émission a été retirée.\n", 410)


async def _unreadable(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Ce fichier ne peut pas être lu.\n", 503)
