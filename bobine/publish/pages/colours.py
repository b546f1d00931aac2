"""The pages' colours, from the cover's palettes, with enough contrast in light and dark. Pure.

WCAG 2.2: 1.4.3 for text, 1.4.11 for the outlines of controls.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from bobine.publish.cover.palette import PALETTES, Colour, Palette, mix

_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of a page; text stands out on its ground at 4.5:1 or more, edges and the yarn at 3:1 or more.

    Attributes:
        paper: the page.
        card: what lies on it.
        ink: text.
        soft: smaller text.
        accent: links, the mark of what plays, the focus.
        edge: the outlines of controls.
        line: lines that only divide.
        ground: the head, as the cover's.
        title: text on it.
        label: smaller text on it.
        yarn: the thread on it.
    """

    paper: Colour
    card: Colour
    ink: Colour
    soft: Colour
    accent: Colour
    edge: Colour
    line: Colour
    ground: Colour
    title: Colour
    label: Colour
    yarn: Colour


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, ratio: float, *grounds: Colour) -> Colour:
    """The colour itself, or as near to it as stands out on all of the grounds; they are all light, or all dark."""
    end = _BLACK if sum(map(_luminance, grounds)) / len(grounds) > 0.18 else _WHITE
    for step in range(_STEPS):
        found = mix(colour, end, step / _STEPS)
        if all(contrast(found, ground) >= ratio for ground in grounds):
            return found
    return end


def light(palette: Palette) -> Scheme:
    """The scheme of a light page."""
    dark, bright = _by_luminance(palette)
    paper = mix(_WHITE, bright, 0.22 if palette.ground == bright else 0.12)
    return _scheme(palette, palette, paper, _WHITE, mix(dark, _BLACK, 0.25))


def dark(palette: Palette) -> Scheme:
    """The scheme of a dark page."""
    dark, bright = _by_luminance(palette)
    paper = mix(dark, _BLACK, 0.6)
    return _scheme(palette, _by_night(palette), paper, mix(paper, _WHITE, 0.07), mix(bright, _WHITE, 0.5))


def style_sheet() -> str:
    """The rules that give a body of class ``p0``, ``p1``… the colours of that palette, in light and dark."""
    light_rules = "".join(_rule(number, light(palette)) for number, palette in enumerate(PALETTES))
    dark_rules = "".join(_rule(number, dark(palette)) for number, palette in enumerate(PALETTES))
    return f"{light_rules}@media (prefers-color-scheme:dark){{{dark_rules}}}\n"


def hexadecimal(colour: Colour) -> str:
    """A colour as CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _by_night(palette: Palette) -> Palette:
    """The cover's colours for a dark page: a bright ground gives way to the colour of its text."""
    dark, bright = _by_luminance(palette)
    return palette if palette.ground == dark else replace(palette, ground=dark, text=bright, label=palette.second)


def _scheme(palette: Palette, head: Palette, paper: Colour, card: Colour, ink: Colour) -> Scheme:
    text = readable(ink, 10, paper, card)
    return Scheme(
        paper=paper,
        card=card,
        ink=text,
        soft=readable(mix(text, paper, 0.35), 5.5, paper, card),
        accent=readable(palette.yarn, 5, paper, card),
        edge=readable(mix(text, paper, 0.5), 3.5, paper, card),
        line=mix(paper, text, 0.16),
        ground=head.ground,
        title=readable(head.text, 7, head.ground),
        label=readable(head.label, 4.6, head.ground),
        yarn=readable(head.yarn, 3, head.ground),
    )


def _by_luminance(palette: Palette) -> tuple[Colour, Colour]:
    """The darker and the lighter of the palette's ground and text."""
    first, second = sorted((palette.ground, palette.text), key=_luminance)
    return first, second


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rule(number: int, scheme: Scheme) -> str:
    values = [(field.name, getattr(scheme, field.name)) for field in fields(scheme)]
    return f".p{number}{{{''.join(f'--{name}:{hexadecimal(value)};' for name, value in values)}}}"
