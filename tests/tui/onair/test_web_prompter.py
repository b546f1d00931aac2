"""The presenter's page: a secret in its address, nothing for other sites, and the last good view while all fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from starlette.applications import Starlette

from bobine.errors import BobineError
from bobine.prompter.page import create_prompter
from bobine.prompter.view import View

Attempt = Callable[[str], AbstractContextManager[None]]

SECRET = "xK3-deux_trois4"
VIEW = View(hour="18:33:15", title="Portrait", left="4:10", late=False, gap="✓ À L'HEURE", following="Fin")


class Answer:
    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    def json(self) -> dict[str, object]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


def ask(app: Starlette, path: str, method: str = "GET", **headers: str) -> Answer:
    answer = Answer()
    sent = [(name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": sent, "scheme": "http", "server": ("localhost", 80), "client": ("127.0.0.1", 1),
             "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"}}  # fmt: skip

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    asyncio.run(app(scope, receive, send))
    return answer


def prompter(view: Callable[[], View] = lambda: VIEW) -> Starlette:
    return create_prompter(view, SECRET)


def test_who_knows_the_address_sees_the_show() -> None:
    page, news = ask(prompter(), f"/{SECRET}/"), ask(prompter(), f"/{SECRET}/etat")
    assert page.status == news.status == 200
    assert b"<title>Prompteur</title>" in page.body
    assert (news.json()["title"], news.json()["stale"]) == ("Portrait", False)


@pytest.mark.boundary
@pytest.mark.parametrize(
    "path",
    ["/", "/etat", "//", "/x/", "/x/etat", f"/{SECRET[:-1]}/", f"/{SECRET}x/etat", f"/{SECRET.upper()}/", "/é/etat",
     f"/{SECRET}/autre", f"/x/{SECRET}/", "/docs", "/%2e%2e/"],
)  # fmt: skip
def test_who_does_not_know_it_gets_nothing(path: str, attempt: Attempt) -> None:
    with attempt("the presenter's page, asked without its secret"):
        answer = ask(prompter(), path)
        assert answer.status in (404, 307)
        assert b"Portrait" not in answer.body
        assert SECRET.encode() not in answer.body


@pytest.mark.boundary
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/", f"/{SECRET}/", f"/{SECRET}/etat"])
def test_no_other_site_may_read_it(path: str, method: str, attempt: Attempt) -> None:
    with attempt("the presenter's page, asked by another site's page"):
        answer = ask(prompter(), path, method, origin="https://ailleurs.example")
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        if answer.status == 200:
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("error", [BobineError("illisible"), OSError(5, "EIO"), FileNotFoundError()])
def test_the_last_good_view_stays_and_is_said_to_be_old(error: Exception) -> None:
    failing = False

    def view() -> View:
        if failing:
            raise error
        return VIEW

    app = prompter(view)
    assert ask(app, f"/{SECRET}/etat").json()["stale"] is False
    failing = True
    news = ask(app, f"/{SECRET}/etat").json()
    assert (news["title"], news["stale"]) == ("Portrait", True)
