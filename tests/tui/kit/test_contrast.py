"""What is drawn can be read: contrast in both themes (WCAG 2.2, 1.4.3), and meaning without any colour."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.geometry import Region
from textual.screen import ModalScreen

from bobine.tui import settings
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.themes import DARK, LIGHT
from tests.tui.conftest import DAY, PLAN, make_app
from tests.tui.hands import Hands, run, seat

LEAST = 4.5

TOUR = (
    (("f2",), "[ Saison ]"),
    (("tab",), "Ce jour"),
    (("f4",), "[ Idées ]"),
    (("f12",), "[ Bilan ]"),
    (("enter",), "d'où vient-il ?"),
    (("escape", "f5"), "[ Équipe ]"),
    (("tab",), "Qui sait faire quoi"),
    (("f3",), "[ Conducteur ]"),
    (("down", "down", "down"), "Politique locale"),
    (("end",), "PAD de secours"),
    (("enter",), "Micros"),
    (("tab", "x", "enter"), "✗ « "),
    (("escape", "escape", "a"), "Ajouter au conducteur"),
    (("escape", "d"), "Durée de « "),
    (("x", "enter"), "✗ « x »"),
    (("escape", "p", "s"), "amira Benhaddou"),
    (("escape", "question_mark"), "Marques à droite"),
    (("escape", "ctrl+p"), "Commandes"),
    (("escape", "e"), "L'émission"),
)
"""The keys that lead from each sight to the next, from the rundown on, and words of it: every screen, and every sort of
dialog."""


def luminance(color: Color) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    assert color.triplet is not None, f"{color} is whatever the terminal makes of it"
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.triplet.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(segment: Segment) -> float:
    """From 1 to 21."""
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    assert not style.dim
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def drawn(hands: Hands) -> Iterator[tuple[str, Segment]]:
    """Each run of text on the screen; under a dialog's veil nothing is to be read, and it is left out.

    So are the characters of frames, scroll bars and gauges (U+2500 to U+259F): they are no text, and what they show
    stands beside them in words.
    """
    screen = hands.app.screen
    room = Region(0, 0, *hands.app.size)
    if isinstance(screen, ModalScreen):
        room = screen.query_one("#dialog").region
    for y, strip in enumerate(screen._compositor.render_strips()):
        if room.y <= y < room.bottom:
            for segment in strip.crop(room.x, room.right):
                text = "".join(char for char in segment.text if not "\u2500" <= char <= "\u259f").strip()
                if text:
                    yield text, segment


async def sights(hands: Hands) -> AsyncIterator[str]:
    """Every sight, one after another, by a word of it."""
    for keys, words in TOUR:
        await hands.press(*keys)
        await hands.sees(words)
        yield words


async def trouble(hands: Hands, root: Path) -> None:
    """A plan that cannot be read, and each sort of message."""
    await hands.press("escape")
    (root / PLAN).write_text("date = ", encoding="utf-8")
    hands.place.tell("dit")
    hands.place.tell("prévenu", warning=True)
    hands.place.tell("refusé", refused=True)
    await hands.sees("Réparez le fichier")
    assert {"dit", "! prévenu", "✗ refusé"} <= {text for text, _ in drawn(hands)}


def too_faint(hands: Hands, where: str) -> set[str]:
    """What does not stand out."""
    return {
        f"{where}: {text} ({segment.style}, {contrast(segment):.2f})"
        for text, segment in drawn(hands)
        if contrast(segment) < LEAST
    }


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
def test_every_text_stands_out(atelier: Path, theme: str, size: tuple[int, int]) -> None:
    settings.write_theme(theme)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size, toasts=True) as hands:
            assert hands.app.theme == theme
            faint = set()
            async for sight in sights(hands):
                faint |= too_faint(hands, sight)
            await trouble(hands, atelier)
            assert not faint | too_faint(hands, "trouble")

    run(test)


@pytest.mark.slow
def test_without_colours(atelier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            faint = set()
            async for sight in sights(hands):
                faint |= too_faint(hands, sight)
                for _, segment in drawn(hands):
                    assert all(is_grey(color) for color in colors(segment))
            assert not faint

    run(test)


def colors(segment: Segment) -> list[Color]:
    style = segment.style
    assert style is not None
    return [color for color in (style.color, style.bgcolor) if color is not None]


def is_grey(color: Color) -> bool:
    return color.triplet is not None and len({*color.triplet}) == 1


@pytest.mark.parametrize("keys", [("f2",), ("f3",), ("f4",), ("f5",)], ids=["season", "rundown", "ideas", "team"])
def test_the_row_under_the_cursor_is_told_apart_without_colours(
    atelier: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press(*keys)
            listing = hands.place.query(Listing).first()
            await hands.press("home")
            under, beside = background(listing, 1), background(listing, 2)
            light, dark = sorted((luminance(under), luminance(beside)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 3
            await hands.press("down")
            assert (background(listing, 1), background(listing, 2)) == (beside, under)

    run(test)


def background(listing: Listing, line: int) -> Color:
    """What a line of a table is drawn on, as it comes to the terminal."""
    region = listing.region
    strip = listing.screen._compositor.render_strips()[region.y + line]
    segment = next(iter(strip.crop(region.x + 1, region.x + 2)))
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    return segment.style.bgcolor


def test_the_headline_says_in_words_and_signs_whether_the_show_fits(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            assert "✓ TOMBE JUSTE" in hands.text()
            assert "✓ prête" in hands.text()
            await hands.press("down", "+", "+", "+", "+")
            assert "▲ DÉPASSE DE 0'40" in hands.text()
            assert "✗ 1 à régler" in hands.text()
            await hands.press("-", "-", "-", "-", "-", "-", "-")
            assert "▼ IL RESTE 0'30" in hands.text()

    run(test)
