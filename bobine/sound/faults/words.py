"""The faults of an item's sound, as French sentences with a kind and a place. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bobine.french import decimal, enumerate_words, others
from bobine.model.aired.remarks import RemarkKind
from bobine.model.written.durations import clock
from bobine.sound.faults.dropouts import Dropout
from bobine.sound.faults.find import Faults
from bobine.sound.faults.sides import SidesFault

_MOST_DROPOUTS = 5
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say of an item.

    Attributes:
        kind: what it is about.
        text: the sentence without the item's name, in lower case, without a full stop.
        at_s: where it begins, seconds from the item's start.
        treated: whether mastering mends it.
    """

    kind: RemarkKind
    text: str
    at_s: float
    treated: bool


def sayings(faults: Faults, told_s: Callable[[float], float], *, removes_hum: bool) -> tuple[Saying, ...]:
    """Sentences about one item, in order of weight; none where nothing is wrong.

    Args:
        faults: what was found in it.
        told_s: from seconds after the item's start to those of the file, in which places are told.
        removes_hum: whether hum is taken out of it.
    """

    def place(at_s: float) -> str:
        return clock(told_s(at_s))

    found = [*_sides(faults, place)]
    if faults.spikes is not None:
        one = faults.spikes
        text = (
            f"une crête de +{decimal(one.peak_dbfs)} dBFS vers {place(one.at_s)} de l'enregistrement, qu'aucun son "
            "n'atteint : le montage l'écrête ; le fichier y est sans doute abîmé, réécoutez ce passage"
        )
        found.append(Saying(RemarkKind.DAMAGE, text, one.at_s, treated=True))
    if faults.current is not None and faults.current.notable:
        share = decimal(100 * faults.current.largest, 0 if faults.current.largest >= 0.0095 else 1)
        text = f"un courant continu ({share} % de l'échelle) est sous le son : le montage le retire"
        found.append(Saying(RemarkKind.DC, text, 0.0, treated=True))
    if faults.hum is not None:
        level = f"un ronflement du secteur ({faults.hum.base_hz} Hz, {decimal(faults.hum.level_dbfs, 0)} dBFS)"
        text = (
            f"{level} s'entend sous le son : le montage le retire"
            if removes_hum
            else f"{level} s'entend sous le son : le montage peut le retirer (remove_hum = true)"
        )
        found.append(Saying(RemarkKind.HUM, text, 0.0, treated=removes_hum))
    return (*found, *_dropouts(faults.dropouts, place))


def by_sentence(titles: Sequence[str], said: Sequence[Sequence[Saying]]) -> list[str]:
    """Sentences about several items, in French; one that is true of many items is said once.

    Args:
        titles: the items', in order.
        said: what is to say of each.
    """
    of_text: dict[str, list[str]] = {}
    for title, its in zip(titles, said, strict=True):
        for one in its:
            names = of_text.setdefault(one.text, [])
            if title not in names:
                names.append(title)
    everything = len(set(titles))
    return [
        f"{'Partout' if len(names) == everything > 1 else listed_titles(names)} : {text}."
        for text, names in of_text.items()
    ]


def listed_titles(names: Sequence[str]) -> str:
    """``« A », « B » et 3 autres``: quoted titles, five at most."""
    quoted = [f"« {name} »" for name in names]
    return enumerate_words(
        quoted if len(quoted) <= _MOST_NAMES else [*quoted[:_MOST_NAMES], others(len(quoted) - _MOST_NAMES)]
    )


def _sides(faults: Faults, place: Callable[[float], str]) -> list[Saying]:
    side = faults.sides
    match side.fault:
        case SidesFault.ONE_SIDED:
            heard, lost = _names(left_heard=side.left_heard)
            text = f"le côté {lost} est muet : le montage met le côté {heard} des deux côtés"
            return [Saying(RemarkKind.ONE_SIDED, text, 0.0, treated=True)]
        case SidesFault.INVERTED:
            text = (
                "les deux côtés sont inversés l'un par rapport à l'autre, et s'annulent sur un seul haut-parleur : "
                "le montage les remet dans le même sens"
            )
            return [Saying(RemarkKind.INVERTED, text, 0.0, treated=True)]
        case SidesFault.VOICES_APART:
            text = "une voix est à gauche et l'autre à droite : le montage les ramène au milieu"
            return [Saying(RemarkKind.VOICES_APART, text, 0.0, treated=True)]
        case _:
            return [
                Saying(
                    RemarkKind.ONE_SIDED,
                    f"le côté {_names(left_heard=one.left_heard)[1]} est muet de {place(one.start_s)} à "
                    f"{place(one.end_s)} de l'enregistrement : le montage y met l'autre des deux côtés",
                    one.start_s,
                    treated=True,
                )
                for one in faults.dropped
            ]


def _names(*, left_heard: bool) -> tuple[str, str]:
    return ("gauche", "droit") if left_heard else ("droit", "gauche")


def _dropouts(found: tuple[Dropout, ...], place: Callable[[float], str]) -> list[Saying]:
    said = [
        Saying(
            RemarkKind.DROPOUT,
            f"le son manque pendant {_length(one.duration_s)} à {place(one.start_s)} de l'enregistrement",
            one.start_s,
            treated=False,
        )
        for one in found[:_MOST_DROPOUTS]
    ]
    more = len(found) - _MOST_DROPOUTS
    if more > 0:
        first = found[_MOST_DROPOUTS].start_s
        text = f"le son manque encore {more} fois, à partir de {place(first)} de l'enregistrement"
        said.append(Saying(RemarkKind.DROPOUT, text, first, treated=False))
    return said


def _length(seconds: float) -> str:
    return f"{decimal(seconds)} s" if seconds >= 1 else f"{round(seconds * 100) * 10} ms"
