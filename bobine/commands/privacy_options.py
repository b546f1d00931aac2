"""The options of ``personne``; imports nothing heavy, as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.usage import FrenchParser


def add_personne(make: Callable[[str, str], FrenchParser]) -> None:
    """Add the command.

    Args:
        make: makes a command, from its name and what it is about.
    """
    parser = make("personne", "montrer tout ce qui est su d'une personne, l'exporter, ou l'oublier")
    parser.add_argument("name", metavar="NOM", help="son nom, comme on l'écrit dans le conducteur")
    parser.add_argument("--aussi", metavar="NOM", action="append", default=[],
                        help="une autre façon de l'écrire ; plusieurs fois possible")  # fmt: skip
    parser.add_argument("--sauf", metavar="ENDROIT", action="append", default=[],
                        help="un fichier ou un dossier de l'atelier qui parle d'un homonyme ; plusieurs fois "
                             "possible")  # fmt: skip
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--exporter", metavar="FICHIER", type=Path,
                     help="écrire tout ce qui est su, en JSON et en page à lire")  # fmt: skip
    one.add_argument("--oublier", action="store_true",
                     help="l'effacer partout, ici et en ligne, et dire ce que la loi fait garder")  # fmt: skip
    parser.add_argument("--motif", metavar="TEXTE", help="avec --oublier : pourquoi, sans y nommer la personne")
    parser.add_argument(
        "--essai", action="store_true", help="avec --oublier : montrer ce qui changerait, sans rien faire"
    )
    parser.add_argument("--oui", action="store_true", help="avec --oublier : ne pas demander confirmation")
