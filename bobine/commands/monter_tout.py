"""``bobine monter --tout``: every master of the archive brought up to date."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

from bobine.commands.console import Console
from bobine.commands.formats import chosen_formats
from bobine.commands.places import open_root
from bobine.errors import WorkspaceError
from bobine.evening.archive.episodes import Archive, archive_of
from bobine.evening.archive.orders import Fate, Outcome
from bobine.evening.archive.run import Remastered, check_address, remaster_archive
from bobine.model.show import Show
from bobine.store.workspace import Workspace

_LEAST_S = 3.0


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if an episode could not be mastered."""
    console = Console(as_json=options.json)
    if options.grappe is not None:
        if options.coeurs is not None:
            raise WorkspaceError("--coeurs ne va pas avec --grappe : ce sont ses ouvriers qui travaillent.")
        check_address(options.grappe)
    workspace = open_root(options)
    shows = _shows(workspace, options)
    formats = () if options.formats is None else chosen_formats(options.formats, shows[0].sound)
    start_s = time.monotonic()
    with console.progress() as progress:
        progress("Lecture de l'atelier", 0)
        archive = archive_of(workspace, shows)
        shown = ArchiveProgress(archive, progress)

        def tell(outcome: Outcome) -> None:
            shown.note(outcome)
            if outcome.fate is Fate.ERROR:
                console.warn(failure_words(outcome))

        shown.show()
        done = remaster_archive(workspace, archive, formats, tell, options.coeurs, options.grappe)
    console.result(_as_json(archive, done, time.monotonic() - start_s))
    _tell(console, archive, done)
    return 1 if any(one.fate is Fate.ERROR for one in done.outcomes) else 0


def _shows(workspace: Workspace, options: argparse.Namespace) -> tuple[Show, ...]:
    """The shows that are asked for; all of them where none is named.

    Raises:
        WorkspaceError: if there is no such show, or two are named.
    """
    named = dict.fromkeys(name for name in (options.episode, options.emission) if name is not None)
    if len(named) > 1:
        raise WorkspaceError("Nommez une seule émission, ou aucune pour les monter toutes.")
    return tuple(workspace.show(name) for name in named) or workspace.shows


class ArchiveProgress:
    """Shows how far the work is: how many episodes, the last one, and the time that the others still need."""

    def __init__(
        self, archive: Archive, show: Callable[[str, float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is shown yet.

        Args:
            archive: what is mastered.
            show: takes a label and a fraction from 0 to 1.
            clock: gives the time in seconds, from any origin.
        """
        self._lengths_s = {one.folder.reference: one.sound_s for one in archive.recorded}
        self._total_s = sum(self._lengths_s.values())
        self._show = show
        self._clock = clock
        self._start_s = clock()
        self._done = 0
        self._done_s = self._made_s = 0.0
        self._last = ""

    def note(self, outcome: Outcome) -> None:
        """Count an episode as done, and show it."""
        length_s = self._lengths_s[outcome.episode]
        self._done += 1
        self._done_s += length_s
        if outcome.fate in {Fate.ENCODED, Fate.REUSED}:
            self._made_s += length_s
        self._last = outcome.episode
        self.show()

    def show(self) -> None:
        """Show how far it is."""
        left = self._left_words()
        words = f"{self._done} sur {len(self._lengths_s)}{f', {self._last}' if self._last else ''}{left}"
        self._show(words, self._done_s / self._total_s if self._total_s else 0.0)

    def _left_words(self) -> str:
        """The time that is left, by what was made so far: what was up to date already says nothing about it."""
        spent_s = self._clock() - self._start_s
        if not self._made_s or spent_s < _LEAST_S or self._done == len(self._lengths_s):
            return ""
        left_s = (self._total_s - self._done_s) * spent_s / self._made_s
        if left_s < 90:
            return f", encore {left_s:.0f} s"
        return f", encore {left_s / 60:.0f} min" if left_s < 5400 else f", encore {left_s / 3600:.0f} h"


def failure_words(outcome: Outcome) -> str:
    """Why an episode has no new master, in one line."""
    return f"{outcome.episode} : {' '.join(outcome.sentence.split())}"


def _as_json(archive: Archive, done: Remastered, seconds: float) -> dict[str, Any]:
    return {
        "episodes": [
            {
                "episode": one.episode,
                "outcome": one.fate.value,
                "segments": {"reused": one.reused, "encoded": one.encoded},
                "error": one.sentence or None,
            }
            for one in done.outcomes
        ],
        "unrecorded": list(archive.unrecorded),
        "purged": list(archive.purged),
        "workers": done.workers,
        "seconds": round(seconds, 2),
    }


def _tell(console: Console, archive: Archive, done: Remastered) -> None:
    """Say what became of the archive, and again what failed."""
    fates = [one.fate for one in done.outcomes]
    made = fates.count(Fate.ENCODED) + fates.count(Fate.REUSED)
    failed = [one for one in done.outcomes if one.fate is Fate.ERROR]
    if not fates:
        console.say("Aucune émission enregistrée à monter.")
    else:
        same = fates.count(Fate.UNCHANGED)
        parts = [f"{made} {_plural('montée', made)}", f"{same} déjà à jour"]
        parts += [f"{len(failed)} en échec"] if failed else []
        console.say(f"{len(fates)} {_plural('émission', len(fates))} : {', '.join(parts)}.")
    if archive.unrecorded:
        console.say(f"Sans enregistrement : {len(archive.unrecorded)}.")
    if archive.purged:
        console.say(f"Enregistrement purgé, montage d'avant gardé : {len(archive.purged)}.")
    for one in failed:
        console.warn(failure_words(one))
    if failed:
        console.say("Relancez la même commande une fois cela réglé : le reste est fait.")
    elif made:
        console.say("Rien n'est publié : en ligne, le son d'avant reste jusqu'à « bobine publier EPISODE ».")


def _plural(word: str, count: int) -> str:
    return f"{word}s" if count > 1 else word
