"""Planned against real: which chroniques overrun, and by how much. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bobine.model.aired.usual_lengths import UsualLength
from bobine.report.facts import SeasonFacts
from bobine.report.figures import Figure, Section, Unit, in_order
from bobine.report.names import Names
from bobine.report.sections.content import Heard, timed_basis
from bobine.report.words import counted

_SECOND = timedelta(seconds=1)


def usual_lengths(heard: Iterable[Heard]) -> dict[str, UsualLength]:
    """The usual length of each chronique, by id; those whose real length is never known are left out."""
    return {key: _usual(key, ones) for key, ones in sorted(_timed(heard).items())}


def lengths_section(facts: SeasonFacts, heard: Sequence[Heard], names: Names) -> Section | None:
    """The chroniques whose length is known, those that overrun most first; None where none is."""
    timed = _timed(heard)
    usual = usual_lengths(heard)
    titles = {one.id: one.title for one in facts.show.chroniques}
    figures = [
        Figure(
            key=f"over/{one.chronique}",
            label=titles.get(one.chronique, one.chronique),
            unit=Unit.SECONDS,
            value=one.over // _SECOND,
            note=f"{one.words}, sur {counted(one.times, 'passage')}",
            sources=in_order(
                each.source(each.item.title, names, each.seconds - each.item.duration // _SECOND)
                for each in timed[one.chronique]
            ),
        )
        for one in sorted(usual.values(), key=lambda one: (-one.over, one.chronique))
    ]
    if not figures:
        return None
    basis = timed_basis(facts)
    return Section(
        key="lengths",
        title="Prévu et réel",
        note="Ce que chaque chronique dure de plus que prévu, en moyenne, quand le direct l'a mesuré"
        + ("." if basis.whole else f" ({basis.words})."),
        figures=tuple(figures),
    )


def _timed(heard: Iterable[Heard]) -> dict[str, list[Heard]]:
    found: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        if one.item.chronique and one.one.length is not None:
            found[one.item.chronique].append(one)
    return found


def _usual(chronique: str, ones: Sequence[Heard]) -> UsualLength:
    """Means in whole seconds, halves up."""
    planned = sum(one.item.duration // _SECOND for one in ones)
    real = sum(one.seconds for one in ones)
    return UsualLength(
        chronique=chronique,
        planned=timedelta(seconds=(2 * planned + len(ones)) // (2 * len(ones))),
        real=timedelta(seconds=(2 * real + len(ones)) // (2 * len(ones))),
        times=len(ones),
    )
