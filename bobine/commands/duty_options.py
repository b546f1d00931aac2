"""The options of ``musiques`` and ``parole``; imports nothing heavy, as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.usage import FrenchParser

_FILES = (("csv", "un fichier de tableur"), ("pdf", "des feuilles A4 à imprimer"))


def add_musiques(make: Callable[[str, str], FrenchParser]) -> None:
    """Add the command.

    Args:
        make: makes a command, from its name and what it is about.
    """
    parser = make("musiques", "relever les œuvres passées à l'antenne en un semestre, pour la radio")
    parser.add_argument("semestre", metavar="SEMESTRE", nargs="?",
                        help="comme 2026-S1 ou 2026-S2, ou SHOW/2026-S1 ; sans lui, le dernier fini")  # fmt: skip
    _add_files(parser)


def add_parole(make: Callable[[str, str], FrenchParser]) -> None:
    """Add ``parole``; the argument is that of :func:`add_musiques`."""
    parser = make("parole", "donner les temps de parole politique d'une période électorale")
    parser.add_argument("periode", metavar="PERIODE", nargs="?",
                        help="son nom dans shows.toml, ou un jour qui y est, ou SHOW/PERIODE ; sans elle, la dernière "
                             "commencée")  # fmt: skip
    _add_files(parser)


def _add_files(parser: FrenchParser) -> None:
    for form, about in _FILES:
        parser.add_argument(f"--{form}", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                            help=f"écrire {about} ; dans le dossier courant si FICHIER n'est pas donné")  # fmt: skip
