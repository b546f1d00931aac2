"""``monter --tout``: the masters of a whole archive, on this computer's cores or on a cluster's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from bobine.errors import ClusterError, Interrupted
from bobine.evening.archive.cluster import ClusterWorkers
from bobine.evening.archive.episodes import Archive
from bobine.evening.archive.local import LocalWorkers
from bobine.evening.archive.makers import makers, makers_print
from bobine.evening.archive.orders import Order, Outcome
from bobine.evening.archive.presence import one_run
from bobine.evening.archive.rounds import remaster_all
from bobine.french import printable
from bobine.model.show import AudioFormat
from bobine.store.workspace import Workspace

_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Remastered:
    """The outcome of a whole archive.

    Attributes:
        outcomes: of each episode, in the order in which they were begun.
        workers: how many worked at a time.
    """

    outcomes: tuple[Outcome, ...]
    workers: int


def remaster_archive(
    workspace: Workspace,
    archive: Archive,
    formats: tuple[AudioFormat, ...],
    tell: Callable[[Outcome], None],
    cores: int | None = None,
    cluster: str | None = None,
) -> Remastered:
    """Bring the master of every episode up to date; what is up to date already costs next to nothing.

    Each is put in place as ``mastering.master_episode`` does, so that a run may end anywhere and the next one goes on.

    Args:
        workspace: where.
        archive: its episodes.
        formats: what to make, the main one first; empty for what each show asks for.
        tell: told each outcome as it comes.
        cores: of this computer, how many to use and no more; all by default.
        cluster: the address of a Dask scheduler whose workers do it instead.

    Raises:
        ClusterError: if the cluster cannot be reached, is not fit, or is gone in mid-work.
        BusyError: if another run goes on in this workspace.
        DiskError: if the workspace cannot be written.
        Interrupted: if the user stopped it: what is done stays.
    """
    if cluster is not None:
        check_address(cluster)
    done: list[Outcome] = []

    def note(outcome: Outcome) -> None:
        done.append(outcome)
        tell(outcome)

    names = tuple(audio_format.value for audio_format in formats)
    root = str(workspace.root)

    def orders(beacon: str, each: int, wanted: str) -> list[Order]:
        return [
            Order(root, one.folder.show, one.folder.path.name, names, each, beacon, wanted) for one in archive.recorded
        ]

    try:
        if not archive.recorded:
            return Remastered((), 0)
        if cluster is not None:
            with one_run(workspace.root) as beacon, ClusterWorkers(cluster, root, beacon) as far:
                return Remastered(remaster_all(orders(beacon, 1, makers_print(makers())), far, note), far.count)
        used = cores or os.cpu_count() or 2
        count = min(used, len(archive.recorded))
        # the beacon goes before the processes are waited for: it is by that that they stop
        with LocalWorkers(count, cores or 0) as near, one_run(workspace.root) as beacon:
            return Remastered(remaster_all(orders(beacon, used // count, ""), near, note), count)
    except KeyboardInterrupt as error:
        raise Interrupted(
            f"Interrompu : {len(done)} sur {len(archive.recorded)} ; ce qui est monté le reste, et la même commande "
            "fera la suite."
        ) from error


def check_address(address: str) -> None:
    """Refuse what is not the address of a scheduler.

    Raises:
        ClusterError: if it is none.
    """
    if not _ADDRESS.fullmatch(address):
        raise ClusterError(
            f"--grappe {printable(address[:200])} : écrivez l'adresse du « dask scheduler », comme "
            "tcp://192.168.1.10:8786, ou tls://… avec des certificats."
        )
