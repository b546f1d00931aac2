"""Ideas that become items: an episode and the ideas of its show, edited as one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bobine.model.episode import Episode
from bobine.model.ideas import Idea
from bobine.plan.editing.merge import Merged, merge_episode, merge_rows
from bobine.plan.editing.moves import insert, last_before_the_closing
from bobine.plan.editing.taking_back import forget_episode, forget_rows, take_back_episode, take_back_rows
from bobine.plan.season.ideas import idea_item, plan_idea


@dataclass(frozen=True, slots=True)
class EpisodeAndIdeas:
    """An episode and the ideas of its show, which an edit may change both."""

    episode: Episode
    ideas: tuple[Idea, ...]


def idea_planned(seen: EpisodeAndIdeas, idea: Idea) -> EpisodeAndIdeas:
    """The episode with the item that an idea becomes, ahead of those that close it, and the idea planned for its day.

    Args:
        seen: both, as they are.
        idea: which.
    """
    episode = seen.episode
    item = idea_item(idea, {one.id for one in episode.items})
    ideas = tuple(plan_idea(one, episode.date) if one.id == idea.id else one for one in seen.ideas)
    return EpisodeAndIdeas(insert(episode, item, last_before_the_closing(episode)), ideas)


def merge_both(base: EpisodeAndIdeas, mine: EpisodeAndIdeas, newest: EpisodeAndIdeas) -> Merged[EpisodeAndIdeas]:
    """Put my changes to both into their newest state."""
    return _merged(base, mine, newest, merge_episode, merge_rows)


def take_both_back(base: EpisodeAndIdeas, mine: EpisodeAndIdeas, newest: EpisodeAndIdeas) -> Merged[EpisodeAndIdeas]:
    """Take back what was done to both, but for what others wrote since in the same places.

    Where an item stays because somebody wrote in it, its idea stays planned.
    """
    return _merged(base, mine, newest, take_back_episode, take_back_rows)


def forget_both(
    side: EpisodeAndIdeas, other_side: EpisodeAndIdeas, seen: EpisodeAndIdeas, newest: EpisodeAndIdeas
) -> EpisodeAndIdeas:
    """One side of an edit of both without what others dropped since, where the edit would bring it back."""
    return EpisodeAndIdeas(
        forget_episode(side.episode, other_side.episode, seen.episode, newest.episode),
        forget_rows(side.ideas, other_side.ideas, seen.ideas, newest.ideas),
    )


def _merged(
    base: EpisodeAndIdeas,
    mine: EpisodeAndIdeas,
    newest: EpisodeAndIdeas,
    episodes: Callable[[Episode, Episode, Episode], Merged[Episode]],
    rows: Callable[[Sequence[Idea], Sequence[Idea], Sequence[Idea]], Merged[tuple[Idea, ...]]],
) -> Merged[EpisodeAndIdeas]:
    episode = episodes(base.episode, mine.episode, newest.episode)
    wanted_gone = {item.id for item in base.episode.items} - {item.id for item in mine.episode.items}
    if wanted_gone & {item.id for item in episode.value.items}:
        return Merged(replace(newest, episode=episode.value), episode.conflicts)
    ideas = rows(base.ideas, mine.ideas, newest.ideas)
    return Merged(EpisodeAndIdeas(episode.value, ideas.value), (*episode.conflicts, *ideas.conflicts))
