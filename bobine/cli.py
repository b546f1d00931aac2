"""The command line: what each command takes, and which module does it.

Nothing heavy is imported here: a command's module is imported when the command is run.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bobine import __version__
from bobine.commands.duty_options import add_musiques, add_parole
from bobine.commands.monter_options import add_monter
from bobine.commands.online_options import add_amending, add_annonce, add_moving, add_publier, add_transcription
from bobine.commands.privacy_options import add_personne
from bobine.commands.report_options import add_bilan, add_ecoutes
from bobine.commands.volunteer_options import add_volunteers
from bobine.errors import BobineError, Interrupted
from bobine.french import printable, sort_key, typeset
from bobine.store.reports import catch_in_threads, unforeseen_sentence, write_report
from bobine.usage import FrenchParser, as_json_text, print_any_text, speak_french, without_accents

COMMANDS = ("nouveau", "conducteur", "historique", "antenne", "importer", "couper", "monter", "transcription",
            "publier", "corriger", "retirer", "droit-de-reponse", "annonce", "exporter", "reprendre", "garder",
            "purger", "servir", "ecoutes", "heures", "agenda", "parcours", "bilan", "musiques", "parole", "personne",
            "verifier", "demo")  # fmt: skip
"""The commands, as they are named without accents."""

_EPISODE = "l'émission : SHOW/DATE, DATE, DATE-SUFFIXE, « prochaine » ou « derniere »"
_EPILOG = """\
Sans commande, bobine ouvre les écrans : la saison, le conducteur, les idées, l'équipe.
EPISODE s'écrit bobine-romanaise/2026-11-26, ou 2026-11-26 (ou 26/11/2026) quand l'atelier n'a qu'une
émission, ou « prochaine », ou « derniere ». Les accents ne comptent pas.
Code de sortie : 0 fait, 1 refusé ou échoué, 2 mal appelé.
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    speak_french()
    parser = FrenchParser(
        prog="bobine",
        description="L'atelier d'une émission de radio : du conducteur au podcast.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"bobine {__version__}", help="montrer la version")
    parser.add_argument("--atelier", metavar="DIR", type=Path, help="le dossier de l'atelier (celui de shows.toml)")
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", title="Commandes")
    parser.set_defaults(command="ecrans", json=False)
    _add_nouveau(commands)
    _add_conducteur(commands)
    _add_historique(commands)
    _add_antenne(commands)
    _add_importer(commands)
    _add_couper(commands)
    add_monter(partial(_command, commands), _EPISODE)
    add_transcription(partial(_command, commands), _EPISODE)
    add_publier(partial(_command, commands), _EPISODE)
    add_amending(partial(_command, commands), _EPISODE)
    add_annonce(partial(_command, commands), _EPISODE)
    add_moving(partial(_command, commands))
    _add_garder(commands)
    _add_purger(commands)
    _add_servir(commands)
    add_ecoutes(partial(_command, commands))
    add_volunteers(partial(_command, commands), _EPISODE)
    add_bilan(partial(_command, commands))
    add_musiques(partial(_command, commands))
    add_parole(partial(_command, commands))
    add_personne(partial(_command, commands))
    _add_verifier(commands)
    _add_demo(commands)
    return parser


def _command(commands: argparse._SubParsersAction[FrenchParser], name: str, about: str) -> FrenchParser:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON sur la sortie standard")
    parser.set_defaults(wrong_call=parser.error)
    return parser


def _add_nouveau(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "nouveau", "créer un atelier, ou l'épisode du prochain créneau libre")
    parser.add_argument("what", metavar="QUOI", nargs="?", type=sort_key, default="episode",
                        help="« atelier » ou « episode » (par défaut, et peut ne pas s'écrire)")  # fmt: skip
    parser.add_argument("target", metavar="CIBLE", nargs="?",
                        help="le dossier de l'atelier ; ou l'émission : SHOW, DATE ou SHOW/DATE, avec un suffixe "
                             "pour un autre épisode de ce jour-là : 2026-11-26-bonus")  # fmt: skip
    parser.add_argument("--titre", metavar="TITRE", help="le titre de l'émission du nouvel atelier")


def _add_conducteur(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "conducteur", "montrer le conducteur, l'imprimer, l'exporter ou le relire")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    for form, about in (("pdf", "une feuille A4 à imprimer"), ("html", "une page pour téléphone ou écran"),
                        ("csv", "un fichier de tableur")):  # fmt: skip
        parser.add_argument(f"--{form}", metavar="FICHIER", type=Path, nargs="?", const=Path(),
                            help=f"écrire {about} ; dans le dossier courant si FICHIER n'est pas donné")  # fmt: skip
    parser.add_argument("--fiches", action="store_true", help="ajouter au PDF une fiche par personne de l'équipe")
    parser.add_argument(
        "--controle", action="store_true", help="dire ce qui manque pour que l'émission soit prête, et à qui"
    )
    parser.add_argument("--realise", action="store_true",
                        help="le conducteur réalisé : ce qui est passé, heures prévues et réelles")  # fmt: skip
    parser.add_argument("--depuis-csv", metavar="FICHIER", type=Path,
                        help="remplacer les éléments du conducteur par ceux de ce fichier CSV ou .xlsx, après avoir "
                             "montré ce qui change")  # fmt: skip
    parser.add_argument("--retirer-absents", action="store_true",
                        help="avec --depuis-csv : enlever les éléments que le fichier n'a pas")  # fmt: skip
    parser.add_argument("--durees", choices=("minutes", "heures"),
                        help="avec --depuis-csv : ce que veut dire 04:30:00, 4'30 ou 4 h 30")  # fmt: skip
    parser.add_argument("--oui", action="store_true", help="avec --depuis-csv : ne pas demander confirmation")


def _add_historique(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "historique", "montrer les derniers états du conducteur, ou revenir à l'un d'eux")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    parser.add_argument("--revenir", metavar="N", type=int, help="revenir à l'état numéro N de la liste")


def _add_antenne(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "antenne", "ouvrir l'écran du direct, ou répéter")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    parser.add_argument("--controle", action="store_true", help="dire ce qui manque pour prendre l'antenne, et à qui")
    parser.add_argument("--sans-ecoute", action="store_true", help="avec --controle : ne pas écouter l'entrée son")
    parser.add_argument("--prompteur", action="store_true", help="la vue de l'animation, en gros, sans rien à presser")
    parser.add_argument("--web", action="store_true", help="la même vue en page web, pour une tablette")
    parser.add_argument("--reseau", action="store_true", help="avec --web : l'ouvrir au réseau local")
    parser.add_argument("--port", metavar="PORT", type=_port, help="avec --web : le port (8471 par défaut)")
    parser.add_argument("--repetition", action="store_true",
                        help="répéter, à l'heure du créneau, sans toucher au vrai direct")  # fmt: skip
    parser.add_argument("--vitesse", metavar="N", type=_speed, default=1, help="répéter N fois plus vite (20 au plus)")
    parser.add_argument("--source", metavar="FICHIER", type=Path,
                        help="répéter en enregistrant ce fichier, joué à la place de l'entrée son")  # fmt: skip


def _add_importer(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "importer", "rattacher un enregistrement à une émission")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    parser.add_argument("files", metavar="FICHIER", type=Path, nargs="*",
                        help="l'enregistrement, ou les fichiers qui se suivent dont il est fait, dans n'importe quel "
                             "ordre, ou leur dossier ; ils sont copiés, jamais déplacés")  # fmt: skip
    parser.add_argument("--reperes", metavar="REPERES", type=Path,
                        help="les repères : étiquettes Audacity, CUE, Reaper, chapitres, « 12:34 Titre »…")  # fmt: skip
    parser.add_argument("--pad", action="store_true",
                        help="sans enregistrement : l'émission est faite de ses PAD, dans l'ordre du "
                             "conducteur")  # fmt: skip
    parser.add_argument("--quand-meme", action="store_true", dest="accept_damage",
                        help="accepter un enregistrement tronqué, ou qui semble d'un autre jour ; avec --pad, "
                             "faire sans les éléments qui n'ont pas de PAD")  # fmt: skip
    parser.add_argument("--element", metavar="ID", help="FICHIER remplace le son de ce seul élément, dans le podcast")
    parser.add_argument(
        "--de", metavar="POSITION", dest="start", help="avec --element : où il y commence, comme 0:12,5"
    )
    parser.add_argument("--a", metavar="POSITION", dest="end", help="avec --element : où il y finit")
    parser.add_argument("--retirer", action="store_true", help="avec --element : lui rendre son propre son")


def _add_couper(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "couper", "couper un passage d'un élément dans le podcast, ou le rendre")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    parser.add_argument("item", metavar="ID", nargs="?", help="l'id de l'élément ; sans lui, tout ce qui est coupé")
    parser.add_argument("start", metavar="DE", nargs="?",
                        help="le début, compté dans l'élément tel qu'il est enregistré : 1:23,4 ou 83,4")  # fmt: skip
    parser.add_argument("end", metavar="A", nargs="?", help="la fin")
    parser.add_argument("--rendre", metavar="N", nargs="?", const="tout",
                        help="rendre la coupe numéro N de l'élément, ou toutes (« tout »)")  # fmt: skip


def _add_garder(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "garder", "demander qu'une émission ne soit pas purgée, ou lever la demande")
    parser.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    parser.add_argument("--motif", metavar="TEXTE", help="pourquoi")
    parser.add_argument("--par", metavar="NOM", help="qui le demande ; par défaut le nom de la session")
    parser.add_argument("--lever", action="store_true", help="lever la demande")


def _add_purger(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "purger", "montrer ce qui peut être effacé des enregistrements, ou l'effacer")
    parser.add_argument("episode", metavar="EPISODE", nargs="?", help=f"{_EPISODE} ; sans elle, toutes sont montrées")
    parser.add_argument("--tout-ce-qui-peut", action="store_true", dest="everything",
                        help="tout ce qu'aucun délai ni aucune demande ne fait garder")  # fmt: skip
    parser.add_argument("--oui", action="store_true", help="effacer sans demander confirmation")
    parser.add_argument("--quand-meme", action="store_true", dest="even_unused",
                        help="même si rien n'a été monté ni publié ; les délais restent")  # fmt: skip


def _add_servir(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "servir", "servir le dossier du podcast en HTTP, pour l'écouter")
    parser.add_argument("--reseau", action="store_true", help="ouvrir au réseau local (téléphones)")
    parser.add_argument("--port", metavar="PORT", type=_port, help="le port ; par défaut celui de l'adresse publique")
    parser.add_argument("--vers", metavar="DESTINATION", help="la destination à servir (un dossier)")


def _add_verifier(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "verifier", "vérifier l'atelier, ffmpeg et les destinations")
    parser.add_argument("--vers", metavar="DESTINATION", help="ne vérifier que cette destination")
    parser.add_argument("--flux", metavar="URL", nargs="?", const="",
                        help="vérifier un flux, à son adresse ou dans un fichier, le nôtre ou un autre ; sans URL, "
                             "celui de chaque émission")  # fmt: skip


def _add_demo(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    parser = _command(commands, "demo", "fabriquer une courte émission et faire tout le chemin jusqu'au podcast")
    parser.add_argument("--son", metavar="DOSSIER", type=Path, help="de vrais sons à la place du son de synthèse")
    parser.add_argument("--minutes", metavar="N", type=_minutes, default=4.0, help="la durée (4 minutes par défaut)")


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65_535:
        raise ValueError(text)
    return port


def _speed(text: str) -> int:
    speed = int(text)
    if not 1 <= speed <= 20:
        raise ValueError(text)
    return speed


def _minutes(text: str) -> float:
    minutes = float(text.replace(",", "."))
    if not 1 <= minutes <= 120:
        raise ValueError(text)
    return minutes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: what follows the program's name; the process's own by default.

    Returns:
        0 when done, 1 when refused or failed; a wrong call leaves through ``SystemExit`` with 2.
    """
    print_any_text()
    options = build_parser().parse_args(without_accents(sys.argv[1:] if arguments is None else arguments, COMMANDS))
    signal.signal(signal.SIGTERM, _terminated)
    if arguments is None:
        catch_in_threads(f"bobine {options.command}")
    try:
        code = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has gone: leave quietly, as any filter does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(options: argparse.Namespace) -> int:
    """Run a command, and tell what stopped it; only that nobody reads any more is left to the caller."""
    try:
        return int(_module_of(options.command).run(options))
    except BobineError as error:
        return _failed(str(error), as_json=options.json)
    except KeyboardInterrupt:
        return _failed(str(Interrupted()), as_json=options.json)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last net: nobody foresaw it, and nobody is shown a traceback
        path = write_report(error, f"bobine {options.command}", datetime.now().astimezone(), os.environ)
        return _failed(unforeseen_sentence(error, path), as_json=options.json)


def _module_of(command: str) -> Any:
    """The module of a command, imported: classes and functions are no garbage, and are not looked through meanwhile."""
    gc.disable()
    try:
        return importlib.import_module(f"bobine.commands.{command.replace('-', '_')}")
    finally:
        gc.enable()


def _terminated(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _failed(message: str, *, as_json: bool) -> int:
    lines = [printable(line) for line in message.splitlines()]
    if as_json:
        print(as_json_text({"error": "\n".join(lines)}))  # noqa: T201
    sys.stderr.write(typeset("\n".join(lines)) + "\n")
    return 1
