"""The options of ``bilan``, ``heures`` and ``ecoutes``; imports nothing heavy, as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.usage import FrenchParser


def add_bilan(make: Callable[[str, str], FrenchParser]) -> None:
    """Add the command.

    Args:
        make: makes a command, from its name and what it is about.
    """
    parser = make("bilan", "donner les chiffres d'une saison, chacun avec d'où il vient")
    parser.add_argument("season", metavar="SAISON", nargs="?",
                        help="son numéro, ou ses années comme 2026-2027, ou SHOW/SAISON ; sans elle, la dernière "
                             "commencée")  # fmt: skip
    parser.add_argument("--csv", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                        help="écrire un fichier de tableur, avec les émissions et les personnes derrière chaque "
                             "chiffre")  # fmt: skip
    for form, about in (("html", "une page à lire ou à imprimer, où chaque chiffre s'ouvre sur d'où il vient"),
                        ("pdf", "des feuilles A4 à joindre au rapport d'activité")):  # fmt: skip
        parser.add_argument(f"--{form}", metavar="FICHIER", type=Path, nargs="?", const=Path(), help=f"écrire {about}")
    parser.add_argument("--anonyme", action="store_true", help="sans aucun nom de personne, pour ce qui sort d'ici")


def add_heures(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add ``heures``.

    Args:
        make: makes a command, from its name and what it is about.
        episode: the help of the argument that names an episode.
    """
    parser = make("heures", "montrer les heures de bénévolat d'une émission, et proposer celles qui manquent")
    parser.add_argument("episode", metavar="EPISODE", help=episode)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--noter", action="store_true", help="noter tout ce qui est proposé d'après le conducteur")
    one.add_argument("--qui", metavar="NOM", help="noter les heures de cette personne, ou les enlever si elles y sont")


def add_ecoutes(make: Callable[[str, str], FrenchParser]) -> None:
    """Add ``ecoutes``; the argument is that of :func:`add_bilan`."""
    parser = make("ecoutes", "compter les écoutes du podcast d'après les journaux d'accès")
    parser.add_argument("logs", metavar="JOURNAL", type=Path, nargs="*",
                        help="les journaux du serveur (S3, Combined, Caddy ou nginx en JSON, .gz ou non), ou leur "
                             "dossier ; sans eux, ce qui est déjà compté")  # fmt: skip
    parser.add_argument("--sauf", metavar="ADRESSE", action="append", default=[],
                        help="une adresse ou un réseau à ne pas compter, comme 192.0.2.7 ; plusieurs fois "
                             "possible")  # fmt: skip
