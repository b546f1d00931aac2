"""The list of robots that is kept for all: the data of the ``crawler-user-agents`` package."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from bobine.errors import ToolError
from bobine.publish.listening.agents import Agent, agents_told_by
from bobine.store.codec.json_text import read_json

_PACKAGE = "crawleruseragents"
_DATA = "crawler-user-agents.json"


def known_agents() -> Callable[[str], Agent]:
    """What tells apps and robots, by that list and the table of apps.

    Only the package's data are read: its code opens them in the encoding of the machine, which may be another.

    Raises:
        ToolError: if the list is not there.
    """
    spec = find_spec(_PACKAGE)
    try:
        (folder,) = (spec.submodule_search_locations or []) if spec is not None else []
        rows = read_json((Path(folder) / _DATA).read_bytes(), distinct=False)
        robots = re.compile("|".join(f"(?:{row['pattern']})" for row in rows))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ToolError(
            "La liste des robots (paquet crawler-user-agents) manque ou est abîmée : réinstallez Bobine, puis relisez "
            "les journaux."
        ) from error
    return agents_told_by(lambda agent: robots.search(agent) is not None)
