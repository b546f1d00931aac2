"""Files of a folder over WebDAV (RFC 4918), as Nextcloud and most servers speak it."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from urllib.parse import quote

import urllib3

from bobine.errors import PublishError
from bobine.model.destination import WebdavDestination
from bobine.publish.destinations.public_probe import pool_for
from bobine.publish.destinations.remote.files import Entry, LineCutError, OnBytes
from bobine.publish.destinations.webdav.answers import MAX_ANSWER_BYTES, WANTED, read_listing
from bobine.publish.destinations.webdav.errors import not_webdav, refusal, told_in_french

_BLOCK = 16 << 10

_CONNECT_S = 30
"""Also how long a block may take to go out."""

_ANSWER_S = 120
"""How long a server may think about what it got, in seconds; a Nextcloud looks at large files first."""

_UNSENT = 256 << 10
"""Bytes that this computer may hold back: what is told as sent is not far ahead of what arrived."""

_DRAINED = 64 << 10
"""Bytes of an answer that nobody wants and that are read all the same, so that its connection can be used again."""

_TIMEOUT = urllib3.Timeout(connect=_CONNECT_S, read=_ANSWER_S)
_RETRIES = urllib3.Retry(
    total=2, redirect=False, status=2, status_forcelist=(423, 429, 500, 502, 503, 504), allowed_methods=None,
    backoff_factor=0.5, raise_on_status=False, respect_retry_after_header=False,
)  # fmt: skip
_MAKING_WAITS_S = (0.0, 0.2, 0.5)
"""Waits before a folder is made again that was refused and is not there, in seconds."""

_MAY_PASS = frozenset({405, 423, 429, 500, 502, 503, 504})
"""Answers that may be due to another program at the same instant."""

_AGAIN = frozenset({"GET", "HEAD", "PROPFIND", "DELETE"})
"""Methods that are asked again after a failure: twice does what once does."""

_UNDONE = urllib3.Retry(
    total=2, connect=0, read=0, other=0, redirect=False, status=2, status_forcelist=(423, 429), allowed_methods=None,
    backoff_factor=0.5, raise_on_status=False, respect_retry_after_header=False,
)  # fmt: skip
"""For what is only asked again where the server says that it has done nothing: others read or write there just now."""


class WebdavFiles:
    """See ``RemoteFiles``. Folders of that protocol are called collections."""

    def __init__(self, destination: WebdavDestination) -> None:
        """Nothing is asked yet."""
        self.resumes = False
        self.tells_tags = True
        self.replaces_at_once = False  # a server must delete what a MOVE replaces before it moves (RFC 4918, 9.9.3)
        self._destination = destination
        self._pool = pool_for(destination.address)
        self._pool.connection_pool_kw["socket_options"] = [
            *urllib3.connection.HTTPConnection.default_socket_options,
            (socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT),
            (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
        ]

    def look(self, path: str) -> Entry | None:
        """A file or folder (PROPFIND)."""
        found = self._listed(path, "0", "de regarder")
        return found.get("") if found is not None else None

    def entries(self, path: str) -> list[Entry] | None:
        """The files and folders of a folder (PROPFIND)."""
        found = self._listed(path, "1", "de lister")
        return [entry for key, entry in found.items() if key and "/" not in key] if found is not None else None

    def read(self, path: str, start: int, length: int) -> bytes | None:
        """A stretch of a file (GET); a server that sends all of it is read up to there."""
        doing = f"de lire « {path} »"
        headers = {"Range": f"bytes={start}-{start + length - 1}", "Accept-Encoding": "identity"}
        with self._answer("GET", path, doing, headers) as answer:
            if answer.status == 404:
                return None
            if answer.status == 416:
                return b""
            if answer.status not in (200, 206):
                raise refusal(self._destination, doing, answer.status)
            skipped = start if answer.status == 200 else 0
            while skipped > 0:
                skipped -= len(answer.read(min(skipped, 1 << 20)) or b" " * skipped)
            content: bytes = answer.read(length)
            return content

    def send(self, path: str, source: BinaryIO, size: int, start: int, on_bytes: OnBytes) -> None:
        """Write a whole file (PUT)."""
        del start  # it never resumes
        doing = f"d'écrire « {path} »"
        headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
        with self._answer("PUT", path, doing, headers, _blocks(source, on_bytes) if size else b"") as answer:
            if answer.status not in (200, 201, 204):
                raise self._refused(doing, answer.status)

    def append_copy(self, path: str, size: int, source: str, start: int, count: int) -> bool:
        """Never: COPY takes whole files (RFC 4918, 9.8), and no part of one can be written."""
        del path, size, source, start, count
        return False

    def rename(self, path: str, target: str, *, over: bool, tag: str = "") -> bool:
        """Give another name (MOVE)."""
        doing = f"de renommer « {path} »"
        headers = {"Destination": self._at(target), "Overwrite": "T" if over else "F"}
        if tag and over and self.tells_tags:
            headers["If"] = f"<{self._at(target)}> ([{tag}])"
        with self._answer("MOVE", path, doing, headers) as answer:
            if answer.status in (404, 412):
                return False
            if answer.status not in (201, 204):
                raise refusal(self._destination, doing, answer.status)
            return True

    def make_folder(self, path: str) -> bool:
        """Make a folder (MKCOL). Another program may make it, and take it away again, in between."""
        doing = f"de créer « {path or self._destination.address} »"
        for wait_s in (*_MAKING_WAITS_S, None):
            with self._answer("MKCOL", path, doing) as answer:
                status = answer.status
            if status == 201:
                return True
            if self.look(path) is not None:  # whatever it says of one that is there: 405, 403, 423, 500 between two
                return False
            if wait_s is None or status not in _MAY_PASS:
                break
            time.sleep(wait_s)
        raise refusal(self._destination, doing, status)

    def remove(self, path: str) -> None:
        """Remove a file (DELETE)."""
        doing = f"de supprimer « {path} »"
        with self._answer("DELETE", path, doing) as answer:
            if answer.status not in (200, 202, 204, 404):
                raise refusal(self._destination, doing, answer.status)

    def remove_folder(self, path: str) -> None:
        """Remove a folder (DELETE)."""
        self.remove(path)

    def _listed(self, path: str, depth: str, doing: str) -> dict[str, Entry] | None:
        doing = f"{doing} « {path or self._destination.address} »"
        headers = {"Depth": depth, "Content-Type": "application/xml; charset=utf-8"}
        with self._answer("PROPFIND", path, doing, headers, WANTED) as answer:
            if answer.status == 404:
                return None
            if answer.status != 207:
                if answer.status == 200:
                    raise not_webdav(self._destination, doing)
                raise refusal(self._destination, doing, answer.status)
            content = answer.read(MAX_ANSWER_BYTES)
        try:
            return read_listing(content, self._at(path))
        except ValueError as error:
            raise not_webdav(self._destination, doing) from error

    def _refused(self, doing: str, status: int) -> PublishError:
        error = refusal(self._destination, doing, status)
        return LineCutError(str(error)) if status in (502, 503, 504) else error

    def _at(self, path: str) -> str:
        return self._destination.address + quote(path)

    @contextlib.contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        doing: str,
        headers: Mapping[str, str] | None = None,
        body: Iterator[bytes] | bytes | None = None,
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """One request; no redirect is followed, so that the password goes nowhere else."""
        with told_in_french(self._destination, doing):
            answer = self._pool.request(
                method,
                self._at(path),
                body=body,
                headers={**self._login(), "User-Agent": "bobine", **(headers or {})},
                retries=_RETRIES if method in _AGAIN else _UNDONE if body is None else False,
                redirect=False,
                timeout=_TIMEOUT,
                preload_content=False,
            )
            try:
                yield answer
                if (answer.length_remaining or 0) <= _DRAINED:
                    answer.drain_conn()
                    answer.release_conn()
            finally:
                answer.close()

    def _login(self) -> dict[str, str]:
        name = self._destination.password_variable
        password = os.environ.get(name, "")
        if not password:
            raise PublishError(
                f"Destination « {self._destination.name} » : la variable d'environnement {name} manque ; donnez-lui le "
                "mot de passe sur cet ordinateur (docs/destinations.md dit comment)."
            )
        return dict(urllib3.make_headers(basic_auth=f"{self._destination.user}:{password}"))


def _blocks(source: BinaryIO, on_bytes: OnBytes) -> Iterator[bytes]:
    """A file's content, block by block; what went out is told."""
    while block := source.read(_BLOCK):
        yield block
        on_bytes(len(block))
