"""Downloads of the season's shows, where figures exist. Pure."""

from __future__ import annotations

from bobine.report.facts import SeasonFacts
from bobine.report.figures import Basis, Section, Source, Unit, total


def listening_section(facts: SeasonFacts) -> Section | None:
    """Downloads of the season's episodes, whenever they were made; None where none were ever counted."""
    counts = facts.downloads
    if counts is None:
        return None
    online = [one for one in facts.episodes if one.online]
    sources = [
        Source(what=one.episode.title, date=one.episode.date, amount=counts[one.episode.date.isoformat()])
        for one in facts.episodes
        if one.episode.date.isoformat() in counts
    ]
    told = sum(one.episode.date.isoformat() in counts for one in online)
    return Section(
        key="listening",
        title="Écoutes du podcast",
        note="Téléchargements comptés par « bobine ecoutes », jusqu'au dernier journal lu.",
        figures=(
            total("downloads", "Téléchargements", Unit.COUNT, sources, basis=Basis(known=told, of=len(online))),
        ),
    )  # fmt: skip
