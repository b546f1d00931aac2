"""The covers drawn where none is given: the show's name, the episode's title, a ball of yarn and its thread."""

from __future__ import annotations

from PIL import Image, ImageDraw

from bobine.publish.cover.images import jpeg, read_cover, small_cover
from bobine.publish.cover.lettering import BOLD, MEDIUM, SEMI_BOLD, Style, drawable, fit
from bobine.publish.cover.palette import Palette, palette_for, sequence
from bobine.publish.cover.thread import draw_thread
from bobine.publish.cover.yarn import Ball, draw_ball

__all__ = ["draw_cover", "read_cover", "show_cover", "small_cover"]

SIDE = 3000
"""Width and height of a drawn cover, in pixels."""

_MARGIN = 210
_FOOT_TOP = 2430
_FOOT_WIDTH = 1320
_TITLE_HEIGHT = 1340
_WIDTH = SIDE - 2 * _MARGIN

_NAME = Style(SEMI_BOLD, range(150, 89, -10), leading=1.15, tracking=-0.01)
_TAGLINE = Style(MEDIUM, range(96, 63, -8), leading=1.2)
_TITLE = Style(BOLD, range(420, 129, -10), leading=1.06, tracking=-0.020, calm_size=200, calm_part=0.72)
_SHOW_TITLE = Style(BOLD, range(520, 159, -10), leading=1.0, tracking=-0.028)
_SHOW_TAGLINE = Style(MEDIUM, range(150, 79, -10), leading=1.22)
_FOOT_FIRST = Style(SEMI_BOLD, range(116, 63, -4), leading=1.2)
_FOOT = Style(MEDIUM, range(96, 63, -4), leading=1.2)


def draw_cover(
    show_title: str, tagline: str, station: str, episode_title: str, date_text: str, number_text: str
) -> bytes:
    """Draw an episode's cover: a JPEG of 3000 × 3000 pixels under 500 kB; the same texts give the same bytes.

    Characters that the typeface lacks are left out; a title of which nothing remains gives way to the date.

    Args:
        show_title: the show's name.
        tagline: its motto; may be empty.
        station: the station and its frequency; may be empty.
        episode_title: the episode's title.
        date_text: day of broadcast, for people.
        number_text: season and number, for people; the last number in it varies colours and yarn.
    """
    palette, turn = palette_for(show_title, number_text), sequence(number_text)
    image = Image.new("RGB", (SIDE, SIDE), palette.ground)
    draw = ImageDraw.Draw(image)
    y = _draw_head(draw, drawable(show_title), drawable(tagline), palette)
    title = drawable(episode_title) or drawable(date_text) or drawable(show_title)
    if title:
        block = fit(title, _TITLE, _WIDTH, _TITLE_HEIGHT)
        block.draw(draw, _MARGIN, y, palette.text)
        y += block.height
    _draw_motif(image, y, palette, turn)
    _draw_foot(draw, (drawable(date_text), drawable(number_text), drawable(station)), palette)
    return jpeg(image)


def show_cover(show_title: str, tagline: str, station: str) -> bytes:
    """Draw the channel's cover: a JPEG of 3000 × 3000 pixels under 500 kB; the same texts give the same bytes.

    Args:
        show_title: the show's name.
        tagline: its motto; may be empty.
        station: the station and its frequency; may be empty.
    """
    palette = palette_for(show_title, "0")
    image = Image.new("RGB", (SIDE, SIDE), palette.ground)
    draw = ImageDraw.Draw(image)
    y: float = _MARGIN
    for text, style, colour, room in (
        (drawable(show_title), _SHOW_TITLE, palette.text, 1150),
        (drawable(tagline), _SHOW_TAGLINE, palette.label, 380),
    ):
        if text:
            block = fit(text, style, _WIDTH, room)
            block.draw(draw, _MARGIN, y, colour)
            y += block.height + 50
    _draw_motif(image, y, palette, 0)
    _draw_foot(draw, (drawable(station),), palette)
    return jpeg(image)


def _draw_head(draw: ImageDraw.ImageDraw, name: str, tagline: str, palette: Palette) -> float:
    """The show's name and motto above an episode's title; returns where the title may begin."""
    y: float = _MARGIN
    for text, style in ((name, _NAME), (tagline, _TAGLINE)):
        if text:
            block = fit(text, style, _WIDTH, style.sizes[0] * style.leading)
            block.draw(draw, _MARGIN, y, palette.label)
            y += block.height
    return y + 150


def _draw_motif(image: Image.Image, text_foot: float, palette: Palette, turn: int) -> None:
    """The ball in the lower right corner, as large as the text above leaves room for, and its thread to the left."""
    radius = min(800.0, max(520.0, (SIDE - text_foot - 100) / 1.74))
    ball = Ball(SIDE - 0.80 * radius, SIDE - 0.74 * radius, radius)
    swing = radius * 0.34
    eye_y = max(text_foot + swing + 60, min(ball.y - 0.05 * radius, _FOOT_TOP - swing - 50))
    draw_thread(image, ball, (_MARGIN + 540, eye_y), (_MARGIN, eye_y - 80), palette, turn)
    draw_ball(image, ball, palette, turn)


def _draw_foot(draw: ImageDraw.ImageDraw, lines: tuple[str, ...], palette: Palette) -> None:
    """The lines at the lower left, the first one larger, the last one at the margin."""
    y: float = SIDE - _MARGIN + 20
    for index, line in reversed(list(enumerate(lines))):
        if line:
            style = _FOOT if index else _FOOT_FIRST
            block = fit(line, style, _FOOT_WIDTH, style.sizes[0] * style.leading)
            y -= block.height
            block.draw(draw, _MARGIN, y, palette.label if index else palette.text)
