"""The limits of the local server: connections in all and by address, and how long each may keep it waiting."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

_SPARED = 64
"""Open files that the program keeps for everything else."""

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: 33\r\n\r\n"
    b"Trop de connexions a la fois ici.\n"
)[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits on connections.

    Attributes:
        connections: how many there may be at once.
        per_address: how many of them from one address.
        request_s: how long a client may take over the head of a request, in seconds, and over its body.
        stalled_s: how long it may take nothing of what is sent to it, in seconds.
        idle_s: how long a connection is kept between two requests, in seconds.
    """

    connections: int = 128
    per_address: int = 24
    request_s: float = 10
    stalled_s: float = 60
    idle_s: int = 5

    def fitted(self) -> Limits:
        """The same with no more connections than this process may have files open: one each, and one that it sends."""
        room = max(8, (_open_files() - _SPARED) // 2)
        return Limits(
            connections=min(self.connections, room),
            per_address=min(self.per_address, room),
            request_s=self.request_s,
            stalled_s=self.stalled_s,
            idle_s=self.idle_s,
        )


@dataclass(slots=True)
class _Crowd:
    """The connections that are open now, by address."""

    addresses: Counter[str] = field(default_factory=Counter)

    def takes(self, address: str, limits: Limits) -> bool:
        """Count one more, if there is room for it."""
        if self.addresses.total() >= limits.connections or self.addresses[address] >= limits.per_address:
            return False
        self.addresses[address] += 1
        return True

    def leaves(self, address: str) -> None:
        """Count one less."""
        self.addresses[address] -= 1
        if self.addresses[address] <= 0:
            del self.addresses[address]


def protocol_within(limits: Limits) -> type[asyncio.Protocol]:
    """The HTTP protocol that keeps to limits; its connections are counted together."""
    crowd = _Crowd()

    class Limited(_Limited):
        LIMITS = limits
        CROWD = crowd

    return Limited


class _Limited(H11Protocol):
    """A connection that is closed when its client takes too long: whatever it sends meanwhile, byte by byte."""

    LIMITS: Limits
    CROWD: _Crowd

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any], **options: Any) -> None:
        super().__init__(config, server_state, app_state, **options)
        self._address: str | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) and peer else ""
        super().connection_made(transport)
        if self.CROWD.takes(address, self.LIMITS):
            self._address = address
            self._wait_for_request()
        else:
            transport.pause_reading()
            transport.write(_BUSY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._address is not None:
            self.CROWD.leaves(self._address)
            self._address = None
        self._patience = _stopped(self._patience)
        self._stalled = _stopped(self._stalled)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._patience is None and not self._is_answering():
            self._wait_for_request()
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        if self._is_answering() and not self.cycle.more_body:  # a request came whole
            self._patience = _stopped(self._patience)

    def on_response_complete(self) -> None:
        cycle = self.cycle
        super().on_response_complete()
        if cycle is self.cycle and cycle.more_body:
            self.transport.close()  # the rest of a request that was answered is not waited for
        self._end_soon()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._end_soon()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _end_soon(self) -> None:
        """A connection that is being closed waits for its client to take what was sent, but not for ever."""
        if self.transport.is_closing() and self._stalled is None:
            self._stalled = self.loop.call_later(self.LIMITS.stalled_s, self._abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.LIMITS.stalled_s, self._abort)

    def resume_writing(self) -> None:
        self._stalled = _stopped(self._stalled)
        super().resume_writing()

    def _wait_for_request(self) -> None:
        self._patience = _stopped(self._patience)
        self._patience = self.loop.call_later(self.LIMITS.request_s, self._abort)

    def _abort(self) -> None:
        self._patience = self._stalled = None
        self.transport.abort()


def _stopped(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer any more."""
    if timer is not None:
        timer.cancel()
    return None


def _open_files() -> int:
    """The number of files this process may have open; 256 where the system does not say, as macOS begins with."""
    if os.name == "nt":
        return 256
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 4096
