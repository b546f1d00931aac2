"""A work in a process of its own, which can really be killed: forked from one that has loaded everything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from bobine.model.destination import Destination
from bobine.publish.destinations.opening import open_store
from tests.forking import fork
from tests.publish.every_request import leftovers
from tests.publish.every_request.works import WORKS


def begun(destination: Destination, folder: Path, name: str, number: int) -> BaseProcess:
    """Begin a work at a destination.

    Args:
        destination: where.
        folder: of the episodes.
        name: of the work.
        number: of its turn.
    """
    # what it is forked from may have been begun by a test with other keys, or none
    return fork(_work, destination, folder, name, number, dict(os.environ), daemon=True)


def _work(destination: Destination, folder: Path, name: str, number: int, variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
    (WORKS | leftovers.WORKS)[name](open_store(destination, folder), folder, number)
