"""The colours of the drawn covers: a show keeps its order of palettes, each episode takes the next one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together: the text stands out on the ground at 7:1 or more, the label at 4.5:1.

    Attributes:
        ground: the background.
        yarn: the ball of yarn and its thread.
        second: the other dye of the yarn.
        text: titles.
        label: smaller text.
    """

    ground: Colour
    yarn: Colour
    second: Colour
    text: Colour
    label: Colour

    @property
    def shadow(self) -> Colour:
        """The colour between the threads."""
        darkest = min(self.ground, self.text, key=sum)
        return mix(mix(self.yarn, (0, 0, 0), 0.55), darkest, 0.45)


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """A colour between two: the first at 0 (or less), the second at 1 (or more)."""
    share = min(1.0, max(0.0, part))
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _hex(text: str) -> Colour:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


PALETTES = tuple(
    Palette(*(_hex(colour) for colour in row.split()))
    for row in (
        # ground yarn second text label
        "2A1A3E FF7A59 FFC2A1 FFF4E6 FFB59E",
        "0F3B43 FFBE3D FFE2A0 F8F2E3 FFD98A",
        "F7EBD8 D1495B F08A7E 2B1B2E A5303F",
        "16254C 5FD3C4 B8EFE4 F2F5F7 9FE6DC",
        "7E2A22 FFCF8B FFF0D6 FFF5E8 FFDCA8",
        "1D3B2E F2A0B0 FBD5DB F7F4E6 F7C6CF",
        "F4BD3F 2F3E66 5D76AE 1B1F3B 4A2C12",
        "E9D3DA 2F6F8F 74B3C8 22263A 1F5674",
    )
)


def palette_for(show: str, number: str) -> Palette:
    """The palette of an episode; two numbers in a row never have the same.

    Args:
        show: the show's title, which sets where it starts.
        number: what the cover says of the episode's number; the last whole number in it counts.
    """
    digest = hashlib.sha256(show.encode(errors="replace")).digest()
    return PALETTES[(digest[0] + 3 * sequence(number)) % len(PALETTES)]


def sequence(number: str) -> int:
    """The whole number that a number's text ends with; one that depends on the text where it holds none."""
    found = re.findall(r"[0-9]{1,9}", number)
    return int(found[-1]) if found else sum(number.encode(errors="replace"))
