"""Episodes that share a number in a season: apps show one of the two. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bobine.model.episode import Episode, EpisodeType


def same_numbers(episodes: Iterable[Episode]) -> tuple[tuple[Episode, Episode], ...]:
    """The pairs of full episodes that share a number in a season; of several, each with the first.

    A bonus or a trailer may have the number of the episode that it belongs to.
    """
    found: dict[tuple[int, int], list[Episode]] = defaultdict(list)
    for episode in sorted(episodes, key=lambda one: one.date):
        if episode.kind is EpisodeType.FULL:
            found[episode.season, episode.number].append(episode)
    return tuple((first, other) for first, *others in found.values() for other in others)


def same_number_words(first: Episode, other: Episode) -> str:
    """The sentence that names two episodes of one number, and what to do."""
    return (
        f"« {first.title} » ({first.reference}) et « {other.title} » ({other.reference}) ont le même numéro, "
        f"{first.number}, dans la saison {first.season} : donnez à chacune le sien (« number », dans episode.toml)."
    )
