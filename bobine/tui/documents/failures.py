"""Sentences on failures that a screen outlives: its last good state stays, and it goes on looking."""

from __future__ import annotations

import errno
from collections import deque

from bobine.errors import BobineError
from bobine.french import printable

_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOENT: "introuvable",
    errno.EIO: "erreur du disque",
    errno.ENOTCONN: "le dossier partagé n'est plus relié",
    errno.EHOSTDOWN: "l'autre machine ne répond plus",
    errno.ESTALE: "le dossier partagé a changé sous l'écran",
    errno.ENODEV: "le disque a été retiré",
    errno.ENOTDIR: "un fichier est à la place d'un dossier",
    errno.EISDIR: "un dossier est à la place du fichier",
    errno.ELOOP: "des liens tournent en rond",
    errno.ETIMEDOUT: "le dossier ne répond pas à temps",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EROFS: "disque en lecture seule",
    errno.EMFILE: "trop de fichiers ouverts",
}

UNEXPECTED: deque[Exception] = deque(maxlen=20)
"""Failures that nobody foresaw, the newest last."""


def sentence(error: Exception) -> str:
    """One French sentence for whatever went wrong, or several, one a line; what nobody foresaw is kept too."""
    if isinstance(error, BobineError):
        return str(error)
    if isinstance(error, OSError):
        where = f"« {printable(str(error.filename))} »" if error.filename else "Un fichier de l'atelier"
        reason = _REASONS.get(error.errno or 0, f"erreur {error.errno} du système")
        return f"{where} ne répond pas ({reason}) : vérifiez que le disque ou le dossier est bien là."
    UNEXPECTED.append(error)
    what = " ".join(printable(str(error)).split())[:120]
    return f"Une erreur que Bobine ne connaît pas ({type(error).__name__}{f' : {what}' if what else ''})."
