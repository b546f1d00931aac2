"""The real program in a pseudo-terminal, abused by hand: held keys, raw pastes, bytes that are no keys, clicks."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.rehearsal import REHEARSAL
from bobine.air.live.state import events as e
from tests.conftest import ATELIER
from tests.live.technician import ENTER, Technician

pytestmark = [pytest.mark.slow, pytest.mark.boundary]

Attempt = Callable[[str], AbstractContextManager[None]]

PARAGRAPHS = (
    "Bonjour à toutes et à tous, vous écoutez l'émission qui vous aiguille la pelote.\nUn mot sur u, m, n, s et b ?\n",
    "uuuu mmmm\n\n\n   nnnn ssss 1 2 3 4 + - ++--\n",
    "fin\nquitter\noui\narrêter\n",
    "\n\n\nx",
)


class Rehearsed:
    """A rehearsal in a terminal, and its journal."""

    def __init__(self, root: Path, speed: int) -> None:
        shutil.copyfile(ATELIER / "shows.toml", root / "shows.toml")
        shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("*.lock", "history"))
        self._episode = root / "episodes" / "bobine-romanaise" / "2026-11-26"
        self.hands = Technician(root, "antenne", "2026-11-26", "--repetition", "--vitesse", str(speed))

    @property
    def events(self) -> tuple[e.Event, ...]:
        return Journal(self._episode / REHEARSAL / JOURNAL_FILE).read()

    @property
    def real(self) -> tuple[e.Event, ...]:
        return Journal(self._episode / JOURNAL_FILE).read()

    def send(self, keys: bytes, quiet_s: float = 1.3) -> None:
        """Send bytes as they are, then leave the keyboard alone."""
        self.hands._drawn = b""
        self.hands._terminal.send(keys)
        self.hands.watch(time.monotonic() + quiet_s)

    def hold(self, key: bytes, seconds: float, delay_s: float, every_s: float) -> None:
        """Hold a key as a keyboard without a protocol of its own repeats it."""
        begun = time.monotonic()
        self.send(key, delay_s)
        while time.monotonic() < begun + seconds:
            self.hands._terminal.send(key)
            self.hands.watch(time.monotonic() + every_s)
        self.hands.watch(time.monotonic() + 1.3)

    def take(self, items: int) -> None:
        for _ in range(items):
            self.send(b" ")

    def still_answers(self) -> None:
        """A mark can be set: the program lives, and hears."""
        before = len(self.events)
        for _ in range(5):  # a dialog may be open, or a late one have come
            self.send(b"\x1b", 0.5)
        self.send(b"m")
        self.hands.until(lambda: len(self.events) == before + 1 and isinstance(self.events[-1], e.Marked), "the mark")


@pytest.fixture(params=[1, 20])
def show(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rehearsed]:
    found = Rehearsed(tmp_path, request.param)
    with found.hands:
        found.hands.sees("RÉPÉTITION")
        found.hands.sees("Prévu")
        found.hands.watch(time.monotonic() + 1)
        yield found
        assert not found.real


def test_held_keys(show: Rehearsed, attempt: Attempt) -> None:
    show.take(4)
    for key, delay_s, every_s, seconds in (
        (b"u", 0.25, 1 / 30, 0.75),
        (b" ", 0.5, 1 / 30, 8),
        (ENTER, 0.66, 1 / 25, 3),
        (b"+", 0.25, 1 / 11, 3),
        (b"-", 0.5, 1 / 30, 3),
        (b"m", 0.5, 1 / 40, 2),
        (b"s", 0.5, 1 / 30, 2),
    ):
        with attempt("a key held on air, in a terminal"):
            before = len(show.events)
            show.hold(key, seconds, delay_s, every_s)
            assert len(show.events) in ((before, before + 1) if key == b"s" else (before + 1,)), key


def test_raw_pastes(show: Rehearsed, attempt: Attempt) -> None:
    show.take(3)
    before = show.events
    for text in PARAGRAPHS:
        with attempt("text pasted into the live screen, in a terminal"):
            show.send(text.encode())
            assert show.events == before
            assert "Trop de touches à la fois" in show.hands.text
        with attempt("text pasted into the live screen, in a terminal"):
            show.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")
            assert show.events == before
            assert "Un texte a été collé" in show.hands.text
    show.still_answers()


def test_enter_enter(show: Rehearsed, attempt: Attempt) -> None:
    show.take(2)
    before = show.events
    for gap in (0.05, 0.3, 1.5):
        with attempt("the key that closes a dialog, again"):
            show.send(b"k", 0.5)
            show.send(ENTER, gap)
            show.send(ENTER, 4)
            assert show.events == before


def test_capitals_the_keypad_and_no_break_spaces(show: Rehearsed) -> None:
    for key, kind in ((b"\x1bOM", e.Taken), (b"M", e.Marked), ("\u202f".encode(), e.Taken), (b"\x1bOk", e.Lengthened),
                      (b"U", e.Undone), (b"\x1b[57414u", e.Taken), (b"T", e.StopwatchTurned)):  # fmt: skip
        show.send(key)
        assert type(show.events[-1]) is kind, key


def test_bytes_that_are_no_keys_never_end_the_program(show: Rehearsed, attempt: Attempt) -> None:
    chance = random.Random(11)
    starts = (b"\x1b[", b"\x1b[<", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b[?", b"\x1b[48;", b"\x1b", b"\xc3", b"")
    known = [b"\xe9\xe8\xff", b"\x1b[99999999999999u", b"\x1b[1:2;3u", b"\x1b[48;99999;99999;9;9t", b"\x1b[48;0;0;0;0t",
             b"\x1b[200~", b"\x1b[201~", b"\x1b[<0;99999;99999M", b"\x1b[M\xff\xff\xff", b"\x00" * 9, b"\x1b" * 50,
             b"\x1b[99999;99999R", "\x1b[٣;٣u".encode(), b"\x1b[1114112u", b"\x1b[55296u"]  # fmt: skip
    for n in range(150):
        with attempt("bytes that are no keys"):
            made = chance.choice(starts) + bytes(
                chance.choice(b"0123456789;:?<>~MmuABCDRtI$y") if chance.random() < 0.7 else chance.randrange(256)
                for _ in range(chance.randrange(1, 24))
            )
            # Ctrl+Z stops a program, as it should; no key of ours is one
            show.send((known[n] if n < len(known) else made).replace(b"\x1a", b""), 0.05)
    show.hands.watch(time.monotonic() + 2)
    show.send(b"\x1b[48;24;80;0;0t", 0.5)
    show.still_answers()


def test_clicks_add_nothing(show: Rehearsed, attempt: Attempt) -> None:
    show.take(2)
    before = show.events
    chance = random.Random(3)
    spots = [(x, 39) for x in range(1, 120, 7)] + [
        (chance.randrange(1, 121), chance.randrange(1, 41)) for _ in range(60)
    ]
    for x, y in spots:
        with attempt("a click on the live screen"):
            show.send(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode(), 0.03)
    show.hands.watch(time.monotonic() + 1)
    assert show.events == before
    show.still_answers()


def test_the_clock_goes_on_under_a_dialog(show: Rehearsed) -> None:
    show.take(1)
    for key in (b"c", b"k", b"j", b"e", b"?", b"\x10"):
        show.send(key, 1)
        show.hands._drawn = b""
        show.hands.watch(time.monotonic() + 3.3)
        assert "PAS D'ENREGISTREMENT" in show.hands.text
        assert len(set(re.findall(r"(\d\d:\d\d:\d\d)   ?[●○!]", show.hands.text))) >= 3, key
        show.send(b"\x1b", 1)
