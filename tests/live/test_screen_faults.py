"""The screen dies in every way while the show is on air: the recording does not notice, and the screen comes back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.recorder_link import stop_recorder
from bobine.air.live.stage import real_stage
from bobine.air.live.state.events import RecordingGap
from bobine.air.live.state.session import Session, fold
from bobine.air.recorder.link import control
from bobine.air.recorder.link.status import Status
from bobine.air.recorder.wav import HEADER_SIZE
from bobine.demo.workspace import make_demo_workspace
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from tests.air.recorder.studio import FRAME, noise, until
from tests.conftest import ROOT
from tests.live.technician import ENTER, Technician
from tests.tui.hands import run, seat

pytestmark = pytest.mark.slow

Note = Callable[[str], None]


class Show:
    """An episode whose input is a file that is played in real time."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "atelier"
        slug, day = make_demo_workspace(self.root, folder / "feed", date(2026, 11, 20), 4)
        self.played = noise(self.root / "noise.wav", 120)
        with (self.root / "shows.toml").open("a", encoding="utf-8") as shows:
            shows.write('\n[shows.demo.recording]\ninput = "file:noise.wav"\n')
        self.reference = f"{slug}/{day}"
        self.episode = self.root / "episodes" / self.reference
        self.recording = self.episode / "recording"

    @property
    def status(self) -> Status:
        found = control.status(self.recording)
        assert found is not None
        return found

    @property
    def session(self) -> Session:
        return fold(Journal(self.episode / JOURNAL_FILE).read())

    @property
    def on_air(self) -> str:
        on_air = self.session.progress.on_air
        return on_air.item.title if on_air is not None else ""

    def screen(self) -> Technician:
        return Technician(self.root, "antenne", self.reference)

    def begin(self, hands: Technician) -> None:
        """Open the show though it is another day, record, and put two items on air."""
        hands.open_anyway()
        hands.sees("PAS D'ENREGISTREMENT")
        hands.press(b"w")
        hands.sees("● ENR")
        hands.press(b" ")
        hands.watch(time.monotonic() + 1.2)
        hands.press(b" ")
        hands.until(lambda: len(self.session.progress.stretches) == 2, "the second item")

    def goes_on(self) -> None:
        """The recording grows."""
        at = self.status.position
        until(lambda: self.status.position > at + 24_000)

    def comes_back(self, hands: Technician) -> float:
        """The screen is there with the right item, and the recording's proof; gives the seconds from its start."""
        title = self.on_air
        begun = time.monotonic()
        hands.sees("● ENR")
        hands.sees(title)
        took = time.monotonic() - begun
        hands.press(b"u")
        hands.until(lambda: len(self.session.progress.stretches) == 1, "undo")
        hands.press(b" ")
        hands.until(lambda: self.on_air == title, "the item again")
        return took

    def is_whole(self) -> None:
        """What was recorded is, to the byte, what was played."""
        control.request_stop(self.recording)
        time.sleep(0.5)
        control.request_stop(self.recording)
        assert control.await_stopped(self.recording)
        kept = (self.recording / "antenne.wav").read_bytes()[HEADER_SIZE:]
        assert kept == self.played[: len(kept)]
        assert len(kept) > 48_000 * FRAME
        events = Journal(self.episode / JOURNAL_FILE).read()
        assert not [event for event in events if isinstance(event, RecordingGap)]


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Show]:
    found = Show(tmp_path)
    yield found
    if control.is_running(found.recording):
        for pid in (found.status.standby, found.status.pid, found.status.capture):
            if pid:
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("fault", ["kill -9 of the screen", "terminal closed (SIGHUP), as when ssh is dropped"])
def test_the_screen_dies_and_comes_back(show: Show, note: Note, fault: str) -> None:
    took = []
    with show.screen() as hands:
        show.begin(hands)
        if fault.startswith("kill"):
            hands.kill()
        else:
            hands.hang_up()
        until(lambda: not _alive(hands.pid))
    show.goes_on()
    for _ in range(3):
        with show.screen() as hands:
            took.append(show.comes_back(hands))
            hands.kill()
    show.is_whole()
    note(f"| {fault} | {len(took)} | 0 | back on air within {max(took):.2f} s |")


