"""The person that a command names: the whole name, or a part of it that only one has."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.errors import WorkspaceError
from bobine.french import enumerate_words, printable, sort_key

_TOLD = 15
"""Names that a refusal lists."""


def one_name(names: Iterable[str], typed: str) -> str:
    """The name that is meant; accents and capitals do not count.

    Args:
        names: those that there are.
        typed: what was written.

    Raises:
        WorkspaceError: if nobody, or several people, go by it.
    """
    known = sorted(set(names), key=sort_key)
    wanted = sort_key(" ".join(typed.split()))
    meant = [one for one in known if sort_key(one) == wanted] or [one for one in known if wanted in sort_key(one)]
    if len(meant) == 1 and wanted:
        return meant[0]
    offered = (meant or known)[:_TOLD]
    more = " (et d'autres)" if len(meant or known) > _TOLD else ""
    there = f"{enumerate_words(offered, 'ou')}{more}" if offered else "personne"
    raise WorkspaceError(f"« {printable(typed[:60])} » ne désigne pas une seule personne : il y a {there}.")
