"""The options of ``monter``."""

from __future__ import annotations

from collections.abc import Callable

from bobine.usage import FrenchParser


def add_monter(command: Callable[[str, str], FrenchParser], episode: str) -> None:
    """Declare the command.

    Args:
        command: makes a command, by its name and what it does.
        episode: how an episode is named.
    """
    parser = command("monter", "monter le podcast : niveaux, coupes, MP3 et Opus")
    parser.add_argument("episode", metavar="EPISODE", nargs="?", help=f"{episode} ; avec --tout, une émission : SHOW")
    parser.add_argument("--formats", metavar="LISTE", help="les formats à produire : « mp3 » ou « mp3,opus »")
    parser.add_argument("--tout", action="store_true",
                        help="toutes les émissions enregistrées de l'atelier, sur tous les cœurs ; ce qui est à jour "
                             "le reste, et une interruption ne perd rien")  # fmt: skip
    parser.add_argument("--emission", metavar="SHOW", help="avec --tout : celles de cette émission seulement")
    parser.add_argument("--coeurs", metavar="N", type=_cores, help="avec --tout : sur N cœurs de cet ordinateur")
    parser.add_argument("--grappe", metavar="ADRESSE",
                        help="avec --tout : par les ouvriers d'une grappe Dask, "
                             "comme tcp://192.168.1.10:8786")  # fmt: skip


def _cores(text: str) -> int:
    cores = int(text)
    if not 1 <= cores <= 1024:
        raise ValueError(text)
    return cores