def test_tmux_is_killed(show: Show, tmp_path: Path, note: Note) -> None:
    if shutil.which("tmux") is None:
        if os.environ.get("CI"):
            pytest.fail("tmux is not installed")
        pytest.skip("tmux is not installed")
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    command = [sys.executable, "-m", "bobine", "--atelier", str(show.root), "antenne", show.reference]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BOBINE_CONFIG": str(tmp_path / "config")}
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", *command], check=True, env=environment)

    def drawn() -> str:
        return subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout

    def press(*keys: str) -> None:
        subprocess.run([*tmux, "send-keys", *keys], check=True)

    until(lambda: "Ouvrir quand même" in drawn().replace("\u00a0", " "))
    time.sleep(1.2)
    press("Down")
    press("Down")
    press("Enter")
    until(lambda: "Ouvrir quand même" not in drawn().replace("\u00a0", " "))
    time.sleep(0.6)
    until(lambda: "PAS D'ENREGISTREMENT" in drawn().replace("\u00a0", " ").replace("’", "'"))
    press("w")
    until(lambda: "● ENR" in drawn().replace("\u00a0", " "))
    press("Space")
    until(lambda: len(show.session.progress.stretches) == 1)
    subprocess.run([*tmux, "kill-server"], check=True)
    show.goes_on()
    with show.screen() as hands:
        title = show.on_air
        hands.sees("● ENR")
        hands.sees(title)
    show.is_whole()
    note("| tmux killed | 1 | 0 | the recording goes on, the screen comes back |")


def kill_all(show: Show) -> None:
    """Screen aside, all is gone at once, as in a power cut."""
    until(lambda: bool(show.status.standby))
    pids = (show.status.standby, show.status.pid, show.status.capture)
    for sent in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            os.kill(pid, sent)
    until(lambda: control.was_interrupted(show.recording))


def test_everything_dies_and_one_key_records_again(show: Show) -> None:
    with show.screen() as hands:
        show.begin(hands)
        hands.kill()
    kill_all(show)
    with show.screen() as hands:
        hands.sees("PAS D'ENREGISTREMENT")
        hands.press(b"w")
        hands.sees("● ENR")
        assert show.on_air in hands.text
        hands.press(b"m")
        hands.until(lambda: len(show.session.marks) == 1, "the mark")
    events = Journal(show.episode / JOURNAL_FILE).read()
    assert [event for event in events if isinstance(event, RecordingGap)]


def test_everything_dies_during_the_slot_and_the_screen_records_again_by_itself(show: Show) -> None:
    workspace = open_workspace(show.root)
    demo = workspace.shows[0]
    day = date.fromisoformat(show.episode.name)
    moment = demo.slot.bounds(day)[0]

    def app() -> BobineApp:
        return BobineApp(Desk(workspace, demo, lambda: moment), day, on_air=real_stage(workspace, demo, day))

    async def test() -> None:
        async with seat(app()) as hands:
            await hands.press("w")
            await hands.until(lambda: control.is_running(show.recording), "the recorder")
            await hands.press("space")
        kill_all(show)
        async with seat(app()) as hands:
            await hands.until(lambda: control.is_running(show.recording), "the recorder again")
            await hands.until(lambda: "il a repris" in hands.told(), "that it goes on")

    run(test)
    show.goes_on()


def test_words_are_asked_and_slips_do_nothing(show: Show) -> None:
    with show.screen() as hands:
        show.begin(hands)
        hands.press(b"\x1b", b"q", b"\x1b", b"w", b"\x1b")
        hands.watch(time.monotonic() + 1.2)
        hands.press(b"q", *[b"o", b"u", b"i"], ENTER, b"\x1b")
        assert _alive(hands.pid)
        show.goes_on()
        assert control.is_running(show.recording)
        hands.watch(time.monotonic() + 1.2)
        hands.leave(b"q", *[letter.encode() for letter in "quitter"], ENTER)
        until(lambda: not _alive(hands.pid))
    show.goes_on()
    show.is_whole()


def _alive(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def test_levels_and_clipping_are_told_as_they_are_heard(tmp_path: Path) -> None:
    show = Show(tmp_path)
    words = bytearray(show.played[: 20 * 48_000 * FRAME])
    words[10 * 48_000 * FRAME : 10 * 48_000 * FRAME + 4000] = b"\xff\x7f" * 2000
    with wave.open(str(show.root / "noise.wav"), "wb") as out:
        out.setparams((2, 2, 48_000, 0, "NONE", ""))
        out.writeframes(words)
    workspace = open_workspace(show.root)
    recorder = real_stage(workspace, workspace.shows[0], date.fromisoformat(show.episode.name)).recorder
    recorder.start()
    try:
        until(lambda: recorder.sound().short_term_lufs is not None)
        sound = recorder.sound()
        assert sound.peak_db == pytest.approx(-18, abs=1)
        assert sound.momentary_lufs == pytest.approx(-18, abs=6)
        assert not sound.alarms
        until(lambda: any("Ça sature" in words for words in recorder.sound().alarms))
        until(lambda: not recorder.sound().alarms)
    finally:
        stop_recorder(show.recording)
