from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.listening.instants import parse_instant
from bobine.publish.listening.lines import LONGEST, parse_line
from bobine.publish.listening.requests import Request
from tests.listening.logs import NOON, WRITERS, path, request

REQUESTS = st.builds(
    request,
    at=st.integers(0, 10**8).map(lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s)),
    address=st.one_of(st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str)),
    agent=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60).filter(lambda a: a != "-"),
    method=st.sampled_from(("GET", "HEAD")),
    status=st.integers(100, 599),
    sent=st.integers(0, 10**10),
)


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@given(one=REQUESTS)
def test_what_a_server_logs_is_read_back(writer: Callable[[Request], str], one: Request) -> None:
    found = parse_line(f"{writer(one)}\n".encode())
    assert found is not None
    assert replace(found, id="") == one


@pytest.mark.parametrize("writer", ["caddy", "nginx"])
def test_ranges_and_preloads_are_read_where_they_are_logged(writer: str) -> None:
    one = request(status=206, asked="bytes=0-1", sent=2, is_preload=True)
    assert parse_line(WRITERS[writer](one).encode()) == one


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ('192.0.2.7 - - [27/Nov/2026:13:00:00 +0100] "GET {} HTTP/1.1" 200 10', 10),
        ('podcast.example:443 192.0.2.7 - - [27/Nov/2026:13:00:00 +0100] "GET {} HTTP/1.1" 200 10 "-" "x"', 10),
        ('192.0.2.7 - jean dupont [27/Nov/2026:13:00:00 +0100] "GET {} HTTP/2.0" 200 - "-" "x" 0.003 "more"', 0),
    ],
)
def test_variants_of_the_common_format(line: str, sent: int) -> None:
    found = parse_line(line.format(path()).encode())
    assert found is not None
    assert (found.at, found.path, found.sent, found.address) == (NOON, path(), sent, "192.0.2.7")


def test_a_publisher_is_told_from_listeners_in_a_bucket_s_log() -> None:
    found = parse_line(WRITERS["s3"](request(is_own=True)).encode())
    assert found is not None
    assert found.is_own
    put = WRITERS["s3"](request(method="PUT")).replace("REST.PUT.OBJECT", "REST.PUT.PART")
    assert (parse_line(put.encode()) or found).method == "PUT"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("27/Nov/2026:13:00:00 +0100", NOON),
        ("2026-11-27T13:00:00+01:00", NOON),
        ("1795780800.000", NOON),
        ("27/Nov/2026:12:00:60 +0000", NOON + timedelta(seconds=59)),
    ],
)
def test_instants(text: str, moment: datetime) -> None:
    assert parse_instant(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "31/Feb/2026:13:00:00 +0100", "27/Nov/0001:00:00:00 +0900", "27/Bla/2026:13:00:00 +0100", "9" * 11,
     "2026-11-27",
     "27/Nov/2026:25:00:00 +0100", "27/Nov/2026:13:00:00 +9999", "1999-12-31T00:00:00Z", "inf", "-1", "1e400"],
)  # fmt: skip
def test_no_instant_at_all(text: str) -> None:
    with pytest.raises(ValueError):
        parse_instant(text)


@pytest.mark.boundary
@pytest.mark.parametrize(
    "line",
    [
        b"", b"\0" * 100, bytes(range(256)), b"{", b"{}", b"[]", b"null", b'{"request":{}}',
        b'{"request":{"method":[1]}}', b"[" * 5000, b"{" * 5000, b'{"a":' * 20000, b'"' * 3000, b"- " * 3000,
        b"1 - - [" + b"a" * 60000,
        b'1 - - [27/Nov/2026:13:00:00 +0100] "' + b"\\" * 60000,
        b'1 - - [27/Nov/2026:13:00:00 +0100] "GET / HTTP/1.1" 200 99999999999999999999 "-" "-"',
        b"x" * (LONGEST + 1),
        json.dumps({"time_iso8601": 5, "status": True, "request": "GET"}).encode(),
        json.dumps({"request": {"method": "GET", "uri": {"a": 1}, "headers": 4}, "ts": "x", "status": []}).encode(),
        json.dumps({"ts": 1e308, "request": {"remote_ip": "x", "method": "GET", "uri": "/"}, "status": 200}).encode(),
    ],
)  # fmt: skip
def test_lines_that_are_none(line: bytes) -> None:
    assert parse_line(line) is None


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode(errors="surrogatepass")))
def test_nothing_stops_the_reader(line: bytes) -> None:
    parse_line(line)


@given(st.sampled_from(list(WRITERS)), st.integers(0, 600), st.binary(max_size=6))
def test_nothing_stops_it_on_damaged_lines(writer: str, place: int, damage: bytes) -> None:
    line = WRITERS[writer](request()).encode()
    parse_line(line[:place] + damage + line[place + 3 :])
