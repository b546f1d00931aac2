"""Files of another host: continued where they were cut, whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bobine.publish.check.asking import Listener, UnreachableError
from bobine.publish.moving.fetching import FileFetcher, TooLargeError
from tests.publish.check.site import Answered, Site, serving

PIECE = 65_536
"""What a listener reads at a time, in bytes."""

CONTENT = bytes(range(256)) * 2000


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.files["/s.mp3"] = ("audio/mpeg", CONTENT)
        yield found


def fetcher(folder: Path, *waits_s: float) -> FileFetcher:
    return FileFetcher(Listener(at_home=True), folder, waits_s)


def cut(site: Site, at: int, times: int = 1, etag: str = '"x"') -> list[str]:
    """Cut each answer after so many bytes, so many times; gives the ranges that are asked for."""
    ranges: list[str] = []

    def spoil(_method: str, path: str, headers: dict[str, str]) -> Answered | None:
        ranges.append(headers.get("range", ""))
        if len(ranges) > times or path != "/s.mp3":
            return None
        start = int(headers.get("range", "bytes=0-")[6:-1])
        body = CONTENT[start : start + at]
        sent = {"Content-Length": str(len(CONTENT) - start), "ETag": etag, "Connection": "close"}
        if start:
            sent["Content-Range"] = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        return 206 if start else 200, sent, body

    site.spoil = spoil
    return ranges


def test_a_file_comes_whole(site: Site, tmp_path: Path) -> None:
    assert fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 10**7).read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_what_was_cut_goes_on_in_the_same_run(site: Site, tmp_path: Path) -> None:
    ranges = cut(site, PIECE, times=3)
    assert fetcher(tmp_path, 0).fetch(f"{site.address}s.mp3", "s", 10**7).read_bytes() == CONTENT
    assert ranges == ["", *(f"bytes={PIECE * times}-" for times in (1, 2, 3))]


def test_what_was_cut_goes_on_in_the_next_run(site: Site, tmp_path: Path) -> None:
    cut(site, PIECE)
    with pytest.raises(UnreachableError):
        fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 10**7)
    assert not (tmp_path / "s").exists()
    ranges = cut(site, 0, times=0)
    assert fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 10**7).read_bytes() == CONTENT
    assert ranges == [f"bytes={PIECE}-"]


@pytest.mark.parametrize("etag", ['"y"', ""])
def test_a_file_that_changed_meanwhile_begins_again(site: Site, tmp_path: Path, etag: str) -> None:
    cut(site, PIECE, etag=etag)
    assert fetcher(tmp_path, 0, 0).fetch(f"{site.address}s.mp3", "s", 10**7).read_bytes() == CONTENT


def test_a_host_that_knows_no_ranges_begins_again(site: Site, tmp_path: Path) -> None:
    asked: list[str] = []

    def spoil(_method: str, _path: str, headers: dict[str, str]) -> Answered:
        asked.append(headers.get("range", ""))
        part = CONTENT[:PIECE] if len(asked) == 1 else CONTENT
        return 200, {"Content-Length": str(len(CONTENT)), "ETag": '"x"', "Connection": "close"}, part

    site.spoil = spoil
    assert fetcher(tmp_path, 0).fetch(f"{site.address}s.mp3", "s", 10**7).read_bytes() == CONTENT
    assert asked == ["", f"bytes={PIECE}-"]


def test_a_file_that_is_there_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 10**7)
    site.asked.clear()
    fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 10**7)
    assert site.asked == []


@pytest.mark.boundary
def test_what_is_too_large_is_refused_before_and_while_it_comes(site: Site, tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", 1000)
    with pytest.raises(TooLargeError):
        fetcher(tmp_path).fetch(f"{site.address}s.mp3", "s", len(CONTENT) - 1)
    assert not (tmp_path / "s").exists()


@pytest.mark.boundary
def test_neither_a_file_nor_the_local_network_is_reached(site: Site, tmp_path: Path) -> None:
    for address in ("file:///etc/passwd", "ftp://x.example/a", f"{site.address}s.mp3", "http://localhost/a"):
        with pytest.raises(UnreachableError):
            FileFetcher(Listener(at_home=False), tmp_path, ()).fetch(address, "s", 10**7)
    assert list(tmp_path.glob("s*")) == []
    assert site.asked == []


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (503, 2), (200, 2)])
def test_a_host_that_refuses_is_asked_again_and_then_told(site: Site, tmp_path: Path, status: int, tries: int) -> None:
    site.spoil = lambda _method, _path, _headers: (status, {"Content-Length": "0"}, b"")
    with pytest.raises(UnreachableError):
        fetcher(tmp_path, 0).fetch(f"{site.address}s.mp3", "s", 10**7)
    assert len(site.asked) == tries
    assert not (tmp_path / "s").exists()
