"""What is started ends with this program, however that ends, and is given none of its keys."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine import children, ffmpeg
from bobine.children import gathered
from bobine.processes import Fed, Running, start_module
from tests.conftest import ROOT

Attempt = Callable[[str], AbstractContextManager[None]]

SECRETS = (
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION", "AWS_BEARER_TOKEN_BEDROCK", "BOTO_CONFIG", "S3_KEY", "GITHUB_TOKEN", "API_KEY",
    "BOBINE_SECRET", "PYTHON_KEYRING_PASSWORD", "MAILCHIMP", "SSH_AUTH_SOCK", "GPG_AGENT_INFO",
)  # fmt: skip
SHOW = "import json, os, sys; sys.stdout.write(json.dumps(dict(os.environ)))"


def test_every_variable_that_a_store_reads_is_among_them() -> None:
    import botocore.credentials
    import botocore.session
    import botocore.tokens

    names = set()
    for module in (botocore.credentials, botocore.session, botocore.tokens):
        names |= set(re.findall(r"\bAWS_[A-Z_]+\b", Path(str(module.__file__)).read_text(encoding="utf-8")))
    assert len(names) > 5
    assert not names & set(children.child_environment())


@pytest.mark.boundary
@pytest.mark.parametrize("name", SECRETS)
def test_keys_are_not_handed_on(attempt: Attempt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv(name, "very-secret")
    monkeypatch.setenv("PULSE_SERVER", "unix:/somewhere")
    with attempt("a key of the environment, before a program that reads sounds"):
        found = children.child_environment()
        assert name not in found
        assert found["PULSE_SERVER"] == "unix:/somewhere"
        assert found["PATH"] == os.environ["PATH"]


@pytest.mark.boundary
def test_no_way_to_start_one_hands_them_on(attempt: Attempt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "very-secret")
    seen: dict[str, bytes] = {"started": b"", "fed": b"", "apart": b""}
    told = bytearray()
    Running([sys.executable, "-c", SHOW], on_output=told.extend).stop(20)
    seen["started"] = bytes(told)
    fed = Fed([sys.executable, "-c", SHOW.replace("stdout", "stderr")], ahead=4096)
    while fed.alive:
        time.sleep(0.01)
    fed.stop()
    seen["fed"] = "".join(fed.complaints).encode()
    (tmp_path / "shown.py").write_text(SHOW, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    apart = start_module("shown", [], tmp_path / "log")
    while apart.is_alive():
        time.sleep(0.01)
    seen["apart"] = (tmp_path / "log").read_bytes()
    answer = children.ask([sys.executable, "-c", SHOW], 20)
    seen["asked"] = (answer or "").encode()
    for way, text in seen.items():
        with attempt("a key of the environment, before a program that reads sounds"):
            assert "PATH" in json.loads(text), way
            assert b"very-secret" not in text, way


PARENT = """
import signal, sys, threading, time
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it ignored
from bobine import ffmpeg, ffmpeg_input
from bobine.processes import Fed, Running
forever = ffmpeg.command(["-nostdin", "-v", "error", *ffmpeg_input.as_arguments(ffmpeg_input.of_device("lavfi"),
    "anullsrc=r=8000"), "-af", "arealtime", "-f", "null", "-"])
found = []
def begin():
    found.append(Running(forever, on_output=lambda _: None).pid)
# a thread that ends must not take it along
one = threading.Thread(target=begin)
one.start(); one.join()
found.append(Fed(forever, ahead=4096).pid)
if {run}:
    threading.Thread(target=lambda: ffmpeg.run(forever[1:]), daemon=True).start()
time.sleep(1)
print(*found, flush=True)
time.sleep(1000)
"""


def of_parent(pid: int) -> set[int]:
    """The children of a process."""
    return {int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()}


def there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.boundary
@pytest.mark.skipif(sys.platform != "linux" or not children._bound(), reason="only Linux with setpriv promises it")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("frozen", [False, True])
def test_they_end_with_the_program_that_started_them(attempt: Attempt, how: signal.Signals, frozen: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.replace("{run}", "True")], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert parent.stdout is not None
    told = [int(word) for word in parent.stdout.readline().split()]
    pids = of_parent(parent.pid)
    assert set(told) <= pids
    assert len(pids) == 3
    # the thread that had them started has ended since
    assert all(map(there, pids))
    if frozen:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
    with attempt("an ffmpeg whose parent is killed"):
        parent.send_signal(how)
        parent.wait()
        while any(map(there, pids)):
            time.sleep(0.01)
    parent.stdout.close()


def test_what_is_not_there_cannot_be_started() -> None:
    with pytest.raises(FileNotFoundError):
        Running(["/no/such/program"], on_output=lambda _: None)
    assert children.ask(["no-such-program"], 5) is None
    assert children.ask([sys.executable, "-c", "import time; time.sleep(100)"], 0.2) is None
    assert children.ask([sys.executable, "-c", "raise SystemExit(3)"], 20) is None


def test_one_feeds_another_and_both_end() -> None:
    told = bytearray()
    ended = threading.Event()

    def take(piece: bytes) -> None:
        told.extend(piece)
        if not piece:
            ended.set()

    made = [sys.executable, "-c", "import sys; sys.stdout.write('abc')"]
    turned = [sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read().upper())"]
    running = Running(turned, on_output=take, fed_by=made)
    assert ended.wait(20)
    running.stop(5)
    assert bytes(told) == b"ABC"
    assert ffmpeg.find().path


@given(st.lists(st.binary(max_size=40), max_size=8), st.integers(1, 64))
def test_what_comes_through_a_pipe_is_gathered_whole(written: list[bytes], size: int) -> None:
    reads, writes = os.pipe()

    def write() -> None:
        with os.fdopen(writes, "wb", buffering=0) as pipe:
            pipe.writelines(written)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(reads, "rb") as pipe:
        pieces = [bytes(piece) for piece in gathered(pipe, size)]
    writer.join()
    assert b"".join(pieces) == b"".join(written)
    assert all(len(piece) == size for piece in pieces[:-1])
    assert all(pieces)
