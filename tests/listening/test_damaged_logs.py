"""Readings of logs that are cut, hostile or killed halfway, and figures and states that are damaged or lost."""

from __future__ import annotations

import contextlib
import gzip
import json
import random
import shutil
from datetime import timedelta

import pytest

from bobine.errors import BobineError
from bobine.evening import audience
from bobine.publish.listening.states import decode_state
from bobine.store.records import listening as records
from tests.fuzz.mutations import mutated_json
from tests.listening.conftest import LATER, Listening
from tests.listening.logs import EPISODE, NOON, WRITERS, listeners, path, request


@pytest.mark.parametrize("fails", ["write_state", "write_listening"])
@pytest.mark.parametrize("after", [False, True])
def test_a_reading_that_is_killed_is_made_good_by_the_next(
    listening: Listening, monkeypatch: pytest.MonkeyPatch, fails: str, after: bool
) -> None:
    listening.read(listening.log("1", listeners(3)), now=NOON)
    second = listening.log("2", [*listeners(2), request(address="198.51.100.1")])
    really = getattr(records, fails)

    def killed(*arguments: object) -> None:
        if after:
            really(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(audience, fails, killed)
        with pytest.raises(KeyboardInterrupt):
            listening.read(second, now=NOON)
    listening.read(second, now=NOON)
    assert listening.figures.by_episode() == {EPISODE: 4}
    assert len(listening.states) == 1


def test_a_state_that_is_lost_or_damaged_loses_no_download(listening: Listening) -> None:
    listening.read(listening.log("1", [request()]), now=NOON)
    listening.states[0].write_text("{", encoding="utf-8")
    listening.read(listening.log("2", [request(at=NOON + timedelta(seconds=1))]), now=NOON)
    assert listening.total == 2
    assert listening.figures.pieced == {NOON.date()}
    shutil.rmtree(listening.states[0].parent)
    listening.read(listening.log("3", [request(at=NOON + timedelta(seconds=2))]), now=NOON)
    assert listening.total == 3


def test_the_last_line_waits_for_its_end(listening: Listening) -> None:
    log = listening.log("access.log", listeners(2))
    whole = log.read_bytes()
    log.write_bytes(whole[:-20])
    assert listening.read(log).unfinished == {log}
    assert listening.total == 1
    log.write_bytes(whole)
    listening.read(log)
    assert listening.total == 2


@pytest.mark.boundary
def test_hostile_logs_never_stop_it(listening: Listening) -> None:
    log = listening.log("access.log", listeners(2))
    sound = path().encode()
    with log.open("ab") as stream:
        stream.write(b"\0\xff\xfe" * 1000 + b"\n")
        stream.write(b"\0\xff" + sound + b"\0\n")
        stream.write(b"x" * (10 << 20) + sound + b"\n")
        stream.write(WRITERS["combined"](request()).encode().replace(b"27/Nov", b"31/Feb") + b"\n")
        stream.write(WRITERS["combined"](request(at=LATER + timedelta(days=400))).encode() + b"\n")
        stream.write(WRITERS["combined"](request(agent="\x1b]0;pwned\x07", address="198.51.100.9")).encode() + b"\n")
        stream.write(b'203.0.113.5 - - [27/Nov/2026:12:00:00 +0000] "GET /wp-login.php HTTP/1.1" 404 5 "-" "-"\n')
        stream.write(WRITERS["combined"](request(path="/autre/audio/x-0123456789ab.mp3")).encode() + b"\n")
    cut = listening.folder / "cut.gz"
    cut.write_bytes(gzip.compress(log.read_bytes() * 2)[:200])
    noise = listening.folder / "noise"
    noise.write_bytes(random.Random(1).randbytes(100_000))
    missing = listening.folder / "missing"
    read = listening.read(log, cut, noise, missing)
    assert (read.broken, read.too_long, read.to_come) == (2, 1, 1)
    assert {cut, missing} <= read.damaged
    assert noise in read.foreign
    assert listening.figures.by_episode() == {EPISODE: 3}
    assert b"\x1b" not in listening.file.read_bytes()


def test_a_file_of_figures_that_is_damaged_is_kept(listening: Listening) -> None:
    log = listening.log("access.log", listeners(1))
    for content in ("{", "[]", '{"format": 2}', '{"format": 1, "days": {"2026-11-27": {"downloads": {"x": -1}}}}'):
        listening.file.write_text(content, encoding="utf-8")
        with pytest.raises(BobineError, match="illisibles"):
            listening.read(log)
        assert listening.file.read_text(encoding="utf-8") == content


@pytest.mark.boundary
def test_damaged_figures_and_states_are_told(listening: Listening) -> None:
    listening.read(listening.log("1", [*listeners(3), request(address="198.51.100.1", sent=9)]), now=NOON)
    good, state = listening.file.read_bytes(), listening.states[0].read_bytes()
    for seed in range(300):
        dice = random.Random(seed)
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            records.decode_listening(mutated_json(good, dice))
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            decode_state(json.loads(mutated_json(state, dice)))
