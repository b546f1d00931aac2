"""The local server and the pages: right types, a strict policy, its own address in place of the destination's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.publish.feed.write import feed_bytes
from bobine.publish.layout import embed_page_key, episode_page_key, feed_key, oembed_key, show_page_key
from bobine.publish.pages.keys import state_key
from bobine.publish.pages.show_page import qr_code
from bobine.publish.pages.site import pages_of
from tests.publish.pages.browsing import port_of
from tests.publish.pages.pages_samples import MAGAZINE, told
from tests.publish.samples import BASE, DAY, FEED, GUID, IMAGE, SHOW
from tests.publish.serve.local_server import Reply, ask

SLUG = SHOW.slug
PAGES = pages_of(MAGAZINE, [told()], BASE)
STYLE, PLAYER = (next(key for key in PAGES if f"/pages/{name}-" in key) for name in ("style", "player"))


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> int:
    root = tmp_path_factory.mktemp("pages")
    files = {
        **PAGES,
        feed_key(SLUG): feed_bytes(MAGAZINE, [told()], BASE, FEED, IMAGE, GUID),
        state_key(SLUG): b"{}",
        f"{SLUG}/notes.html": b"<p>private",
        f"{SLUG}/2026-13/index.html": b"<p>private",
    }
    for key, content in files.items():
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(content)
    (root / SLUG / "chroniques" / "lien").mkdir(parents=True)
    (root / SLUG / "chroniques" / "lien" / "index.html").symlink_to(Path("/etc/hostname"))
    return port_of(root)


def get(port: int, key: str, **headers: str) -> Reply:
    return ask(port, f"/{key}", host="192.168.1.20:8470", **headers)


@pytest.mark.parametrize(
    ("key", "media_type"),
    [
        (show_page_key(SLUG), "text/html; charset=utf-8"),
        (episode_page_key(SLUG, DAY), "text/html; charset=utf-8"),
        (embed_page_key(SLUG, DAY), "text/html; charset=utf-8"),
        (oembed_key(SLUG, DAY), "application/json"),
        (f"{SLUG}/{DAY}/chapters.vtt", "text/vtt; charset=utf-8"),
        (f"{SLUG}/saisons/8/recherche.json", "application/json"),
        (f"{SLUG}/qr.svg", "image/svg+xml"),
        (STYLE, "text/css; charset=utf-8"),
        (PLAYER, "text/javascript; charset=utf-8"),
    ],
)
def test_types(port: int, key: str, media_type: str) -> None:
    answer = get(port, key)
    assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)
    assert BASE.encode() not in answer.body


def test_the_policy_is_strict_and_only_the_player_may_be_framed(port: int) -> None:
    for key, framed in ((show_page_key(SLUG), "'none'"), (embed_page_key(SLUG, DAY), "*")):
        policy = get(port, key).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert policy.endswith(f"frame-ancestors {framed}")
        assert "unsafe" not in policy


def test_addresses_are_the_ones_that_were_asked(port: int) -> None:
    here = "http://192.168.1.20:8470/"
    assert (
        f'<link rel="canonical" href="{here}{episode_page_key(SLUG, DAY)}">'.encode()
        in get(port, episode_page_key(SLUG, DAY)).body
    )
    assert get(port, f"{SLUG}/qr.svg").body == qr_code(here + feed_key(SLUG))
    index = ask(port, "/", host="192.168.1.20:8470")
    assert f'href="{show_page_key(SLUG)}"'.encode() in index.body


def test_a_folder_leads_to_its_page(port: int) -> None:
    for path, key in ((f"{SLUG}/", show_page_key(SLUG)), (f"{SLUG}/{DAY}", episode_page_key(SLUG, DAY))):
        answer = get(port, path)
        assert (answer.status, answer.headers["Location"]) == (307, f"/{key}")


def test_an_unchanged_page_is_not_sent_again(port: int) -> None:
    first = get(port, show_page_key(SLUG))
    assert first.headers["Cache-Control"] == "no-cache"
    again = get(port, show_page_key(SLUG), If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert "immutable" in get(port, STYLE).headers["Cache-Control"]


@pytest.mark.parametrize(
    "key",
    [state_key(SLUG), f"{SLUG}/notes.html", f"{SLUG}/2026-13/index.html", f"{SLUG}/chroniques/lien/index.html",
     "autre/index.html", "autre/qr.svg", f"{SLUG}/2026-11-27/index.html"],
)  # fmt: skip
def test_nothing_else_is_served(port: int, key: str) -> None:
    assert get(port, key).status == 404
