"""What every test may use: sound to work on, and a show taken the whole way once."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import Phase, settings

from bobine import ffmpeg_tool
from tests.command_apart import may_be_forked, run_command
from tests.waiting.ffmpeg import build, waiting

ROOT = Path(__file__).resolve().parent.parent

ATELIER = ROOT / "tests" / "atelier"
"""A workspace to read or to copy, never to be changed: the show and the rundown of the worked example."""

# a shell's background job ignores Ctrl-C, and so would every process that the tests start and interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("here", deadline=None)
# always the same examples: many of them find no more at the next run
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=40)
# scripts/test unit: a few examples of each property, always the same ones
settings.register_profile("unit", deadline=None, derandomize=True, max_examples=12)
# scripts/bench mutations: whether a test fails is all that counts
settings.register_profile(
    "mutants", deadline=None, derandomize=True, max_examples=30, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def sound_folder() -> Path | None:
    """Real speech and music, where this machine has some: BOBINE_SOUNDS, else ../shared/audio."""
    chosen = Path(os.environ.get("BOBINE_SOUNDS") or ROOT.parent / "shared" / "audio")
    return chosen if chosen.is_dir() else None


LONG = ("tests/live/test_whole_show.py", "tests/whole_way/", "tests/live/", "tests/air/recorder/", "tests/publish/")
"""Where the slow tests are that take longest: the longest first."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--but-slow-in", default="", help="folders whose slow tests are left out, with colons between")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave out of every garbage collection the thousands of tests, which stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)  # a screen makes thousands of objects: a fifth of its time went into looking
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long tests, so that none of them begins when all the rest is done."""
    elsewhere = tuple(f"{folder}/" for folder in config.getoption("--but-slow-in").split(":") if folder)
    left_out = [one for one in items if one.nodeid.startswith(elsewhere) and one.get_closest_marker("slow")]
    if elsewhere and left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in set(left_out)]

    with_slow = {item.path for item in items if item.get_closest_marker("slow")}

    def turn(item: pytest.Item) -> tuple[bool, int]:
        place = next((n for n, where in enumerate(LONG) if item.nodeid.startswith(where)), len(LONG))
        return item.path not in with_slow, place

    items.sort(key=turn)


@dataclass(frozen=True)
class Atelier:
    """A workspace, and the command run in it as a user would."""

    root: Path

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Begin a command."""
        command = [sys.executable, "-m", "bobine", "--atelier", str(self.root), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, text=True, stdout=pipe, stderr=pipe, env=environment, **options)

    def finish(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, whatever its exit code is; ``env`` and ``cwd`` are as in subprocess."""
        if not may_be_forked(options.get("env", {})):
            process = self.start(*arguments, **options)
            out, err = process.communicate()
            return subprocess.CompletedProcess(arguments, process.returncode, out, err)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
        folder = str(options.pop("cwd", Path.cwd()))
        assert not options, options
        return run_command(("--atelier", str(self.root), *arguments), environment, folder)

    def run(self, *arguments: str, code: int = 0, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; it must exit with ``code``, and never show a traceback."""
        done = self.finish(*arguments, **options)
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done

    def json(self, *arguments: str, code: int = 0, **options: Any) -> dict[str, Any]:
        """Run a command with --json: standard output is one object and nothing else."""
        found = json.loads(self.run(*arguments, "--json", code=code, **options).stdout)
        assert isinstance(found, dict)
        return found

    @property
    def episode(self) -> Path:
        """The folder of its one episode."""
        (folder,) = (self.root / "episodes").glob("*/????-??-??")
        return folder

    def copy(self, to: Path) -> Atelier:
        """Another workspace with the same content, publishing to a feed folder of its own."""
        shutil.copytree(self.root, to / "atelier")
        shows = to / "atelier" / "shows.toml"
        text = shows.read_text(encoding="utf-8")
        shows.write_text(text.replace(str(self.root.parent / "feed"), str(to / "feed")), encoding="utf-8")
        return Atelier(to / "atelier")


@dataclass(frozen=True)
class Evening:
    """A show of four minutes: its workspace with the recording attached and mastered, and what the commands said."""

    atelier: Atelier
    recording: Path
    marks: dict[str, Any]
    imported: dict[str, Any]
    mastered: dict[str, Any]


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process that asks makes, and that all of them read."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = folder / ".made"
    with FileLock(f"{folder}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def new_state(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes state folders that have nothing in common but the covers: drawing one takes longer than most tests."""
    covers = made_once(tmp_path_factory, "covers", lambda _folder: None)

    def made() -> Path:
        folder = tmp_path_factory.mktemp("state")
        (folder / "covers").symlink_to(covers)
        return folder

    return made


@pytest.fixture(scope="session", autouse=True)
def own_state(new_state: Callable[[], Path]) -> Iterator[None]:
    """What this computer keeps for itself is kept apart from that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOBINE_STATE", str(new_state()))
        yield


FORKED_FFMPEG = (
    *("air/alignment", "air/marks", "air/several", "air/carts/test_prepare.py", "air/test_importing", "commands"),
    *("corrections", "demo", "ending", "fuzz", "keeping", "master", "plan", "privacy", "publish", "report", "sound"),
    *("store/documents/test_strays.py", "test_ffmpeg_inputs.py", "tui", "whole_way"),
)
"""Where the ffmpeg of a test is forked from one that waits: where its sounds count, not how it begins or is killed."""


@pytest.fixture(scope="session")
def waiting_ffmpeg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """The program that asks the ffmpeg that waits; None where there is none, or the tests are given another."""
    if "BOBINE_FFMPEG" in os.environ or sys.platform != "linux":
        yield None
        return
    with waiting(made_once(tmp_path_factory, "waiting-ffmpeg", build), tmp_path_factory.mktemp("ffmpeg")) as found:
        yield found


@pytest.fixture(scope="module", autouse=True)
def _forked_ffmpeg(request: pytest.FixtureRequest) -> Iterator[None]:
    places = tuple(f"{ROOT}/tests/{place}" for place in FORKED_FFMPEG)
    program = request.getfixturevalue("waiting_ffmpeg") if str(request.path).startswith(places) else None
    if program is None:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        ffmpeg_tool.find.cache_clear()
        yield
    ffmpeg_tool.find.cache_clear()


def _make_evening(folder: Path) -> None:
    from bobine.demo.show import make_show
    from bobine.demo.workspace import make_demo_workspace

    made = make_show(folder / "studio", 4, 1, sound_folder())
    make_demo_workspace(folder / "atelier", folder / "feed", date(2026, 11, 20), 4)
    atelier = Atelier(folder / "atelier")
    # whatever day it is when the tests run
    imported = atelier.json("importer", "2026-11-19", str(made.recording), "--reperes", str(made.marks), "--quand-meme")
    mastered = atelier.json("monter", "2026-11-19")
    (folder / "said.json").write_text(json.dumps({"imported": imported, "mastered": mastered}), encoding="utf-8")


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """Made once for all processes; tests that change it work on a copy."""
    folder = made_once(tmp_path_factory, "evening", _make_evening)
    marks = json.loads((folder / "studio" / "marks.json").read_text(encoding="utf-8"))
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return Evening(Atelier(folder / "atelier"), folder / "studio" / "recording.wav", marks, **said)


_TRIED: Counter[str] = Counter()
_SURVIVED: Counter[str] = Counter()
_COUNTING = threading.Lock()


@pytest.fixture(scope="session")
def attempt() -> Callable[[str], AbstractContextManager[None]]:
    """One attempt on a boundary, which it survives if what stands in the block holds.

    The argument names the boundary in English, as a row of the table of attempts: "a link that leaves the workspace".
    """

    @contextlib.contextmanager
    def trying(boundary: str) -> Iterator[None]:
        with _COUNTING:
            _TRIED[boundary] += 1
        yield
        with _COUNTING:
            _SURVIVED[boundary] += 1

    return trying


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes tells the first one what it tried."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["tried"], told["survived"] = dict(_TRIED), dict(_SURVIVED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The first process counts what the others tried."""
    told = getattr(node, "workeroutput", {})
    _TRIED.update(told.get("tried", {}))
    _SURVIVED.update(told.get("survived", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _TRIED:
        terminalreporter.section("what was tried")
        terminalreporter.write_line("| boundary | attempts | survived |")
        terminalreporter.write_line("|---|---|---|")
        for boundary, times in sorted(_TRIED.items()):
            terminalreporter.write_line(f"| {boundary} | {times} | {_SURVIVED[boundary]} |")
