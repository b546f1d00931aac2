"""Redirections: read by real servers, and nothing in an address acts in their files."""

from __future__ import annotations

import csv
import http.client
import io
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.moving import redirections
from bobine.publish.moving.redirections import FOLDER, Redirection
from tests.listening.servers import binary, running

OLD, NEW = "http://127.0.0.1/radio/", "https://neuf.example/p/"
MOVED = [
    Redirection("flux", f"{OLD}feed.xml", f"{NEW}flux?de=a&b=1"),
    Redirection("page", f"{OLD}un%20deux/%C3%A9t%C3%A9.html", f"{NEW}e/%C3%A9t%C3%A9"),
    Redirection("son", f'{OLD}a"b\\c.mp3', f"{NEW}a$uri{{host}}`b`;.mp3"),
    Redirection("son", f"{OLD}get.php?id=7", f"{NEW}7.mp3"),
    Redirection("son", f"{OLD}a.b+c.mp3", f"{NEW}abc.mp3"),
    Redirection("page", f"{OLD}perdu.html", ""),
    Redirection("son", f"{OLD}reste.mp3", f"{OLD}reste.mp3"),
]
EXPECTED = {
    "/radio/feed.xml": f"{NEW}flux?de=a&b=1",
    "/radio/un%20deux/%C3%A9t%C3%A9.html": f"{NEW}e/%C3%A9t%C3%A9",
    "/radio/a%22b%5Cc.mp3": f"{NEW}a%24uri%7Bhost%7D%60b%60%3B.mp3",
    "/radio/a.b+c.mp3": f"{NEW}abc.mp3",
    "/radio/aXb+c.mp3": "",
    "/radio/perdu.html": "",
    "/radio/reste.mp3": "",
}


def location(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.boundary
@pytest.mark.parametrize(("server", "write"), [("caddy", redirections.caddy), ("nginx", redirections.nginx)])
def test_a_real_server_sends_every_visitor_on(tmp_path: Path, server: str, write: object) -> None:
    if binary(server) is None:
        pytest.skip(f"{server} is not here")
    assert callable(write)
    folder = Redirection(FOLDER, "http://127.0.0.1/whole/", f"{NEW}w/")
    with running(server, tmp_path, tmp_path, write([*MOVED, folder])) as port:
        for path, target in EXPECTED.items():
            assert location(port, path) == ((301, target) if target else (404, "")), path
        assert location(port, "/whole/a/b.mp3") == (301, f"{NEW}w/a/b.mp3")


def test_the_block_of_apache() -> None:
    block = redirections.htaccess([*MOVED[:3], Redirection(FOLDER, "http://127.0.0.1/whole/", f"{NEW}w/")])
    assert block.splitlines()[1:] == [
        r'RedirectMatch 301 "^/radio/feed\\.xml$" "https://neuf.example/p/flux?de=a&b=1"',
        r'RedirectMatch 301 "^/radio/un\\ deux/été\\.html$" "https://neuf.example/p/e/%C3%A9t%C3%A9"',
        r'RedirectMatch 301 "^/radio/a\"b\\\\c\\.mp3$" "https://neuf.example/p/a%24uri%7Bhost%7D%60b%60%3B.mp3"',
        r'RedirectMatch 301 "^/whole/(.*)$" "https://neuf.example/p/w/$1"',
    ]


def test_the_table_has_every_address() -> None:
    rows = list(csv.reader(io.StringIO(redirections.table(MOVED).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["quoi", "ancienne adresse", "nouvelle adresse"]
    assert [row[1:] for row in rows[1:]] == [[one.old, one.new] for one in MOVED]


@pytest.mark.boundary
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_address_acts_in_a_server_file(old: str, new: str) -> None:
    moved = [Redirection("son", f"https://a.example/{quote(old)}", f"https://b.example/{new}")]
    for write in (redirections.nginx, redirections.htaccess, redirections.caddy):
        lines = write(moved).splitlines()
        assert len(lines) <= 2
        for line in lines[1:]:
            target = line[line.index("https://b.example/") :].split('"')[0]
            assert not set(target) & set(" \t\\$`{}<>;#'")


def test_without_a_new_address_there_is_the_table_alone() -> None:
    assert list(redirections.files([Redirection("flux", OLD)])) == ["adresses.csv"]
    assert len(redirections.files(MOVED)) == 4
