"""Logs as files: grown, renamed, compressed, put together, read again, in pieces and many at once."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.model.published.listening import LeftOut
from bobine.publish.listening.requests import Request
from tests.conftest import ROOT
from tests.listening.conftest import Listening, make_listening
from tests.listening.logs import EPISODE, MINUTE, NOON, WRITERS, listeners, path, request
from tests.listening.test_counting import SOME


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_a_log_of_each_format(listening: Listening, writer: Callable[[Request], str]) -> None:
    log = listening.log("access.log", [writer(one) for one in listeners(5)])
    assert listening.read(log).sound == 5
    assert listening.figures.by_episode() == {EPISODE: 5}
    assert listening.figures.by_app() == {"AntennaPod": 5}


def test_a_log_that_was_read_adds_nothing(listening: Listening) -> None:
    log = listening.log("access.log", listeners(5))
    listening.read(log)
    before = listening.file.read_bytes()
    assert listening.read(log, log).known == 10
    packed = log.with_suffix(".1.gz")
    packed.write_bytes(gzip.compress(log.read_bytes()))
    assert listening.read(packed).known == 5
    assert listening.file.read_bytes() == before


def test_a_log_that_grew_adds_what_is_new(listening: Listening) -> None:
    log = listening.log("access.log", listeners(5))
    listening.read(log)
    listening.log("access.log", [request(address="198.51.100.1")], more=True)
    read = listening.read(log)
    assert (read.known, read.lines, listening.total) == (5, 1, 6)
    listening.log("access.log", [request(address="198.51.100.2")], more=True)
    read = listening.read(log.rename(log.with_suffix(".1")))
    assert (read.known, read.lines, listening.total) == (6, 1, 7)


def test_logs_put_behind_one_another_are_told_again(listening: Listening) -> None:
    first, second = listening.log("1", listeners(3)), listening.log("2", listeners(3, path=path("2026-12-03")))
    listening.read(first, second)
    whole = listening.folder / "whole"
    whole.write_bytes(first.read_bytes() + second.read_bytes())
    assert listening.read(whole).known == 6
    assert listening.total == 6


def test_an_open_day_in_pieces_counts_a_listener_once(listening: Listening) -> None:
    now = NOON + timedelta(hours=6)
    listening.read(listening.log("morning", [request()]), now=now)
    assert len(listening.states) == 1
    listening.read(listening.log("noon", [request(at=NOON + timedelta(minutes=5))]), now=now)
    half = {"status": 206, "sent": MINUTE // 2, "address": "198.51.100.1"}
    listening.read(listening.log("a", [request(**half)]), now=now)
    assert (listening.total, listening.figures.left_out()) == (1, {LeftOut.REPEATED: 1, LeftOut.PARTIAL: 1})
    listening.read(listening.log("b", [request(**half, at=NOON + timedelta(minutes=1))]), now=now)
    assert (listening.total, listening.figures.left_out()) == (2, {LeftOut.REPEATED: 2})
    assert not listening.figures.pieced
    assert len(listening.states) == 1


def test_a_day_that_is_over_is_forgotten(listening: Listening) -> None:
    listening.read(listening.log("morning", [request()]), now=NOON)
    assert listening.states[0].stat().st_mode & 0o077 == 0
    listening.read(now=NOON + timedelta(hours=34))
    assert listening.states
    listening.read(now=NOON + timedelta(hours=35))
    assert not listening.states
    assert listening.total == 1


def test_a_late_log_of_a_day_that_was_forgotten_is_said(listening: Listening) -> None:
    listening.read(listening.log("1", [request()]))
    listening.read(listening.log("2", [request(at=NOON + timedelta(hours=1))]))
    assert listening.figures.pieced == {NOON.date()}


def test_no_listener_is_in_what_is_kept(listening: Listening) -> None:
    log = listening.log("access.log", [request(address="192.0.2.77", agent="Curieux/1.0 (Marcel)"), *listeners(3)])
    listening.read(log, now=NOON)
    kept = b"".join(file.read_bytes() for file in (listening.file, *listening.states))
    for word in (b"192.0", b"Curieux", b"Marcel", b"12:00"):
        assert word not in kept
    document = json.loads(listening.file.read_bytes())
    assert document["days"]["2026-11-27"] == {"downloads": {EPISODE: 4}, "left_out": {}}
    assert document["apps"] == {"2026-11": {"?": 1, "AntennaPod": 3}}


def test_the_same_logs_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    found = []
    for name in "ab":
        one = make_listening(tmp_path / name)
        one.read(one.log("access.log", listeners(5)))
        found.append(one.file.read_bytes())
    assert found[0] == found[1]


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=SOME, splits=st.lists(st.integers(0, 25), max_size=3), shuffle=st.randoms(use_true_random=False))
def test_splitting_and_order_change_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    requests: list[Request],
    splits: list[int],
    shuffle: random.Random,
) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    lines = [WRITERS["nginx"](one)[:-1] + f', "request_id": "{place}"}}' for place, one in enumerate(requests)]
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        whole = make_listening(Path(name) / "whole")
        whole.read(whole.log("access.log", lines))
        shuffle.shuffle(lines)
        bounds = [0, *sorted(min(one, len(lines)) for one in splits), len(lines)]
        pieces = make_listening(Path(name) / "pieces")
        logs = [
            pieces.log(f"{place}.log", lines[start:end])
            for place, (start, end) in enumerate(itertools.pairwise(bounds))
        ]
        pieces.read(*logs)
        assert pieces.figures == whole.figures


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=SOME, at=st.integers(0, 25))
def test_an_open_day_in_two_runs_is_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, requests: list[Request], at: int
) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    lines = [
        WRITERS["nginx"](replace(one, at=NOON))[:-1] + f', "request_id": "{place}"}}'
        for place, one in enumerate(requests)
    ]
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        whole, pieces = make_listening(Path(name) / "whole"), make_listening(Path(name) / "pieces")
        whole.read(whole.log("access.log", lines), now=NOON)
        pieces.read(pieces.log("access.log", lines[:at]), now=NOON)
        pieces.read(pieces.log("access.log", lines[at:], more=True), now=NOON)
        assert pieces.figures == whole.figures


def test_two_readings_at_once_take_turns(listening: Listening) -> None:
    logs = [listening.log(str(place), listeners(3, path=path(seal=f"{place:012x}"))) for place in range(6)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda log: listening.read(log, now=NOON), logs))
    assert listening.total == 3
    assert listening.figures.left_out() == {LeftOut.REPEATED: 15}


def test_a_folder_of_logs(listening: Listening) -> None:
    below = listening.folder / "2026" / "11"
    below.mkdir(parents=True)
    for place, one in enumerate(listeners(4)):
        listening.log(f"2026/11/log-{place}", [WRITERS["s3"](one)])
    (below / ".hidden").write_text("x", encoding="utf-8")
    assert listening.read(listening.folder).files == 4
    assert listening.total == 4


@pytest.mark.slow
def test_a_season_of_logs_takes_little_memory(listening: Listening) -> None:
    log = listening.folder / "season.log"
    lines = "".join(f"{WRITERS['combined'](one)}\n" for one in listeners(200))
    other = '203.0.113.5 - - [27/Nov/2026:12:00:00 +0000] "GET /wp-login.php HTTP/1.1" 404 5 "-" "-"\n' * 2000
    with log.open("w", encoding="utf-8") as stream:
        for _ in range(500):
            stream.write(lines + other)
    code = (
        "import re, sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from bobine.evening.audience import count_logs\nfrom bobine.store.workspace import open_workspace\n"
        "read = count_logs(open_workspace(Path(sys.argv[1])), [Path(sys.argv[2])], datetime(2027, 1, 1, tzinfo=UTC))\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())\n"
        "print(read.sound, int(peak[1]) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(listening.workspace.root), str(log)],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
    )  # fmt: skip
    sound, megabytes = map(int, done.stdout.split())
    assert sound == 100_000
    assert megabytes < 120
