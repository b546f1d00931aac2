"""The carts offered for the coming items and for the show, each with its key. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import join, normpath

from bobine.model.aired.progress import Progress
from bobine.model.episode import Item
from bobine.model.show import Show

KEYS = ("1", "2", "3", "4", "5", "7", "8", "9")
"""The keys, in the keyboard's order. On a French one, 6 without Shift is the minus sign: that takes time away."""

UNSHIFTED: Mapping[str, str] = {
    "1": "ampersand",
    "2": "é",
    "3": "quotation_mark",
    "4": "apostrophe",
    "5": "left_parenthesis",
    "7": "è",
    "8": "underscore",
    "9": "ç",
}
"""Characters of the same keys on a French keyboard without Shift, as Textual names them."""

OWN = 4
"""So many keys at least are for the show's own sounds, where it has as many; the others are for the rundown's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    """A sound on a key.

    Attributes:
        key: one of ``KEYS``.
        title: what it is.
        file: path relative to the workspace, in its shortest form; two carts never have the same.
        bed: it goes round, quietly, until it is stopped.
        out_cue: last words; empty where none are known.
    """

    key: str = ""
    title: str
    file: str
    bed: bool = False
    out_cue: str = ""


def choose(
    show: Show,
    items: Sequence[Item],
    progress: Progress,
    folder: str,
    *,
    before: Sequence[Cart] = (),
    playing: Collection[str] = (),
) -> tuple[Cart, ...]:
    """The carts at hand, in the order of their keys.

    A sound keeps its key for as long as it is at hand. One that was aired stays until its key is needed for one to
    come; one that plays always stays. The show's own are on the last keys, the rundown's on the first.

    Args:
        show: its own carts, and the jingles and stings of its template.
        items: the rundown as it is planned now.
        progress: how far the show has come.
        folder: the episode's, relative to the workspace, that the paths of items start from.
        before: what this gave last.
        playing: files that sound now.
    """
    own = list(show_carts(show, folder))
    plan = {item.id: item for item in items if item.file}
    on_air = (progress.on_air.item,) if progress.on_air is not None else ()
    first = _of_items((*on_air, *progress.coming(items)), folder)
    rest = _of_items((*(item for item in plan.values() if item.standby), *plan.values()), folder)
    sounding = [cart for cart in before if cart.file in playing]
    wanted = _once([*sounding, *own[:OWN], *first, *own[OWN:], *rest])[: len(KEYS)]
    return _on_keys(wanted, {cart.file for cart in own}, before)


def show_carts(show: Show, folder: str) -> Iterator[Cart]:
    """The show's own carts, and the jingles and stings of its template that have a sound; without their keys."""
    for own in show.carts:
        yield Cart(title=own.title, file=normpath(own.file), bed=own.bed, out_cue=own.out_cue)
    yield from _of_items([item for item in show.template if item.kind.connective], folder)


def _of_items(items: Iterable[Item], folder: str) -> list[Cart]:
    return [
        Cart(title=item.title, file=normpath(join(folder, item.file)), out_cue=item.out_cue)
        for item in items
        if item.file
    ]


def _once(carts: Iterable[Cart]) -> list[Cart]:
    """Each file once, where it comes first; an out-cue that only a later one knows is kept."""
    found: dict[str, Cart] = {}
    for cart in carts:
        known = found.setdefault(cart.file, cart)
        if cart.out_cue and not known.out_cue:
            found[cart.file] = replace(known, out_cue=cart.out_cue)
    return list(found.values())


def _on_keys(wanted: Sequence[Cart], own: Collection[str], before: Iterable[Cart]) -> tuple[Cart, ...]:
    held = {cart.file: cart.key for cart in before}
    taken = {held[cart.file] for cart in wanted if cart.file in held}
    free = [key for key in KEYS if key not in taken]
    keys: dict[str, str] = {}
    for cart in sorted(wanted, key=lambda one: one.file in own):
        keys[cart.file] = held.get(cart.file) or free.pop(0 if cart.file not in own else -1)
    return tuple(sorted((replace(cart, key=keys[cart.file]) for cart in wanted), key=lambda one: KEYS.index(one.key)))
