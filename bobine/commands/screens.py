"""Runs the screens; work that they ask for is done in the terminal, with its progress, and they come back after it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from bobine.errors import BobineError
from bobine.french import printable, sort_key, typeset
from bobine.tui.messages import Amend, Forget, Stand, Wish

if TYPE_CHECKING:
    from bobine.tui.app import BobineApp


def run_screens(make: Callable[[], BobineApp], options: argparse.Namespace) -> int:
    """Run the screens until they are left for good; gives the exit code. After work they open where they stood.

    Args:
        make: makes them, at first and after each piece of work.
        options: of the command line.
    """
    from bobine.tui.memory import begin

    stand: Stand | None = None
    while True:
        app = make()
        if stand is not None:
            app.come_back(stand)
        app.use(begin())
        app.run()
        stand = app.stand
        if app.wish is None:
            return app.return_code or 0
        _fulfil(app.wish, options)


def _fulfil(wish: Wish | Amend | Forget, options: argparse.Namespace) -> None:
    """Do what was wished; what goes wrong is said, and the screens come back."""
    try:
        if isinstance(wish, Amend):
            _amend(wish, options)
        elif isinstance(wish, Forget):
            _forget(wish, options)
        elif not _master(wish, options):
            return
    except BobineError as error:
        _say("\n".join(printable(line) for line in str(error).splitlines()))
    except KeyboardInterrupt:
        _say("Interrompu : rien n'est à moitié fait, et rien n'est perdu.")
    try:
        input(typeset("\nEntrée : revenir aux écrans. "))
    except (EOFError, KeyboardInterrupt):
        return


def _master(wish: Wish, options: argparse.Namespace) -> bool:
    """Master an episode, and publish it if that was wished, or is now; tells whether it was published."""
    from bobine.commands import a_la_fin, monter, publier

    asked = argparse.Namespace(atelier=options.atelier, json=False, episode=wish.reference, formats=None, vers=None,
                               direct=False, suivre=False, avant_l_antenne=False, dus=False, le=None,
                               a_la_fin=False)  # fmt: skip
    if wish.publish:
        a_la_fin.run(asked)
        return True
    monter.master_one(asked)
    if _next(asked) == "later":
        return False
    publier.run(asked)
    return True


def _amend(wish: Amend, options: argparse.Namespace) -> None:
    """Correct or withdraw what is online, or look whether what was withdrawn is gone."""
    from bobine.commands import corriger, retirer

    asked = argparse.Namespace(
        atelier=options.atelier,
        json=False,
        episode=wish.reference,
        vers=None,
        motif=wish.reason,
        maintenant=wish.at_once,
        liste=False,
        element=wish.item or None,
        rendre=False,
        verifier=wish.command == "verifier",
    )
    (corriger if wish.command == "corriger" else retirer).run(asked)


def _forget(wish: Forget, options: argparse.Namespace) -> None:
    """Forget somebody, here and online; what the dialogs remember of what was typed goes too."""
    from bobine.commands import personne
    from bobine.tui.kit.drafts import DRAFTS

    DRAFTS.clear()
    asked = argparse.Namespace(atelier=options.atelier, json=False, name=wish.name, aussi=[], sauf=[], exporter=None,
                               oublier=True, motif=None, essai=False, oui=True)  # fmt: skip
    personne.run(asked)


def _next(asked: argparse.Namespace) -> str:
    """Ask what comes after the master, « publish » or « later »; it may be listened to as often as one likes before."""
    while True:
        try:
            word = sort_key(input(typeset("\nP : publier · R : réécouter · Entrée : plus tard. ")).strip())
        except EOFError:
            return "later"
        if word in ("", "plus tard", "t"):
            return "later"
        if word in ("p", "publier"):
            return "publish"
        if word in ("r", "reecouter"):
            _listen(asked)
        else:
            _say("Répondez P, R, ou Entrée seule.")


def _listen(asked: argparse.Namespace) -> None:
    from bobine.commands.places import open_episode
    from bobine.evening.listening import listen

    try:
        _say(listen(open_episode(asked).folder))
    except BobineError as error:
        _say("\n".join(printable(line) for line in str(error).splitlines()))


def _say(sentence: str) -> None:
    print(typeset(sentence), flush=True)  # noqa: T201
