"""No slip can hurt on air: held keys, pastes, clicks, dialogs over one another, a show opened on the wrong day."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.widgets import OptionList

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.rehearsal import REHEARSAL
from bobine.air.live.state import events as e
from bobine.air.live.state.session import fold
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from bobine.tui.keystrokes import BURST, HELD
from bobine.tui.kit.dialogs.choice import Choice
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.onair.board.board import Board
from bobine.tui.onair.gestures.asking import choose
from bobine.tui.onair.gestures.opening import when_words
from bobine.tui.onair.rehearsals import Rehearsals
from bobine.tui.onair.screen import AirScreen
from tests.tui.conftest import DAY, NOW, Hands, copy_atelier, make_app, on_disk, run, seat
from tests.tui.test_onair_screen import SIX, Clock, journal, on_air, ticked

Attempt = Callable[[str], AbstractContextManager[None]]
SIZES = [(80, 24), (120, 40)]
GESTURES = "cbakpjevwfq"
"""The keys that ask something on air."""

pytestmark = pytest.mark.boundary


def air(hands: Hands) -> AirScreen:
    assert isinstance(hands.place, AirScreen)
    return hands.place


def rehearse(root: Path, clock: Clock, speed: int) -> BobineApp:
    workspace = open_workspace(root)
    rehearsals = Rehearsals(Desk(workspace, workspace.shows[0], clock), DAY, speed)
    desk, stage = rehearsals.begin()
    return BobineApp(desk, DAY, on_air=stage, rehearsals=rehearsals)


def rehearsed(root: Path) -> tuple[e.Event, ...]:
    return Journal(journal(root).path.parent / REHEARSAL / JOURNAL_FILE).read()


async def begin(hands: Hands, clock: Clock, items: int = 4) -> None:
    for _ in range(items):
        await hands.press("space")
        clock.on(seconds=10)


@pytest.mark.parametrize("speed", [1, 20])
def test_a_held_key_does_its_action_once(atelier: Path, speed: int, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(rehearse(atelier, clock, speed)) as hands:
            await begin(hands, clock)
            for key in ("space", "enter", "u", "r", "s", "n", "m", "t", "+", "-", "1", "x"):
                with attempt("a key held on air"):
                    before = len(rehearsed(atelier))
                    await hands.hold(key, 8)
                    clock.on(seconds=10)
                    assert len(rehearsed(atelier)) - before <= 1, key
                    if key not in "1x":
                        assert len(rehearsed(atelier)) - before == 1 or "Rien n'est fait" in hands.told(), key
                        assert HELD.replace("\u00a0", " ") in hands.told(), key
            for key in GESTURES:
                with attempt("a key held on air"):
                    before = len(rehearsed(atelier))
                    await hands.hold(key, 3)
                    assert len(hands.app.screen_stack) <= 3, key
                    assert len(rehearsed(atelier)) == before, key
                    while isinstance(hands.app.screen, Dialog):
                        await hands.press("escape")

    run(test)


def test_plus_and_minus_count_at_a_hands_speed(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            await hands.hold("+", 1.5, delay_s=0.2, every_s=0.2)
            await hands.hold("-", 0.7, delay_s=0.2, every_s=0.2)
            seconds = [event.seconds for event in journal(atelier).read() if isinstance(event, e.Lengthened)]
            assert seconds == [30] * 8 + [-30] * 4

    run(test)


def test_a_pasted_text_does_nothing_and_says_so(attempt: Attempt) -> None:
    texts = st.text(st.sampled_from("abcefjkmnpqstuvwx UNMS\n\t1234567890+-,.'éàçè"), min_size=2, max_size=400)

    @settings(max_examples=25, suppress_health_check=[*HealthCheck])
    @given(texts, st.booleans())
    def paste(text: str, bracketed: bool) -> None:
        async def test(root: Path) -> None:
            clock = Clock(SIX)
            async with seat(on_air(root, clock)) as hands:
                await begin(hands, clock, 2)
                before = journal(root).read()
                await (hands.paste(text) if bracketed else hands.pour(text))
                assert journal(root).read() == before
                assert hands.app.screen is hands.place
                said = "Un texte a été collé" if bracketed else BURST[:30]
                # one key, pasted twice in a row within no time, is a burst too
                assert said in hands.told()

        with TemporaryDirectory() as folder, attempt("text pasted into the live screen"):
            root = Path(folder) / "atelier"
            root.mkdir()
            copy_atelier(root)
            run(lambda: test(root))

    paste()


@pytest.mark.parametrize("key", list("ckbapwf"))
def test_a_text_pasted_into_a_dialog_chooses_nothing(atelier: Path, key: str, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock)
            await hands.press("down", "down", key)
            before = journal(atelier).read()
            with attempt("text pasted into a dialog on air"):
                await hands.pour("Bonjour à tous\nvoici un mot\n u m n s\n\nb\n")
                assert journal(atelier).read() == before

    run(test)


def test_the_key_that_closes_a_dialog_does_nothing_under_it(atelier: Path, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            for gap in (0.05, 0.2, 0.5, 1, 2, 2.9):
                with attempt("the key that closes a dialog, again"):
                    clock.on(seconds=10)
                    await hands.press("k")
                    at_s = hands._at_s + 4
                    hands._key("enter", at_s)
                    await hands.idle()
                    assert "OUI" in hands.told() or "NON" in hands.told()
                    hands._key("enter", at_s + gap)
                    await hands.idle()
                    assert len(journal(atelier).read()) == 2
            await hands.press("space")
            assert len(journal(atelier).read()) == 3

    run(test)


def test_caps_lock_the_keypad_and_no_break_spaces_are_keys_as_any(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            for key, kind in (("\u00a0", e.Taken), ("M", e.Marked), ("\u202f", e.Taken), ("add", e.Lengthened),
                              ("subtract", e.Lengthened), ("minus_sign", e.Lengthened), ("T", e.StopwatchTurned),
                              ("U", e.Undone), ("R", e.Redone)):  # fmt: skip
                clock.on(seconds=10)
                await hands.press(key)
                assert type(journal(atelier).read()[-1]) is kind, key
            await hands.press("J")
            await hands.write("ÉCRIT en Capitales")
            await hands.press("enter")
            assert fold(journal(atelier).read()).notes[-1].text == "ÉCRIT en Capitales"
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "A")
            assert isinstance(hands.app.screen, Dialog)

    run(test)


def test_what_was_undone_is_done_again_also_after_a_restart(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock)
            before = fold(journal(atelier).read())
            await hands.press("u", "u")
            assert "Annulé" in hands.told()
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("r", "r")
            assert "Rétabli" in hands.told()
            assert fold(journal(atelier).read()) == before
            await hands.press("r")
            assert "rien à rétablir" in hands.told()

    run(test)


def test_dialogs_come_one_at_a_time(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            screen = air(hands)
            for key in GESTURES:
                screen.action_ask({"c": "repair", "v": "check"}.get(key, "note"))
            await hands.idle()
            assert len(hands.app.screen_stack) == 3
            first = hands.app.screen
            await hands.press("escape")
            await hands.until(lambda: isinstance(hands.app.screen, Dialog) and hands.app.screen is not first, "next")
            assert len(hands.app.screen_stack) == 3
            # nobody waited for this one: what is typed at once is not for it
            second = hands.app.screen
            assert isinstance(second, Dialog)
            assert second.late

    run(test)


def test_a_late_dialog_takes_nothing_from_a_note(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            await hands.press("j")
            await hands.write("bon")
            screen = air(hands)
            screen.run_worker(choose(screen, "En retard", []))
            await hands.idle()
            await hands.write("jour")
            assert "bonjour" in hands.dialog()
            at_s = hands._at_s + 4
            for n in range(4):
                hands._key("enter", at_s + n / 10)
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the late dialog")
            assert fold(journal(atelier).read()).notes[-1].text == "bonjour"
            await hands.press("escape")
            assert len(journal(atelier).read()) == 3

    run(test)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_covers_the_board_and_its_clock_goes_on(atelier: Path, size: tuple[int, int], attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock), size, toasts=True) as hands:
            await begin(hands, clock)
            board = air(hands).query_one(Board).region
            for what in [*GESTURES.replace("w", ""), "question_mark", "ctrl+p", "toast"]:
                with attempt("a dialog or a message over the board"):
                    if what == "toast":
                        for n in range(5):
                            hands.app.notify(f"Attention {n}. " * 12, severity="warning")
                    else:
                        await hands.press(what)
                        await hands.until(lambda: isinstance(hands.app.screen, Dialog), what)
                        await hands.idle()
                        box = hands.app.screen.query_one("#dialog")
                        assert box.region.y >= board.bottom, what
                        assert box.region.bottom <= size[1], what
                        keys = hands.app.screen.query("#dialog-keys")
                        assert all(box.region.contains_region(one.region) for one in keys), what
                    clock.on(seconds=7)
                    air(hands).tick()
                    await hands.idle()
                    seen = drawn_under(air(hands))
                    assert f"{clock.moment:%H:%M:%S}" in seen[board.y]
                    assert "PAS D'ENREGISTREMENT" in seen[board.y]
                    assert "EN COURS" in "".join(seen[board.y : board.bottom])
                    assert not hands.app._notifications
                    while isinstance(hands.app.screen, Dialog):
                        await hands.press("escape")

    run(test)


def drawn_under(screen: AirScreen) -> list[str]:
    """What the live screen draws, line by line, also while a dialog stands over a part of it."""
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in line).replace("\u00a0", " ") for line in strips]


@pytest.mark.parametrize("size", SIZES)
def test_clicks_anywhere_add_nothing_to_the_journal(atelier: Path, size: tuple[int, int], attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock), size) as hands:
            await begin(hands, clock, 2)
            before = journal(atelier).read()
            spots = [(x, size[1] - 1) for x in range(0, size[0], 3)]
            chance = random.Random(9)
            spots += [(chance.randrange(size[0]), chance.randrange(size[1])) for _ in range(100)]
            for spot in spots:
                with attempt("a click on the live screen"):
                    await hands.pilot.click(offset=spot, times=chance.choice((1, 2)))
                    await hands.idle()
                    assert journal(atelier).read() == before
                    assert hands.app.screen is hands.place

    run(test)


@pytest.mark.slow
def test_any_keys_at_all_never_end_the_program(
    atelier: Path, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(atelier)  # a sheet may be printed
    keys = [*"abcdefghijklmnopqrstuvwxyzABCDEÉéèç&\"'(-_1234567890+ ?/", "space", "enter", "escape", "up", "down",
            "tab", "pageup", "home", "delete", "backspace", "left", "f3", "f7", "f6", "ctrl+p", "ctrl+t", "ctrl+r",
            "ctrl+c", "add", "no_break_space", "unheard+of", "shift+f9"]  # fmt: skip

    async def test() -> None:
        clock = Clock(SIX)
        chance = random.Random(5)
        async with seat(on_air(atelier, clock)) as hands:
            at_s = 1e6
            for n in range(5000):
                at_s += chance.choice((0.0, 0.01, 0.04, 0.2, 1.2, 5))
                hands._key(chance.choice(keys), at_s)
                if n % 50 == 0:
                    clock.on(seconds=1)
                    await hands.idle()
                    if not hands.app.is_running:  # « quitter » can be typed by chance
                        break
            await hands.idle()
            with attempt("5,000 random keys on air"):
                assert hands.app._exception is None
        fold(journal(atelier).read())

    run(test)


def test_the_clock_goes_on_after_another_screen_was_shown(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space", "f3")
            await hands.pilot.pause(0.3)
            await hands.press("f7")
            clock.on(seconds=7)
            await hands.sees("18:00:07")

    run(test)


# Opening


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 25, 20, 0, tzinfo=SIX.tzinfo), "L'émission est demain à 18 h"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=SIX.tzinfo), "L'émission est aujourd'hui à 18 h"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=SIX.tzinfo), "L'émission est le jeudi 26 novembre à 18 h"),
        (datetime(2026, 11, 27, 9, 0, tzinfo=SIX.tzinfo), "L'émission était hier à 18 h"),
    ],
)
def test_outside_of_its_slot_the_real_show_asks_first(
    atelier: Path, moment: datetime, words: str, attempt: Attempt
) -> None:
    async def test() -> None:
        async with seat(on_air(atelier, Clock(moment))) as hands:
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            assert words in hands.dialog()
            with attempt("the real show opened outside of its slot"):
                await hands.press("enter")  # the safe answer stands first
                for key in ("space", "m", "w", "f", "j", "u", "+"):
                    await hands.press(key)
                    assert not journal(atelier).read()
                    assert isinstance(hands.app.screen, Choice), key
                    assert "ouvrir quand même" in hands.dialog()
                    await hands.press("escape")
            await hands.press("space")
            await hands.press("down", "down", "enter")
            await hands.press("space")
            assert len(journal(atelier).read()) == 1
        async with seat(on_air(atelier, Clock(moment))) as hands:
            await hands.press("m")
            assert len(journal(atelier).read()) == 2  # what was begun all the same is not asked again

    run(test)


@pytest.mark.parametrize("minutes", [-60, -5, 0, 54, 70])
def test_in_its_slot_and_around_it_nothing_is_asked(atelier: Path, minutes: int) -> None:
    async def test() -> None:
        clock = Clock(SIX + timedelta(minutes=minutes))
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            assert len(journal(atelier).read()) == 1

    run(test)


def test_who_waits_is_let_in_when_it_is_the_hour(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX - timedelta(hours=1, seconds=10))
        async with seat(on_air(atelier, clock)) as hands:
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            await hands.press("enter")
            assert "EN ATTENTE" in await ticked(hands)
            clock.on(seconds=20)
            assert "l'antenne est ouverte" in await ticked(hands)
            await hands.press("m")
            assert len(journal(atelier).read()) == 1

    run(test)


def test_from_the_screens_it_asks_too_and_can_be_rehearsed_there(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("f7")
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            await hands.press("down", "enter")
            await hands.until(lambda: bool(air(hands).stage.rehearsal), "the rehearsal")
            await hands.press("space")
            assert len(rehearsed(atelier)) == 1
            assert not journal(atelier).read()
            await hands.press("ctrl+r", "down", "down", "enter")
            await hands.until(lambda: not air(hands).stage.rehearsal, "the real show")
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question again")

    run(test)


def test_when_is_said_from_the_day_that_it_is() -> None:
    assert when_words(SIX.replace(minute=30), NOW) == "le jeudi 26 novembre à 18 h 30"
    assert when_words(SIX, SIX + timedelta(days=700)) == "le jeudi 26 novembre 2026 à 18 h"


# Rehearsal


@pytest.mark.parametrize("size", SIZES)
def test_a_rehearsal_looks_like_one_and_begins_again(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        clock = Clock(SIX - timedelta(days=3))
        async with seat(rehearse(atelier, clock, 20), size) as hands:
            await begin(hands, clock, 2)
            lines = hands.lines()
            for line in (lines[0], lines[-1]):
                assert line.count("RÉPÉTITION ×20") >= 3
                assert "▚▚▚" in line
            assert all(line[0] != " " for line in lines)
            assert "À L'ANTENNE" not in lines[1]
            assert "RÉPÉTITION" in lines[1]
            assert len(rehearsed(atelier)) == 2
            old = hands.place
            await hands.press("ctrl+r", "enter")
            assert hands.place is old
            await hands.press("ctrl+r", "down", "enter")
            await hands.until(lambda: hands.place is not old, "the rehearsal anew")
            assert rehearsed(atelier) == ()
            assert not old.is_attached
            await hands.press("space")
            assert len(rehearsed(atelier)) == 1
            assert air(hands).live.session.progress.aired == ()

    run(test)


def test_the_real_show_is_not_begun_again(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space", "ctrl+r")
            assert hands.app.screen is hands.place
            await hands.press("ctrl+p")
            await hands.write("répétition")
            assert hands.app.screen.query_one(OptionList).option_count == 1
            assert "Rien ne correspond" in hands.text()

    run(test)


# The other screens


def test_other_screens_say_what_is_on_air_elsewhere(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(make_app(atelier, now=clock, day=DAY)) as hands:
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]
            # another program puts an item on air
            journal(atelier).append(e.Taken(at=SIX, item=on_disk(atelier).items[0]))
            for key in ("f2", "f3", "f4", "f5"):
                await hands.press(key)
                await hands.look()
                assert "● À L'ANTENNE · SANS ENR" in hands.lines()[0], key
            await hands.press("x", "u")
            assert "À L'ANTENNE" in hands.lines()[0]
            journal(atelier).append(e.Ended(at=SIX))
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]
            journal(atelier).append(e.Undone(at=SIX))
            clock.on(hours=3)
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]

    run(test)
