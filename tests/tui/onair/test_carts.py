"""The strip of carts on the live screen: keys that play, stop, and say why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bobine.air.carts.choose import Cart
from bobine.air.carts.deck import Face
from bobine.air.carts.player import Playing
from bobine.air.live.state.events import CartStarted, CartStopped
from bobine.tui.onair.board.cart_words import cell, headline, squeezed
from tests.air.carts.sounds import RATE, noise, write
from tests.air.recorder.studio import Server, sound_server
from tests.tui.hands import Hands, run, seat
from tests.tui.onair.test_onair_screen import SIX, Clock, journal, on_air, ticked

PLAN = Path("episodes/bobine-romanaise/2026-11-26/episode.toml")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with sound_server(tmp_path / "pulse") as found:
        yield found


def with_carts(root: Path, output: str) -> None:
    """The workspace with a serial that has its sound, a bed, and a jingle that nobody brought."""
    folder = root / PLAN.parent
    write(folder / "pad" / "feuilleton.wav", noise(4, 0.3))
    write(root / "sons" / "fil.wav", noise(1, 0.3))
    plan = root / PLAN
    text = plan.read_text("utf-8")
    for name, file in (("pedro-l-avocat", "pad/feuilleton.wav"), ("jingle", "pad/jingle.wav")):
        assert text.count(f'id = "{name}"\n') == 1
        text = text.replace(f'id = "{name}"\n', f'id = "{name}"\nfile = "{file}"\n')
    plan.write_text(text, "utf-8")
    shows = root / "shows.toml"
    cart = '[[shows.bobine-romanaise.carts]]\ntitle = "Fil rouge"\nfile = "sons/fil.wav"\nbed = true\n'
    text = shows.read_text("utf-8").replace('output = ""', f'output = "{output}"')
    shows.write_text(f"{text}\n{cart}", "utf-8")


async def seen(hands: Hands, *texts: str) -> None:
    """Look at every tick until all the texts are there."""
    for text in texts:
        await hands.until(partial(_sees, hands, text), f"« {text} »")


def _sees(hands: Hands, text: str) -> bool:
    return text in _now(hands)


def _now(hands: Hands) -> str:
    hands.place.tick()  # type: ignore[attr-defined]
    return hands.text()


def test_without_an_output_there_is_no_strip(atelier: Path) -> None:
    with_carts(atelier, "")

    async def test() -> None:
        async with seat(on_air(atelier, Clock(SIX))) as hands:
            await hands.press("1")
            assert "Fil rouge" not in await ticked(hands)

    run(test)


@pytest.mark.slow
def test_a_digit_plays_and_x_stops_and_the_journal_knows_it_of_the_show_alone(server: Server, atelier: Path) -> None:
    with_carts(atelier, "pulse:studio")

    async def test() -> None:
        async with seat(on_air(atelier, Clock(SIX))) as hands:
            await seen(hands, "1 Feuilleton", "0'04", "~9 Fil rouge 0'01", "✗2 Jingle", "« jingle.wav » n'est pas là")
            await hands.press("&")
            await seen(hands, "▶1 Feuilleton", "RESTE 0:03", "OUT DANS 3 s « … à jeudi ! »")
            await seen(hands, "■ FINI Feuilleton", "OUT « … à jeudi ! »")
            await hands.press("9")
            await seen(hands, "↻9 Fil rouge", "9 ou X l'arrête")
            await hands.press("x")
            await hands.until(lambda: "↻" not in _now(hands))
            await hands.press("2")
            assert "Rien n'est joué" in hands.told()
            assert not journal(atelier).read()
            await hands.press("space", "1")
            await seen(hands, "▶1 Feuilleton")
            await hands.press("x")
            _, started, stopped = journal(atelier).read()
            assert isinstance(started, CartStarted)
            assert (started.sound, started.bed, started.seconds) == (str(PLAN.parent / "pad/feuilleton.wav"), False, 4)
            assert isinstance(stopped, CartStopped)

    run(test)


def face(at: float | None, length: float = 30, *, cue: str = "", loop: bool = False) -> Face:
    playing = Playing("a", round(at * RATE), round(length * RATE), loop, fading=False) if at is not None else None
    return Face(Cart(key="1", title="Feuilleton de Pedro l'Avocat", file="a", out_cue=cue, bed=loop), None, "", playing)


@pytest.mark.parametrize(
    ("at", "cue", "words"),
    [
        (0.0, "… à jeudi !", " out « … à jeudi ! »"),
        (20.0, "… à jeudi !", " OUT DANS 10 s « … à jeudi ! »"),
        (29.5, "… à jeudi !", " OUT DANS 1 s « … à jeudi ! »"),
        (25.0, "", " FIN DANS 5 s"),
    ],
)
def test_the_out_cue_is_announced_in_the_last_ten_seconds(at: float, cue: str, words: str) -> None:
    said = headline([face(at, cue=cue)], None, "")
    assert said[-1].text == words
    assert sum(len(part.text) for part in said) <= 80


def test_the_end_and_a_lost_output_are_told() -> None:
    cart = face(None, cue="fin").cart
    assert [part.text for part in headline([face(None)], cart, "")] == [
        " ■ FINI Feuilleton de Pedro… ",
        "  OUT « fin »",
    ]
    assert headline([face(1)], cart, "La sortie ne joue plus")[0].text == " ✗ La sortie ne joue plus "
    assert headline([face(None)], None, "") == ()


def test_a_cell_keeps_its_figure() -> None:
    assert squeezed(cell(face(7)).text, 18) == "▶1 Feuilleto… 0:23"
    ready = replace(face(None), length=timedelta(seconds=30))
    assert cell(ready, room=13).text == " 1 Feuilleton de Pedro l'Avocat"
    assert squeezed(cell(ready, room=20).text, 20) == " 1 Feuilleton… 0'30"
    assert squeezed("▶1 Virgule 0:07", 18) == "▶1 Virgule 0:07"
    assert len(squeezed("▶1 Virgule 0:07", 8)) == 8
