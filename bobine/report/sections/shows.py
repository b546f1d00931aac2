"""Shows: planned, aired, online, and their minutes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bobine.model.episode import EpisodeType
from bobine.report.facts import EpisodeFacts, SeasonFacts
from bobine.report.figures import Basis, Figure, Section, Source, Unit, total
from bobine.report.words import counted


def shows_section(facts: SeasonFacts) -> Section:
    """The number of shows, and their lengths."""
    episodes = facts.episodes
    new = [
        one for one in episodes if one.episode.replay is None and (one.traced or one.episode.kind is EpisodeType.FULL)
    ]
    aired = [one for one in episodes if one.aired]
    again = [one for one in episodes if one.replayed]
    cancelled = [one for one in new if one.episode.cancelled]
    silent = [one for one in new if not one.traced and not one.episode.cancelled]
    unreadable = tuple(Source(what="conducteur illisible", date=day, amount=1) for day, _ in facts.unreadable)
    planned = [*_each(new), *unreadable]
    note = f"dont {counted(len(cancelled), 'annulée')}" if cancelled else ""
    if unreadable:
        note = " ; ".join(filter(None, [note, f"dont {counted(len(unreadable), 'illisible')}"]))
    return Section(
        key="shows",
        title="Émissions",
        note="Une émission compte comme diffusée quand quelque chose le dit : le journal du direct, un enregistrement "
        "repéré, ou sa mise en ligne.",
        figures=(
            total("planned", "Programmées", Unit.COUNT, planned, note=note),
            total("aired", "Diffusées", Unit.COUNT, _each(aired),
                  note=f"{counted(len(silent), 'autre')} sans trace de diffusion" if silent else ""),
            total("cancelled", "Annulées", Unit.COUNT, _each(cancelled)),
            total("online", "En podcast", Unit.COUNT, _each(one for one in new if one.online)),
            _minutes("minutes_aired", "Temps d'antenne", aired),
            total("replays", "Rediffusions", Unit.COUNT, _each(again)),
            _minutes("minutes_replayed", "Temps d'antenne des rediffusions", again),
        ),
    )  # fmt: skip


def _each(episodes: Iterable[EpisodeFacts]) -> list[Source]:
    return [Source(what=one.episode.title, date=one.episode.date, amount=1) for one in episodes]


def _minutes(key: str, label: str, episodes: Sequence[EpisodeFacts]) -> Figure:
    sources = [
        Source(what=one.episode.title, date=one.episode.date, amount=round(one.length.total_seconds()))
        for one in episodes
        if one.length is not None
    ]
    return total(key, label, Unit.SECONDS, sources, basis=Basis(known=len(sources), of=len(episodes)))
