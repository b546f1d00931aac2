"""Carts played through a real sound server, and heard from its monitor."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bobine.air.carts.choose import Cart
from bobine.air.carts.outputs import check_output
from bobine.air.carts.player import STOP_FADE_S, Player
from bobine.air.carts.prepare import FRAME, HEAD_S, RATE, Prepared, prepared
from bobine.air.preflight.carts import carts_findings
from bobine.air.preflight.machine import Verdict
from bobine.errors import ToolError
from bobine.model.carts import SoundOutput, parse_output
from tests.air.carts.sounds import noise, tone, write
from tests.air.recorder.studio import Server, sound_server, until

pytestmark = pytest.mark.slow

STUDIO = parse_output("pulse:studio")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with sound_server(tmp_path / "pulse") as found:
        yield found


@pytest.fixture
def player(server: Server) -> Iterator[Player]:
    found = Player(STUDIO)
    yield found
    found.close()


class Ears:
    """What comes out of the sink."""

    def __init__(self) -> None:
        self._heard = bytearray()
        command = ["parec", "--device=studio.monitor", "--latency-msec=20", "--format=s16le", f"--rate={RATE}"]
        self.process = subprocess.Popen([*command, "--channels=2"], stdout=subprocess.PIPE)
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        until(lambda: bool(self._heard))

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as pipe:
            while piece := os.read(pipe.fileno(), 65536):
                self._heard += piece

    @property
    def heard(self) -> bytes:
        return bytes(self._heard)

    @property
    def frames(self) -> int:
        return len(self._heard) // FRAME

    def wait(self, seconds: float) -> None:
        """Until so much more was heard."""
        goal = self.frames + round(seconds * RATE)
        until(lambda: self.frames >= goal)


@contextmanager
def ears() -> Iterator[Ears]:
    found = Ears()
    try:
        yield found
    finally:
        found.process.kill()
        found.process.wait()
        found.thread.join()


def of(folder: Path, *parts: array[int], name: str = "a", bed: bool = False) -> Prepared:
    return prepared(write(folder / f"{name}.wav", *parts), folder / "carts", bed=bed)


def left(data: bytes) -> list[int]:
    return list(array("h", data[: len(data) // FRAME * FRAME])[::2])


def silent(player: Player) -> Callable[[], bool]:
    return lambda: not player.playing()


def test_what_is_heard_is_the_prepared_sound_to_the_sample(player: Player, tmp_path: Path) -> None:
    sound = of(tmp_path, noise(2, 0.3))
    with ears() as studio:
        player.play("a", sound)
        until(silent(player))
        studio.wait(0.5)
        heard = studio.heard
    at = heard.find(sound.samples()[: 200 * FRAME].lstrip(b"\0"))
    assert at > 0
    begin = heard.find(sound.samples()[RATE * FRAME :][: 500 * FRAME]) - RATE * FRAME
    assert heard[begin : begin + sound.frames * FRAME] == sound.samples()
    assert not any(heard[begin + sound.frames * FRAME :])
    assert player.ended() == ("a",)
    assert player.ended() == ()
    assert not player.trouble


def test_a_long_sound_is_read_while_it_plays(player: Player, tmp_path: Path) -> None:
    sound = of(tmp_path, noise(HEAD_S + 2, 0.3))
    assert len(sound.head) < sound.frames * FRAME
    with ears() as studio:
        player.play("a", sound)
        until(silent(player))
        studio.wait(0.5)
        heard = studio.heard
    assert sound.samples()[HEAD_S * RATE * FRAME :][: RATE * FRAME] in heard


def test_stopping_fades_away_without_a_click(player: Player, tmp_path: Path) -> None:
    sound = of(tmp_path, tone(8, 0.3, hertz=1000))
    with ears() as studio:
        player.play("a", sound)
        studio.wait(1)
        player.stop()
        until(silent(player))
        studio.wait(0.5)
        heard = left(studio.heard)
    # the highest of each millisecond, which is one period
    tops = [max(map(abs, heard[n : n + 48])) for n in range(0, len(heard) - 48, 48)]
    full = max(tops)
    last = max(n for n, top in enumerate(tops) if top > 0)
    falling = [n for n, top in enumerate(tops) if top > full * 0.99]
    fade = tops[falling[-1] : last + 1]
    assert len(fade) / 1000 == pytest.approx(STOP_FADE_S, abs=0.1)
    assert all(b <= a + full * 0.005 for a, b in itertools.pairwise(fade))
    assert max(a - b for a, b in itertools.pairwise(fade)) < full * 0.01
    assert player.ended() == ()


def test_another_takes_the_place_and_a_bed_stays_under_it(player: Player, tmp_path: Path) -> None:
    bed = of(tmp_path, noise(1, 0.3, seed=3), name="bed", bed=True)
    first, second = of(tmp_path, noise(5, 0.3), name="b"), of(tmp_path, noise(1, 0.3, seed=2), name="c")
    player.play("bed", bed, loop=True)
    player.play("first", first)
    until(lambda: any(one.tag == "first" and one.at > 0 for one in player.playing()))
    assert {one.tag: one.fading for one in player.playing()} == {"bed": False, "first": False}
    player.play("second", second)
    assert {one.tag: one.fading for one in player.playing()} == {"bed": False, "first": True, "second": False}
    until(lambda: len(player.playing()) == 1)
    assert player.ended() == ("second",)
    player.stop("bed")
    until(silent(player))


def test_an_output_that_is_killed_is_opened_again_and_the_sound_goes_on(player: Player, tmp_path: Path) -> None:
    sound = of(tmp_path, noise(6, 0.3))
    troubles = set()
    with ears() as studio:
        player.play("a", sound)
        until(lambda: any(one.at > RATE for one in player.playing()))
        before = player.pid
        os.kill(before, signal.SIGKILL)
        while player.pid in (0, before) or player.trouble:
            troubles.add(player.trouble)
            time.sleep(0.01)
        until(silent(player))
        studio.wait(0.5)
        heard = studio.heard
    assert any("La sortie « pulse:studio » ne joue plus" in one for one in troubles)
    fifth = RATE // 5
    pieces = [sound.samples()[at * FRAME : (at + fifth) * FRAME] for at in range(4 * RATE, 5 * RATE, fifth)]
    assert sum(piece in heard for piece in pieces) >= 3  # a busy machine may leave a hole in one or two
    assert player.ended() == ("a",)


def test_an_output_that_stands_still_is_noticed(player: Player, tmp_path: Path) -> None:
    player.play("a", of(tmp_path, noise(20, 0.3)))
    until(lambda: any(one.at > RATE / 2 for one in player.playing()))
    before = player.pid
    os.kill(before, signal.SIGSTOP)
    until(lambda: "ne prend plus de son" in player.trouble)
    until(lambda: player.pid not in (0, before) and not player.trouble)


def test_an_output_that_is_unplugged_is_said_and_cut_then_works_again(
    player: Player, server: Server, tmp_path: Path
) -> None:
    player.play("a", of(tmp_path, noise(20, 0.3)))
    until(lambda: any(one.at > RATE / 2 for one in player.playing()))
    server.unplug()
    until(lambda: bool(player.trouble))
    until(silent(player))
    server.plug()
    until(lambda: not player.trouble)
    player.play("b", of(tmp_path, noise(0.5, 0.3), name="b"))
    until(lambda: player.ended() == ("b",))


def test_an_output_is_tried_before_the_show(server: Server) -> None:
    check_output(STUDIO)
    check_output(parse_output("pulse:default"))
    with pytest.raises(ToolError, match="« pulse:nowhere » ne répond pas"):
        check_output(parse_output("pulse:nowhere"))
    with pytest.raises(ToolError, match="« audiotoolbox:default »"):
        check_output(parse_output("audiotoolbox:default"))


def test_the_preflight_names_each_sound_and_the_output(server: Server, tmp_path: Path) -> None:
    write(tmp_path / "good.wav", noise(1, 0.3))
    (tmp_path / "bad.mp3").write_text("non")
    carts = [Cart(key=str(n), title=name.title(), file=f"{name}.{end}") for n, (name, end) in enumerate(
        [("good", "wav"), ("bad", "mp3"), ("gone", "mp3")])]  # fmt: skip
    found = carts_findings(carts, tmp_path, tmp_path / "episode", "pulse:studio")
    assert [check.verdict for check in found] == [Verdict.GOOD, Verdict.BAD, Verdict.BAD]
    assert "« Bad » ne peut pas être joué : « bad.mp3 » n'est pas un son lisible" in found[1].words
    assert "« Gone » ne peut pas être joué : « gone.mp3 » n'est pas là" in found[2].words
    assert all(check.owner for check in found if check.verdict is not Verdict.GOOD)
    found = carts_findings(carts[:1], tmp_path, tmp_path / "episode", "pulse:nowhere")
    assert [(check.what, check.verdict) for check in found] == [("Sortie son", Verdict.BAD), ("Sons", Verdict.GOOD)]
    (unused,) = carts_findings(carts, tmp_path, tmp_path / "episode", "")
    assert unused.verdict is Verdict.DOUBT
    assert carts_findings([], tmp_path, tmp_path / "episode", "") == ()
    assert str(SoundOutput(kind=STUDIO.kind, name="studio")) == "pulse:studio"
