"""Real SFTP and WebDAV servers for the tests, on free ports of the loopback, in threads of this process."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import asyncssh
from cheroot import wsgi
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

from bobine.model.destination import SftpDestination, WebdavDestination

USER, PASSWORD = "podcast", "mot-de-passe-de-l-essai"
VARIABLE = "BOBINE_ESSAI"

PLAIN_SFTP = frozenset({"posix_rename"})
"""What a server of the bare protocol lacks."""


SFTP_REQUESTS = (
    "open", "close", "read", "write", "lstat", "fstat", "stat", "setstat", "remove", "mkdir", "rmdir", "realpath",
    "rename", "posix_rename",
)  # fmt: skip
"""What a client may ask of a server, a folder's content left out: it comes as a stream."""

Around = Callable[[str, Callable[[], Awaitable[Any]]], Awaitable[Any]]
"""Given a request's name and what answers it."""


class _Login(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class SftpServer:
    """asyncssh's server over one folder; ``lacks`` names the operations that it does not know."""

    def __init__(
        self,
        folder: Path,
        *,
        lacks: Iterable[str] = (),
        more_keys: Iterable[Any] = (),
        allowed: Path | None = None,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.key = _HOST_KEY
        self._keys = [self.key, *more_keys]
        self.port = 0
        self.writes = 0
        self.bytes = 0
        self.before_write: Callable[[int], None] = lambda _count: None
        self.around: Around | None = None
        self._lacks = frozenset(lacks)
        self._allowed = allowed
        self._loop = asyncio.new_event_loop()
        self._server: Any = None
        self._connections: set[Any] = set()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(20)

    @property
    def fingerprint(self) -> str:
        return str(self.key.get_fingerprint())

    def destination(self, **changes: Any) -> SftpDestination:
        values = {
            "name": "site",
            "host": "127.0.0.1",
            "port": self.port,
            "user": USER,
            "public_url": "http://127.0.0.1:1/",
            "path": "podcast",
            "fingerprint": self.fingerprint,
            "password_variable": VARIABLE,
        }
        return SftpDestination(**{**values, **changes})

    def cut(self) -> None:
        """Drop every connection, as a line that falls."""

        self._loop.call_soon_threadsafe(self.drop)

    def stop(self) -> None:
        self.cut()
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        ready.set()
        self._loop.run_forever()

    async def _listen(self) -> None:
        outer = self

        class Login(_Login):
            def connection_made(self, conn: Any) -> None:
                self._own = conn
                outer._connections.add(conn)

            def connection_lost(self, exc: Exception | None) -> None:
                del exc
                outer._connections.discard(self._own)

        class Files(asyncssh.SFTPServer):
            def __init__(self, chan: Any) -> None:
                super().__init__(chan, chroot=str(outer.folder).encode())

            def write(self, file_obj: Any, offset: int, data: bytes) -> int:
                outer.writes += 1
                outer.bytes += len(data)
                outer.before_write(outer.writes)
                done: Any = super().write(file_obj, offset, data)
                return int(done)

            def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
                if "posix_rename" in outer._lacks:
                    raise asyncssh.SFTPOpUnsupported("no such extension")
                return super().posix_rename(oldpath, newpath)

        for name in SFTP_REQUESTS:
            setattr(Files, name, self._passed_on(name, getattr(Files, name)))
        self._server = await asyncssh.create_server(
            Login, "127.0.0.1", 0, server_host_keys=self._keys, sftp_factory=Files,
            authorized_client_keys=str(self._allowed) if self._allowed else None,
        )  # fmt: skip
        self.port = self._server.sockets[0].getsockname()[1]

    def _passed_on(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        async def answered(files: Any, *given: Any) -> Any:
            async def answer() -> Any:
                found = plain(files, *given)
                return await found if inspect.isawaitable(found) else found

            return await (self.around(name, answer) if self.around is not None else answer())

        return answered

    def drop(self) -> None:
        """Cut every connection, from within the server's own thread."""
        for connection in list(self._connections):
            connection.abort()
        self._connections.clear()


_HOST_KEY = asyncssh.generate_private_key("ssh-ed25519")


def another_host_key(kind: str = "ssh-ed25519") -> Any:
    return asyncssh.generate_private_key(kind)


def new_key_file(path: Path, passphrase: str | None = None) -> Path:
    """A private key, with its public half beside it as a server's list of those allowed."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(str(path), passphrase=passphrase)
    key.write_public_key(f"{path}.pub")
    return path


class WebdavServer:
    """wsgidav on cheroot over one folder; ``answer`` may answer in its place."""

    def __init__(
        self, folder: Path, *, read_only: bool = False, public: bool = False, ignores: Iterable[str] = ()
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.requests: list[tuple[str, str]] = []
        self.answer: Callable[[dict[str, Any], Any], Any] | None = None
        self._ignores = [f"HTTP_{name.upper().replace('-', '_')}" for name in ignores]
        self._provider = FilesystemProvider(str(folder), readonly=read_only)
        self._app = WsgiDAVApp({
            "provider_mapping": {"/": self._provider},
            "simple_dc": {"user_mapping": {"*": True if public else {USER: {"password": PASSWORD}}}},
            "mime_types": {".xml": "application/rss+xml", ".opus": "audio/ogg"},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
            "dir_browser": {"enable": False},
        })  # fmt: skip
        self._server = wsgi.Server(("127.0.0.1", 0), self._serve, numthreads=6, shutdown_timeout=1)
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, daemon=True)
        self._thread.start()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.bind_addr[1]}/"

    def destination(self, **changes: Any) -> WebdavDestination:
        values = {
            "name": "nuage",
            "address": f"{self.root}Podcast/",
            "user": USER,
            "public_url": "http://127.0.0.1:1/",
            "password_variable": VARIABLE,
        }
        return WebdavDestination(**{**values, **changes})

    def tag(self, path: Path) -> str:
        """The ETag that it gives a file."""
        place = f"/{path.relative_to(self.folder).as_posix()}"
        found = self._provider.get_resource_inst(place, {"wsgidav.provider": self._provider})
        return f'"{found.get_etag()}"'

    def stop(self) -> None:
        self._server.stop()
        self._thread.join(10)

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        for name in self._ignores:
            environ.pop(name, None)
        if self.answer is not None:
            answered = self.answer(environ, start_response)
            if answered is not None:
                return answered
        return self._app(environ, start_response)
