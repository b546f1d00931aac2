"""A TCP proxy on the loopback in the place of a weak uplink: it lets so many bytes a second up, and may be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

_CHUNK = 16 << 10


class WeakLine:
    """A line shared by all the connections that go through it.

    Attributes:
        rate: bytes a second that go up.
        sent: bytes that went up so far.
        cut_at: when so many bytes went up, every connection is reset, once; None for never.
        cuts: how often that happened.
        is_down: whether new connections are refused (they are reset).
    """

    def __init__(self, upstream: str, rate: float) -> None:
        self.rate = rate
        self.sent = 0
        self.cut_at: int | None = None
        self.cuts = 0
        self.is_down = False
        self._target = urlsplit(upstream)
        self._lock = threading.Lock()
        self._free_at = time.monotonic()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * _CHUNK)  # what is accepted inherits it
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        for one in list(self._open):
            _reset(one)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.is_down:
                _reset(client)
                continue
            server = socket.create_connection((self._target.hostname or "", self._target.port or 80))
            self._open |= {client, server}
            threading.Thread(target=self._carry, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_up: bool) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(_CHUNK):
                if is_up:
                    self._wait_for_room(len(chunk))
                sink.sendall(chunk)
        for one in (source, sink):
            self._open.discard(one)
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _wait_for_room(self, count: int) -> None:
        """One bucket of tokens for all connections: they share what the line takes."""
        with self._lock:
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + count / self.rate
            delay = self._free_at - now
            self.sent += count
            is_cut = self.cut_at is not None and self.sent >= self.cut_at
            if is_cut:
                self.cut_at = None
                self.cuts += 1
        if is_cut:
            self.cut()
        time.sleep(delay)


def _reset(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def weak_line(upstream: str, rate: float) -> Iterator[WeakLine]:
    """A weak line to a server.

    Args:
        upstream: the server's address.
        rate: bytes a second that go up.
    """
    line = WeakLine(upstream, rate)
    try:
        yield line
    finally:
        line.close()
