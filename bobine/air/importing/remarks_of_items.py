"""Remarks on the sound of each item, made when a recording is attached. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import add

from bobine.model.aired.as_run import AiredItem
from bobine.model.aired.remarks import Remark
from bobine.model.episode import Item
from bobine.sound.blocks import Blocks
from bobine.sound.faults.find import faults_of_items
from bobine.sound.faults.words import listed_titles, sayings

_AFTER_TITLE = " » : "


def remarks_of_items(
    blocks: Blocks, rate: int, aired: Sequence[AiredItem], rundown: Mapping[str, Item], *, removes_hum: bool = False
) -> tuple[Remark, ...]:
    """One remark for each thing that is wrong with an item's sound; the same judgement as mastering makes.

    Args:
        blocks: of the whole recording, as it was decoded.
        rate: what the positions of ``aired`` are counted at, Hz.
        aired: where each item lies.
        rundown: the items by their id.
        removes_hum: whether the show has hum taken out everywhere.
    """
    items = [
        (blocks.part(one.start / rate, one.end / rate), rundown[one.id].kind.spoken)
        for one in aired
        if one.id in rundown
    ]
    found: list[Remark] = []
    for one, faults in zip((one for one in aired if one.id in rundown), faults_of_items(items), strict=True):
        item, start_s = rundown[one.id], one.start / rate
        its = sayings(faults, partial(add, start_s), removes_hum=removes_hum or item.remove_hum)
        found += [
            Remark(
                kind=said.kind,
                text=f"« {item.title} » : {said.text}.",
                item=item.id,
                at_s=round(start_s + said.at_s, 3),
            )
            for said in its
        ]
    return tuple(found)


def told(remarks: Iterable[Remark]) -> list[str]:
    """The sentences to show of remarks: what is true of several items is said once, with their titles."""
    of_words: dict[tuple[str, str], list[str]] = {}
    for one in remarks:
        head, middle, words = one.text.partition(_AFTER_TITLE)
        if one.item and middle:
            titles, title = of_words.setdefault((one.kind, words), []), head.removeprefix("« ")
            if title not in titles:
                titles.append(title)
        else:
            of_words[one.kind, one.text] = []
    return [f"{listed_titles(titles)} : {words}" if titles else words for (_, words), titles in of_words.items()]
