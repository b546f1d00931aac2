"""Sentences on what a remote folder cannot promise."""

from __future__ import annotations

from bobine.publish.destinations.remote.files import RemoteFiles


def limits_told(files: RemoteFiles) -> tuple[str, ...]:
    """Sentences on what the server of a remote folder cannot promise, in French, as it was found to be."""
    said = []
    if not files.tells_tags:
        said.append(
            "pas d'écriture conditionnelle ici : un verrou tient les autres publications à l'écart, mais pas "
            "quelqu'un qui changerait le flux à la main au même instant"
        )
    if not files.replaces_at_once:
        said.append(
            "un fichier n'y est pas forcément remplacé d'un seul geste : à chaque publication, le flux peut "
            "manquer un très court instant"
        )
    if not files.resumes:
        said.append("un envoi coupé y recommence au début du fichier")
    said.append(
        "le type des fichiers est donné par le serveur web, pas par Bobine (comment le régler : docs/destinations.md)"
    )
    return tuple(said)
