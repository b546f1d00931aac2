"""HTTP gateways in front of the S3 server, that make of it the stores that associations really get."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_UNSIGNED = ("authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token")
_CONDITIONS = ("if-match", "if-none-match")
_REFUSAL = (
    b"<?xml version='1.0'?><Error><Code>NotImplemented</Code>"
    b"<Message>A header you provided implies functionality that is not implemented.</Message></Error>"
)


Reply = tuple[int, list[tuple[str, str]], bytes]


@contextlib.contextmanager
def gateway(  # noqa: C901 - a handler is a class in it
    upstream: str,
    *,
    conditions: str = "kept",
    before_put: Callable[[str], None] = lambda _path: None,
    instead: Callable[[str, str], Reply | None] = lambda _method, _path: None,
    after: Callable[[str, str, Reply], Reply] = lambda _method, _path, reply: reply,
    date: Callable[[], str] | None = None,
    tag: Callable[[str, str], str] = lambda _method, tag: tag,
    forgets: str = "nothing",
    by_name: str = "",
    before: Callable[[str, dict[str, str]], None] = lambda _method, _headers: None,
    unsigned: bool = True,
) -> Iterator[str]:
    """A gateway, as the address of its endpoint.

    Args:
        upstream: endpoint of a server that takes unsigned requests.
        conditions: what becomes of ``If-Match`` and ``If-None-Match`` on PUT: ``kept``, ``ignored``,
            or ``refused`` with 501.
        before_put: told the path of each PUT before it is passed on.
        instead: given method and path, what is answered without passing the request on; None to pass it on, and an
            empty status (0) to hang up.
        after: given method, path and the server's answer, the one that is passed on; an empty status (0) to hang up,
            and a ``Content-Length`` beyond its body to hang up after that.
        date: gives the ``Date`` of every answer, in place of the server's.
        tag: given the method and the server's ETag, the one that is answered.
        forgets: beginning of the names of headers that do not get to the server, in lower case.
        by_name: a bucket that is only known by a host name that begins with it, not by a path; all are by default.
        before: told method and headers of each request.
        unsigned: whether requests lose their signature and the name of the host that they were sent to; else neither.
    """
    target = urlsplit(upstream).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            before(self.command, {name.lower(): value for name, value in self.headers.items()})
            reply = instead(self.command, self.path)
            if by_name and self.headers["Host"].startswith(f"{by_name}."):
                self.path = f"/{by_name}{self.path}"
            elif by_name:
                reply = 403, [("Content-Type", "application/xml")], b"<Error><Code>AccessDenied</Code></Error>"
            if reply is not None and not reply[0]:
                self.close_connection = True
                return
            if reply is not None:
                self.answer(*reply)
                return
            conditional = any(name in self.headers for name in _CONDITIONS)
            if self.command == "PUT" and conditional and conditions == "refused":
                self.answer(501, [("Content-Type", "application/xml")], _REFUSAL)
                return
            if self.command == "PUT":
                before_put(self.path)
            dropped = {"content-length", "connection", "expect", *((*_UNSIGNED, "host") if unsigned else ())}
            if self.command == "PUT" and conditions != "kept":
                dropped.update(_CONDITIONS)
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in dropped and not name.lower().startswith(forgets)
            }
            status, headers_back, content = after(self.command, self.path, self.asked(body, headers))
            if not status:
                self.close_connection = True
                return
            self.answer(status, headers_back, content)

        def asked(self, body: bytes, headers: Mapping[str, str]) -> Reply:
            """The server's answer, over one connection for all that comes over one."""
            try:
                self.upstream.request(self.command, self.path, body or None, headers)
                answer = self.upstream.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            except BaseException:
                self.upstream.close()  # half an answer may stand in it
                raise

        def setup(self) -> None:
            super().setup()
            self.upstream = http.client.HTTPConnection(target, timeout=20)

        def finish(self) -> None:
            self.upstream.close()
            super().finish()

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self.forward
            raise AttributeError(name)

        def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            if date is not None:
                headers = [(name, value) for name, value in headers if name.lower() != "date"] + [("Date", date())]
            for name, value in headers:
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    self.send_header(name, tag(self.command, value) if name.lower() == "etag" else value)
            length = {name.lower(): value for name, value in headers}.get("content-length")
            is_cut = self.command != "HEAD" and length is not None and int(length) > len(body)
            self.close_connection = self.close_connection or is_cut
            stated = length if length and (self.command == "HEAD" or is_cut) else str(len(body))
            self.send_header("Content-Length", stated)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def handle_expect_100(self) -> bool:
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
            return True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
