"""The system's reasons for refusing a file, in French."""

from __future__ import annotations

import errno


def reason_of(error: OSError) -> str:
    """The system's reason for a refusal, as a French clause without a capital or a full stop."""
    name = errno.errorcode.get(error.errno or 0, "")
    return _REASONS.get(name) or f"le système répond « {error.strerror or type(error).__name__} »"


_AWAY = "le dossier partagé ou le disque ne répond plus"
_REASONS = {
    "EACCES": "accès refusé",
    "EPERM": "accès refusé",
    "EISDIR": "c'est un dossier",
    "ENOTDIR": "un fichier est à la place d'un de ses dossiers",
    "EEXIST": "un fichier et un dossier portent le même nom",
    "ENOTEMPTY": "un fichier et un dossier portent le même nom",
    "ENOENT": "il n'est plus là",
    "ELOOP": "c'est un lien qui ne mène nulle part ou qui tourne en rond",
    "ENAMETOOLONG": "nom trop long",
    "EINVAL": "ce nom ou cette opération est impossible sur ce disque",
    "EILSEQ": "ce nom est impossible sur ce disque",
    "EROFS": "disque en lecture seule",
    "EIO": "erreur du disque",
    "ENXIO": "ce n'est pas un fichier ordinaire",
    "ENODEV": "ce disque n'est plus là",
    "ENOTCONN": _AWAY,
    "EHOSTDOWN": _AWAY,
    "EHOSTUNREACH": _AWAY,
    "ENETDOWN": _AWAY,
    "ENETUNREACH": _AWAY,
    "ECONNRESET": _AWAY,
    "ECONNABORTED": _AWAY,
    "ECONNREFUSED": _AWAY,
    "ESHUTDOWN": _AWAY,
    "ETIMEDOUT": _AWAY,
    "EREMOTEIO": _AWAY,
    "ESTALE": "le dossier partagé a changé entre-temps",
    "ENOLCK": "ce dossier n'accepte pas de verrou",
    "EOPNOTSUPP": "ce disque ne permet pas cette opération",
    "ENOTSUP": "ce disque ne permet pas cette opération",
    "ENOSYS": "ce disque ne permet pas cette opération",
    "EXDEV": "un lien mène à un autre disque",
    "EMFILE": "trop de fichiers sont ouverts",
    "ENFILE": "trop de fichiers sont ouverts",
    "ENOMEM": "il n'y a plus assez de mémoire",
    "EBUSY": "un autre programme l'occupe",
    "ETXTBSY": "un autre programme l'occupe",
    "EAGAIN": "un autre programme l'occupe",
    "EDEADLK": "un autre programme l'occupe",
}
