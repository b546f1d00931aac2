"""The carts before the show: is each sound there, can it be played, does the output answer? Nothing is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bobine.air.carts.choose import Cart
from bobine.air.carts.deck import CACHE
from bobine.air.carts.outputs import check_output
from bobine.air.carts.prepare import prepared
from bobine.air.preflight.machine import Check, Verdict
from bobine.errors import BobineError
from bobine.model.carts import parse_output
from bobine.store.sounds import find_file

OWNER = "technique"


def carts_findings(carts: Sequence[Cart], root: Path, folder: Path, output: str) -> tuple[Check, ...]:
    """A line for the output and one for each sound that cannot be played; none at all where no output is wanted.

    What is found good is prepared at the same time, and will be ready at once on air.

    Args:
        carts: the sounds to look at.
        root: the workspace, that their paths start from.
        folder: the episode's.
        output: as ``shows.toml`` has it.

    Raises:
        DiskError: if the prepared sounds cannot be written.
    """
    if not output:
        return () if not carts else (_unused(len(carts)),)
    return (_output(output), *_sounds(carts, root, folder))


def _unused(count: int) -> Check:
    what = "un son est prévu" if count == 1 else f"{count} sons sont prévus"
    words = f"aucune n'est choisie, et {what} : écrivez « output » dans shows.toml, table « recording »"
    return Check(what="Sortie son", verdict=Verdict.DOUBT, words=words, owner=OWNER)


def _output(output: str) -> Check:
    try:
        check_output(parse_output(output))
    except BobineError as error:
        return Check(what="Sortie son", verdict=Verdict.BAD, words=str(error), owner=OWNER)
    return Check(what="Sortie son", verdict=Verdict.GOOD, words=f"« {output} » prend le son")


def _sounds(carts: Sequence[Cart], root: Path, folder: Path) -> Iterator[Check]:
    bad = 0
    for cart in carts:
        try:
            prepared(find_file(root, cart.file), folder / CACHE, bed=cart.bed)
        except BobineError as error:
            bad += 1
            words = f"« {cart.title} » ne peut pas être joué : {error}"
            yield Check(what="Sons", verdict=Verdict.BAD, words=words, owner=OWNER)
    if carts and not bad:
        words = "1 son prêt à lancer" if len(carts) == 1 else f"{len(carts)} sons prêts à lancer"
        yield Check(what="Sons", verdict=Verdict.GOOD, words=words)
