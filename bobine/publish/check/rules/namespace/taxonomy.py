"""The groups of the Podcast Taxonomy and their roles, in lower case: https://podcasttaxonomy.com."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "creative direction": frozenset(
            {
                *("director", "assistant director", "executive producer", "senior producer", "producer"),
                *("associate producer", "development producer", "creative director"),
            }
        ),
        "cast": frozenset(
            {"host", "co-host", "guest host", "guest", "voice actor", "narrator", "announcer", "reporter"}
        ),
        "writing": frozenset(
            {
                *("author", "editorial director", "co-writer", "writer", "songwriter", "guest writer", "story editor"),
                *("managing editor", "script editor", "script coordinator", "researcher", "editor", "fact checker"),
                *("translator", "translater", "transcriber", "logger"),
            }
        ),
        "audio production": frozenset(
            {
                *("studio coordinator", "technical director", "technical manager", "audio engineer"),
                *("remote recording engineer", "post production engineer"),
            }
        ),
        "audio post-production": frozenset(
            {
                *("audio editor", "sound designer", "foley artist", "composer", "theme music", "music production"),
                "music contributor",
            }
        ),
        "administration": frozenset(
            {
                *("production coordinator", "booking coordinator", "production assistant", "content manager"),
                *("marketing manager", "sales representative", "sales manager"),
            }
        ),
        "visuals": frozenset({"graphic designer", "cover art designer"}),
        "community": frozenset({"social media manager"}),
        "misc.": frozenset({"consultant", "intern"}),
        "misc": frozenset({"consultant", "intern"}),
        "video production": frozenset({"camera operator", "lighting designer", "camera grip", "assistant camera"}),
        "video post-production": frozenset({"editor", "assistant editor"}),
    }
)
"""The roles of each group; the group is ``cast`` where none is named, the role ``host``."""

ROLES = frozenset[str]().union(*GROUPS.values())
"""Every role."""
