"""A mastered show at several destinations: an SFTP host and a WebDAV server, one of them down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Atelier, Evening
from tests.publish.servers import PASSWORD, VARIABLE, SftpServer, WebdavServer

pytestmark = pytest.mark.slow

DAY = "2026-11-19"


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[SftpServer, WebdavServer, WebdavServer]]:
    folder = tmp_path / "host"
    made = SftpServer(folder), WebdavServer(folder), WebdavServer(folder, public=True, read_only=True)
    yield made
    for server in made:
        server.stop()


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path, servers: tuple[SftpServer, WebdavServer, WebdavServer]) -> Atelier:
    sftp, webdav, public = servers
    copy = evening.atelier.copy(tmp_path)
    shows = copy.root / "shows.toml"
    goes = '[shows.demo.podcast]\ndestination = "site"\nmirrors = ["nuage"]\n'
    text = shows.read_text("utf-8").replace("[shows.demo.podcast]\n", goes)
    assert "mirrors" in text
    text += (
        f'\n[destinations.site]\nkind = "sftp"\nhost = "127.0.0.1"\nport = {sftp.port}\nuser = "podcast"\n'
        f'fingerprint = "{sftp.fingerprint}"\npassword_variable = "{VARIABLE}"\npath = "www"\n'
        f'public_url = "{public.root}www/"\n'
        f'\n[destinations.nuage]\nkind = "webdav"\naddress = "{webdav.root}nuage/"\nuser = "podcast"\n'
        f'password_variable = "{VARIABLE}"\npublic_url = "{public.root}nuage/"\n'
    )
    shows.write_text(text, encoding="utf-8")
    return copy


def feed_in(folder: Path) -> str:
    (feed,) = folder.glob("*/feed.xml")
    return feed.read_text("utf-8")


def test_a_show_goes_to_each_and_what_is_down_stops_nothing(
    atelier: Atelier,
    tmp_path: Path,
    new_state: Callable[[], Path],
    servers: tuple[SftpServer, WebdavServer, WebdavServer],
) -> None:
    _, webdav, public = servers
    host = tmp_path / "host"
    keys: dict[str, Any] = {"env": {VARIABLE: PASSWORD, "BOBINE_STATE": str(new_state())}}

    def down(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("507 Insufficient Storage", [("Content-Length", "0")])
        return [b""]

    webdav.answer = down
    first = json.loads(atelier.run("publier", DAY, "--json", code=1, **keys).stdout)
    assert [(one["destination"], one["ok"]) for one in first["destinations"]] == [
        ("site", True), ("nuage", False),
    ]  # fmt: skip
    assert "plus de place" in first["destinations"][1]["error"]
    assert first["feed_url"].startswith(f"{public.root}www/")
    webdav.answer = None
    said = atelier.run("publier", DAY, **keys).stdout
    assert "En ligne vers « nuage »" in said.replace("\u00a0", " ").replace("\u202f", " ")
    feeds = [feed_in(folder) for folder in (host / "www", host / "nuage")]
    roots = [f"{public.root}www/", f"{public.root}nuage/"]
    bare = [feed.replace(root, "ROOT/") for feed, root in zip(feeds, roots, strict=True)]
    for feed, root in zip(feeds, roots, strict=True):
        assert re.search(rf'<atom:link href="{re.escape(root)}[^"]*feed.xml" rel="self"', feed)
    identities = {tuple(re.findall(r"<(?:podcast:)?guid[^>]*>([^<]+)<", feed)) for feed in feeds}
    assert len(identities) == 1
    assert len({tuple(re.findall(r"<pubDate>([^<]+)<", feed)) for feed in bare}) == 1

    webdav.answer = down
    withdrawn = json.loads(
        atelier.run("retirer", DAY, "--motif", "à sa demande", "--maintenant", "--json", code=1, **keys).stdout
    )
    assert [one["destination"] for one in withdrawn["failures"]] == ["nuage"]
    assert not list((host / "www").rglob("*.mp3"))
    webdav.answer = None
    again = atelier.json("retirer", DAY, "--motif", "à sa demande", "--maintenant", **keys)
    assert "failures" not in again
    assert not list((host / "nuage").rglob("*.mp3"))
    checks = {one["name"]: one for one in atelier.json("verifier", "--vers", "site", **keys)["checks"]}
    assert checks["destination site"]["ok"]
    assert "verrou" in checks["destination site"]["detail"]
