"""The work of a worker: one episode mastered, or a look at its machine; called by reference, with texts alone.

Run as a program, it answers each order that it reads with an outcome, and ends with its input; its argument is how many
cores it keeps to.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from datetime import datetime
from pathlib import Path

from bobine.errors import BobineError, BusyError, Interrupted, WorkspaceError
from bobine.evening.archive.makers import makers, makers_print, other_versions
from bobine.evening.archive.orders import Fate, Order, Outcome
from bobine.evening.archive.presence import lock_fault, place_fault, stopped_with
from bobine.evening.mastering import master_episode
from bobine.master.work import limit_cores, on_cores
from bobine.model.show import AudioFormat
from bobine.store.codec.json_text import json_text, read_json
from bobine.store.documents.episodes import read_episode
from bobine.store.reports import unforeseen_sentence, write_report
from bobine.store.workspace import day_of_folder, open_workspace


def remaster(order_text: str) -> str:
    """Master one episode.

    Args:
        order_text: an order (``orders.Order.text``).

    Returns:
        The outcome (``orders.Outcome.text``): whatever goes wrong is one.
    """
    order = Order.read(order_text)
    try:
        return _outcome(order).text()
    except BusyError as error:
        return Outcome(order.episode, Fate.BUSY, sentence=str(error)).text()
    except Interrupted as error:
        return Outcome(order.episode, Fate.STOPPED, sentence=str(error)).text()
    except BobineError as error:
        return Outcome(order.episode, Fate.ERROR, sentence=str(error)).text()
    except Exception as error:  # noqa: BLE001 - the last net: it is told of this episode, and the others go on
        path = write_report(error, "bobine monter --tout", datetime.now().astimezone(), os.environ)
        return Outcome(order.episode, Fate.ERROR, sentence=unforeseen_sentence(error, path)).text()


def _outcome(order: Order) -> Outcome:
    root = Path(order.root)
    fault = place_fault(root, order.beacon)
    if not fault and order.makers and makers_print(makers()) != order.makers:
        fault = "ses versions de bobine ou de ffmpeg ne sont pas celles d'ici"
    if fault:
        return Outcome(order.episode, Fate.FOREIGN, sentence=f"L'ouvrier de « {socket.gethostname()} » : {fault}.")
    workspace = open_workspace(root)
    show, day = workspace.show(order.show), day_of_folder(order.day)
    if day is None:
        raise WorkspaceError(f"« {order.day} » n'est pas le nom d'une émission.")
    cancel = threading.Event()
    with stopped_with(root / order.beacon, cancel), on_cores(order.cores):
        mastered = master_episode(
            show,
            read_episode(workspace, show, day),
            workspace.folder(show, day),
            tuple(map(AudioFormat, order.formats)) or show.sound.formats,
            lambda _label, _share: None,
            cancel,
        )
    made = Fate.ENCODED if mastered.encoded else Fate.REUSED
    fate = Fate.UNCHANGED if mastered.unchanged else made
    return Outcome(order.episode, fate, mastered.reused, mastered.encoded)


def inspect(question: str) -> str:
    """Look at this machine as a worker of a run.

    Args:
        question: JSON with the workspace (``root``), the run's ``beacon``, and the ``makers`` that it wants.

    Returns:
        JSON with the ``fault``, a French clause; empty if the machine is fit for the work.
    """
    asked = read_json(question)
    root = Path(asked["root"])
    try:
        others = other_versions(asked["makers"], makers())
    except BobineError as error:
        others = str(error)
    fault = place_fault(root, asked["beacon"]) or lock_fault(root)
    if not fault and others:
        fault = f"le même son n'y donnerait pas les mêmes octets ({others}) ; installez-y les mêmes versions"
    return json_text({"fault": fault})


def _serve(cores: int) -> None:
    """Answer orders until there are no more; nothing else gets into the answers.

    Args:
        cores: how many of this computer's cores this process and its programs keep to, always the same ones; 0 for all.
    """
    if cores:
        limit_cores(cores)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin.buffer:
        answers.write(f"{remaster(line.decode())}\n")
        answers.flush()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
