"""Words of the strip of carts: a cell for each, and a line for the sounds that play, end, or cannot be played."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bobine.air.carts.choose import Cart
from bobine.air.carts.deck import Face
from bobine.air.carts.player import Playing
from bobine.model.written.durations import clock, format_duration
from bobine.tui.kit.lists.rows import Tone

OUT_WITHIN_S = 10
"""So long before its end the last words of a sound are announced, seconds."""

_BAR = 8
_FEW = 18
_LONGEST_TITLE = 20
_HINT = "Un chiffre lance un son, X l'arrête en fondu"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words and their tone; ``loud`` words stand on a ground of it."""

    text: str
    tone: Tone = Tone.PLAIN
    loud: bool = False


def cell(face: Face, room: int = 80) -> Part:
    """« 1 Virgule 0'10 », « ▶1 Virgule 0:07 », « ↻7 Fil rouge », « ✗3 Jingle ».

    Args:
        face: the cart.
        room: columns; with few of them the title is worth more than the length.
    """
    cart = face.cart
    if face.playing is not None:
        left = "" if face.playing.loop else f" {clock(math.ceil(face.playing.left_s))}"
        return Part(f"{'↻' if face.playing.loop else '▶'}{cart.key} {cart.title}{left}", Tone.GOOD, loud=True)
    if face.fault:
        return Part(f"✗{cart.key} {cart.title}", Tone.ALERT)
    length = f" {format_duration(face.length)}" if face.length is not None else " …"
    if room < _FEW and face.length is not None and len(f" {cart.key} {cart.title}{length}") > room:
        length = ""
    sign = "~" if cart.bed else " "
    return Part(f"{sign}{cart.key} {cart.title}{length}", Tone.PLAIN if face.length is not None else Tone.MUTED)


def squeezed(text: str, width: int) -> str:
    """A cell cut to a width: of its title first, so that the figure at its end stays."""
    if len(text) <= width:
        return text
    head, _, tail = text.rpartition(" ")
    if not tail[:1].isdigit():
        return f"{text[: max(0, width - 1)]}…"
    room = width - len(tail) - 2
    return f"{head[:room].rstrip()}… {tail}" if room >= len("▶1 xxx") else f"{text[: max(0, width - 1)]}…"


def headline(faces: Sequence[Face], ended: Cart | None, trouble: str) -> tuple[Part, ...]:
    """The most urgent line; empty where nothing plays, ended, or is wrong.

    Args:
        faces: the carts.
        ended: what was played to its end a moment ago.
        trouble: what is wrong with the output.
    """
    if trouble:
        return (Part(f" ✗ {trouble} ", Tone.ALERT, loud=True),)
    for face in faces:
        if face.playing is not None and not face.playing.loop:
            return _playing(face.cart, face.playing)
    if ended is not None:
        parts = (Part(f" ■ FINI {_title(ended)} ", Tone.WARN, loud=True),)
        return (*parts, Part(f"  OUT « {ended.out_cue} »", Tone.STRONG)) if ended.out_cue else parts
    bed = next((one for one in faces if one.playing is not None), None)
    if bed is not None:
        return (Part(f" ↻ {_title(bed.cart)} tourne", Tone.GOOD), Part(f"  {bed.cart.key} ou X l'arrête", Tone.MUTED))
    return ()


def hint(faces: Sequence[Face]) -> tuple[Part, ...]:
    """The second line where nothing is urgent: sounds that cannot be played, or the keys."""
    broken = next((face for face in faces if face.fault), None)
    if broken is not None:
        return (Part(f" ✗ {broken.cart.key} : {broken.fault}", Tone.ALERT),)
    return (Part(f"  {_HINT}", Tone.MUTED),)


def _playing(cart: Cart, playing: Playing) -> tuple[Part, ...]:
    left = math.ceil(playing.left_s)
    filled = round(_BAR * playing.at / playing.frames)
    near = left <= OUT_WITHIN_S
    tone = Tone.WARN if near else Tone.GOOD
    parts = [
        Part(f" ▶ {_title(cart)} RESTE {clock(left)} ", tone, loud=True),
        Part(f" {'█' * filled}{'·' * (_BAR - filled)} "),
    ]
    cue = cart.out_cue
    if cue and near:
        parts.append(Part(f" OUT DANS {left} s « {cue} »", Tone.WARN))
    elif cue:
        parts.append(Part(f" out « {cue} »", Tone.MUTED))
    elif near:
        parts.append(Part(f" FIN DANS {left} s", Tone.WARN))
    return tuple(parts)


def _title(cart: Cart) -> str:
    title = cart.title
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
