"""The options of ``heures``, ``agenda`` and ``parcours``; imports nothing heavy, as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.usage import FrenchParser


def add_volunteers(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add the commands.

    Args:
        make: makes a command, from its name and what it is about.
        episode: the help of the argument that names an episode.
    """
    _add_heures(make("heures", "noter les heures de bénévolat d'une émission, les imprimer, les relire"), episode)
    _add_agenda(make("agenda", "écrire les dates d'une personne de l'équipe, pour son agenda (.ics)"))
    _add_parcours(make("parcours", "dire à une personne, à sa demande, ce qu'elle a fait et appris ici"))


def _add_heures(parser: FrenchParser, episode: str) -> None:
    parser.add_argument("episode", metavar="EPISODE", nargs="?", help=f"{episode} ; ou --saison")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--noter", action="store_true", help="noter tout ce qui est proposé d'après le conducteur")
    one.add_argument("--qui", metavar="NOM", help="noter les heures de cette personne, ou les enlever si elles y sont")
    parser.add_argument("--saison", metavar="SAISON", nargs="?", const="",
                        help="toute une saison, réunions et formations comprises ; sans SAISON, la dernière "
                             "commencée")  # fmt: skip
    parser.add_argument("--personne", metavar="NOM", help="avec --saison : les heures de cette seule personne")
    parser.add_argument("--feuille", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                        help="écrire une feuille à signer (PDF)")  # fmt: skip
    parser.add_argument("--csv", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                        help="écrire un fichier de tableur")  # fmt: skip
    parser.add_argument("--depuis-csv", metavar="FICHIER", type=Path,
                        help="reprendre les heures d'un fichier CSV ou .xlsx, après avoir montré ce qui "
                             "change")  # fmt: skip
    parser.add_argument("--retirer-absents", action="store_true",
                        help="avec --depuis-csv : enlever les lignes que le fichier n'a pas")  # fmt: skip
    parser.add_argument("--oui", action="store_true", help="avec --depuis-csv : ne pas demander confirmation")


def _add_agenda(parser: FrenchParser) -> None:
    parser.add_argument("name", metavar="NOM", help="la personne, comme dans l'équipe ou le conducteur")
    parser.add_argument("--fichier", metavar="FICHIER", type=Path,
                        help="où l'écrire ; le même fichier, réécrit, met à jour l'agenda de la personne")  # fmt: skip
    parser.add_argument("--emission", metavar="SHOW", help="l'émission, quand l'atelier en a plusieurs")


def _add_parcours(parser: FrenchParser) -> None:
    parser.add_argument("name", metavar="NOM", help="la personne qui le demande, comme dans l'équipe")
    parser.add_argument("--pdf", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                        help="l'écrire sur une feuille A4, à relire avec elle et à signer")  # fmt: skip
    parser.add_argument("--texte", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                        help="l'écrire dans un fichier de texte")  # fmt: skip
    parser.add_argument("--emission", metavar="SHOW", help="l'émission, quand l'atelier en a plusieurs")
