"""Asking for what a feed names as a listener does: http and https only, few redirections, bounded in size and time.

An address on the Internet may not lead into this machine or the local network: whoever writes a feed, or a
redirection in front of one, does not choose what is asked of here.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from bobine.errors import PublishError
from bobine.publish.check.rules.finding import quoted
from bobine.publish.check.rules.looking import is_address, parsed

MAX_REDIRECTIONS = 5
"""Redirections that are followed, as podcast apps do."""

LIMIT_S = 60.0
"""Longest time that one request may take, in seconds, whatever trickles in."""

ORIGIN = "https://lecteur.example"
"""The origin of a web page that would play the podcast: any other than the feed's own."""

_TIMEOUT = urllib3.Timeout(connect=5, read=15)
_CHUNK = 65_536
_REDIRECTIONS = (301, 302, 303, 307, 308)


class UnreachableError(PublishError):
    """An address that gave no answer, or that may not be asked; its sentence is a French clause without full stop."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        address: where it came from, after redirections.
        status: the HTTP status.
        headers: its headers, names in lower case.
        body: its content, as far as it was read.
        is_whole: whether the content ended there.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool

    @property
    def media_type(self) -> str:
        """The media type, in lower case, without its parameters; empty if there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def is_open_to(self, origin: str) -> bool:
        """Whether a web page of that origin may read it (CORS)."""
        return self.headers.get("access-control-allow-origin", "") in ("*", origin)


def is_at_home(address: str) -> bool:
    """Whether an address is of this machine or of the local network: nobody was misled who typed it."""
    host = parsed(address).hostname or ""
    if _is_literally_inside(host):
        return True
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(_is_inside(str(entry[4][0])) for entry in found)


def _is_literally_inside(host: str) -> bool:
    return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or _is_inside(host)


def _is_inside(host: str) -> bool:
    """Whether text is an IP address that is not of the Internet; False for names."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


_Read = Callable[[Answer, Iterator[bytes]], tuple[bytes, bool]]
"""Reads the content of an answer: gives what is kept of it, and whether it ended there."""


class Listener:
    """A client that asks as a listener's app does.

    Args:
        at_home: addresses of this machine and of the local network may be asked too.
        limit_s: longest time of one request, in seconds.
        most_redirections: how many are followed.
    """

    def __init__(self, *, at_home: bool, limit_s: float = LIMIT_S, most_redirections: int = MAX_REDIRECTIONS) -> None:
        self._at_home = at_home
        self._limit_s = limit_s
        self._most_redirections = most_redirections
        self._sockets: list[socket.socket] = []

    def ask(
        self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, most_bytes: int = _CHUNK
    ) -> Answer:
        """Ask for an address.

        Args:
            address: what is asked for.
            method: ``GET`` or ``HEAD``.
            headers: further headers.
            most_bytes: how much of the content is read.

        Raises:
            UnreachableError: if no answer comes, or the address or a redirection may not be asked.
        """

        def read(_answer: Answer, chunks: Iterator[bytes]) -> tuple[bytes, bool]:
            return _read(chunks, most_bytes)

        return self._followed(address, method, headers or {}, read)

    def receive(
        self, address: str, headers: Mapping[str, str], take: Callable[[Answer, Iterator[bytes]], None]
    ) -> Answer:
        """Ask for an address, and hand on its content as it comes.

        Args:
            address: what is asked for.
            headers: further headers.
            take: given the answer without its content, and the pieces of that; it need not take them all. Its
                ``OSError`` would be told as the network's.

        Raises:
            UnreachableError: if no whole answer comes, or the address or a redirection may not be asked.
        """

        def read(answer: Answer, chunks: Iterator[bytes]) -> tuple[bytes, bool]:
            take(answer, chunks)
            return b"", True

        return self._followed(address, "GET", headers, read)

    def _followed(self, address: str, method: str, headers: Mapping[str, str], read: _Read) -> Answer:
        sent = {"User-Agent": "bobine", "Accept-Encoding": "identity", **headers}
        for _ in range(self._most_redirections + 1):
            answer = self._once(address, method, sent, read)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTIONS or not target:
                return answer
            try:
                address = urljoin(address, target)
            except ValueError as error:
                raise UnreachableError(f"l'adresse renvoie vers {quoted(target)}, qui n'est pas une adresse") from error
        raise UnreachableError(f"il y a plus de {self._most_redirections} redirections")

    def _once(self, address: str, method: str, headers: Mapping[str, str], read: _Read) -> Answer:
        if not is_address(address):
            raise UnreachableError("ce n'est pas une adresse http ou https")
        if not self._at_home and _is_literally_inside(urlsplit(address).hostname or ""):
            raise UnreachableError("l'adresse mène à une machine du réseau local")
        try:
            with self._pool(address) as pool, self._in_time():
                answer = pool.request(
                    method, address, headers=dict(headers), redirect=False, retries=False, timeout=_TIMEOUT,
                    preload_content=False,
                )  # fmt: skip
                found = {name.lower(): value for name, value in answer.headers.items()}
                head = Answer(address, answer.status, found, b"", is_whole=False)
                leads_on = answer.status in _REDIRECTIONS and "location" in found
                body, is_whole = (b"", False) if leads_on else read(head, answer.stream(_CHUNK))
                answer.close()
        except UnreachableError:
            raise
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise UnreachableError(f"l'adresse est injoignable ({type(error).__name__})") from error
        return Answer(address, answer.status, found, body, is_whole)

    @contextlib.contextmanager
    def _in_time(self) -> Iterator[None]:
        """Cut the connection when the time is over: a timeout of each read would let an answer trickle for ever."""
        over = threading.Event()

        def cut() -> None:
            over.set()
            for opened in self._sockets:
                with contextlib.suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(self._limit_s, cut)
        timer.daemon = True
        self._sockets = []
        timer.start()
        late = UnreachableError(f"l'adresse n'a pas fini de répondre en {self._limit_s:.0f} s")
        try:
            yield
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if over.is_set():
                raise late from error
            raise
        finally:
            timer.cancel()
        if over.is_set():  # a cut answer may pass for a short one
            raise late

    def _pool(self, address: str) -> urllib3.PoolManager:
        parts = urlsplit(address)
        proxy = urllib.request.getproxies().get(parts.scheme)
        if proxy and not urllib.request.proxy_bypass(parts.hostname or ""):
            return urllib3.ProxyManager(proxy)
        manager = urllib3.PoolManager()
        manager.pool_classes_by_scheme = _pools(self._opened)
        return manager

    def _opened(self, opened: socket.socket) -> None:
        """Look where a connection really leads: a name may be given another address between two questions."""
        self._sockets.append(opened)
        if not self._at_home and _is_inside(str(opened.getpeername()[0])):
            raise UnreachableError("l'adresse mène à une machine du réseau local")


def _pools(opened: Callable[[socket.socket], None]) -> dict[str, Any]:
    """The pools of a manager whose connections are looked at before anything is asked."""

    class Plain(urllib3.connection.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            opened(self.sock)

    class Secure(urllib3.connection.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            opened(self.sock)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _read(chunks: Iterator[bytes], most_bytes: int) -> tuple[bytes, bool]:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            return bytes(body[:most_bytes]), False
    return bytes(body), True
