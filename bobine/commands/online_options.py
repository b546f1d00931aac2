"""The options of the commands that change what is online; imports nothing heavy, as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.usage import FrenchParser


def add_publier(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add ``publier``; the arguments are those of :func:`add_amending`."""
    parser = make("publier", "mettre l'épisode en ligne et son flux à jour")
    parser.add_argument("episode", metavar="EPISODE", nargs="?", help=f"{episode} ; avec --dus, aucune")
    parser.add_argument("--vers", metavar="DESTINATION", help="une destination de shows.toml")
    parser.add_argument(
        "--le",
        metavar="DATE",
        help="envoyer le son maintenant, et ne le mettre dans le flux qu'à cette date, comme « 27/11/2026 8h30 », à "
        "l'heure du créneau (sans heure : minuit) ; « maintenant » y renonce",
    )
    parser.add_argument(
        "--dus", action="store_true", help="mettre dans le flux les épisodes dont la date (--le) est passée"
    )
    parser.add_argument(
        "--a-la-fin",
        action="store_true",
        help="attendre que l'antenne soit rendue, puis monter, mettre en ligne, et écouter ce que le public reçoit",
    )
    parser.add_argument("--direct", action="store_true", help="seulement le direct : à venir, en cours ou fini")
    parser.add_argument("--suivre", action="store_true", help="avec --direct : jusqu'à la fin du créneau")
    parser.add_argument("--avant-l-antenne", action="store_true", help="même si l'émission n'est pas encore passée")


def add_amending(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add the three commands.

    Args:
        make: makes a command, from its name and what it is about.
        episode: the help of the argument that names an episode.
    """
    correct = make("corriger", "mettre en ligne ce qui a changé d'une émission publiée, avec son motif")
    correct.add_argument("episode", metavar="EPISODE", help=episode)
    correct.add_argument("--liste", action="store_true", help="montrer ce qui a été corrigé ou retiré jusqu'ici")
    _add_shared(correct)
    withdraw = make("retirer", "retirer une émission du podcast, ou un de ses éléments")
    withdraw.add_argument("episode", metavar="EPISODE", help=episode)
    withdraw.add_argument(
        "--element", metavar="ID", help="ne retirer que cet élément : du son, des chapitres, du texte"
    )
    withdraw.add_argument(
        "--rendre", action="store_true", help="avec --element : ne plus le retirer du prochain montage"
    )
    withdraw.add_argument(
        "--verifier",
        action="store_true",
        help="demander de nouveau les adresses publiques, jusqu'à ce que tout ait disparu",
    )
    _add_shared(withdraw)
    reply = make("droit-de-reponse", "publier la réponse d'une personne nommée dans une émission")
    reply.add_argument("episode", metavar="EPISODE", help=episode)
    reply.add_argument("--texte", metavar="FICHIER", type=Path, required=True, help="le fichier de sa réponse")
    reply.add_argument("--de", metavar="NOM", required=True, help="qui répond")
    _add_destination(reply)


def _add_shared(parser: FrenchParser) -> None:
    parser.add_argument("--motif", metavar="TEXTE", help="pourquoi ; il en reste une trace")
    parser.add_argument("--maintenant", action="store_true", help="supprimer les anciens fichiers sans délai")
    _add_destination(parser)


def _add_destination(parser: FrenchParser) -> None:
    parser.add_argument(
        "--vers",
        metavar="DESTINATION",
        help="une destination de shows.toml ; sans elle, toutes celles où l'émission est",
    )


def add_transcription(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add ``transcription``; the arguments are those of :func:`add_amending`."""
    parser = make("transcription", "donner la transcription d'une émission, en WebVTT ou en SRT, ou l'enlever")
    parser.add_argument("episode", metavar="EPISODE", help=episode)
    parser.add_argument(
        "file",
        metavar="FICHIER",
        type=Path,
        nargs="?",
        help="la transcription du son du podcast, .vtt ou .srt ; il est lu, jamais déplacé ; sans lui, celle qu'il y a",
    )
    parser.add_argument("--retirer", action="store_true", help="enlever la transcription de l'émission")


def add_annonce(make: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Add ``annonce``; the arguments are those of :func:`add_amending`."""
    parser = make("annonce", "écrire l'annonce d'un épisode en ligne : lettre, site, journal")
    parser.add_argument("episode", metavar="EPISODE", help=episode)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--texte", action="store_true", help="un texte, pour une lettre (par défaut)")
    form.add_argument("--html", action="store_true", help="un bloc HTML, pour un site ou une lettre")
    form.add_argument("--court", action="store_true", help="quelques lignes, pour le journal")
    parser.add_argument("--vers", metavar="DESTINATION", help="la destination où il est en ligne")


def add_moving(make: Callable[[str, str], FrenchParser]) -> None:
    """Add ``exporter`` and ``reprendre``; ``make`` is that of :func:`add_amending`."""
    leave = make("exporter", "écrire dans un dossier tout ce qu'il faut au podcast pour vivre ailleurs")
    leave.add_argument("dossier", metavar="DOSSIER", type=Path, help="un nouveau dossier, ou un export à finir")
    leave.add_argument(
        "--nouvelle-adresse",
        metavar="URL",
        help="là où il va : l'adresse du nouveau flux, ou d'un site (elle finit par /) où le dossier sera copié",
    )
    leave.add_argument("--verifier", action="store_true", help="seulement comparer un export avec son manifeste")
    take = make("reprendre", "reprendre un podcast qui était chez un autre hébergeur")
    take.add_argument("flux", metavar="FLUX", help="l'adresse de son flux, ou un fichier où il est gardé")
    take.add_argument("--quand-meme", action="store_true", help="même s'il est verrouillé, parce qu'il est à vous")
    take.add_argument(
        "--reseau-local", action="store_true", help="lire aussi des fichiers sur le réseau local, où le flux n'est pas"
    )
    for parser in (leave, take):
        parser.add_argument("--emission", metavar="EMISSION", help="laquelle, si l'atelier en a plusieurs")
        parser.add_argument("--vers", metavar="DESTINATION", help="une destination de shows.toml")
