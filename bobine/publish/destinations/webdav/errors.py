"""Failures of a WebDAV server, each told in one French sentence that holds no secret."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from urllib3 import exceptions as http

from bobine.errors import AwayError, PublishError
from bobine.model.destination import WebdavDestination
from bobine.publish.destinations.remote.files import LineCutError


def start_of(destination: WebdavDestination, doing: str) -> str:
    """The beginning of every sentence: where, and what was being done (« de lire « x » »)."""
    return f"Destination « {destination.name} », impossible {doing} : "


def host_of(destination: WebdavDestination) -> str:
    """The server's name, for people."""
    return urlsplit(destination.address).netloc or "adresse vide"


@contextlib.contextmanager
def told_in_french(destination: WebdavDestination, doing: str) -> Iterator[None]:
    """Turn every failure of the connection into a ``PublishError``.

    Raises:
        LineCutError: in place of a connection that was cut or a server that fell silent.
        PublishError: in place of any other failure.
    """
    start, host = start_of(destination, doing), host_of(destination)
    try:
        yield
    except http.HTTPError as error:
        cause = error.reason if isinstance(error, http.MaxRetryError) and error.reason is not None else error
        match cause:
            case http.SSLError():
                raise PublishError(
                    f"{start}le certificat de « {host} » n'est pas reconnu ({_certificate(cause)}) ; vérifiez address "
                    "et la date de cet ordinateur. Pour une autorité à soi : la variable d'environnement SSL_CERT_FILE."
                ) from error
            case http.NameResolutionError():
                raise AwayError(
                    f"{start}le serveur « {host} » n'est pas trouvé ; vérifiez son nom (address, dans shows.toml) et "
                    "la connexion."
                ) from error
            case http.NewConnectionError() | http.ConnectTimeoutError():
                raise AwayError(
                    f"{start}« {host} » ne répond pas ; vérifiez address dans shows.toml et la connexion."
                ) from error
            case http.LocationValueError():
                raise PublishError(f"{start}address n'est pas une adresse valable ; corrigez-la.") from error
            case _:
                raise LineCutError(
                    f"{start}« {host} » ne répond plus ({type(cause).__name__}) ; vérifiez le réseau, puis recommencez."
                ) from error
    except (OSError, ValueError) as error:
        raise LineCutError(f"{start}« {host} » a coupé la connexion ; vérifiez le réseau, puis recommencez.") from error


def refusal(destination: WebdavDestination, doing: str, status: int) -> PublishError:
    """The error of an answer that is not the one that was hoped for."""
    kind = AwayError if status in (423, 429) or (status >= 500 and status not in (501, 505, 507)) else PublishError
    return kind(f"{start_of(destination, doing)}{_advice(destination, status)}")


def not_webdav(destination: WebdavDestination, doing: str) -> PublishError:
    """The error of an answer that no WebDAV server gives, such as the page of a public network."""
    return AwayError(
        f"{start_of(destination, doing)}{host_of(destination)} répond autre chose que ce qu'un serveur WebDAV répond, "
        "peut-être la page d'accueil d'un réseau ; vérifiez la connexion et address, puis recommencez."
    )


def _advice(destination: WebdavDestination, status: int) -> str:
    host = host_of(destination)
    if status == 401:
        return (
            f"{host} refuse le compte « {destination.user} » avec le mot de passe de la variable "
            f"{destination.password_variable} ; vérifiez les deux (pour Nextcloud, un mot de passe d'application)."
        )
    if status == 403:
        return (
            f"{host} le refuse au compte « {destination.user} » (403) ; donnez-lui le droit d'écrire dans ce dossier."
        )
    if status in (404, 409):
        return f"le dossier n'existe pas ({status}) ; créez-le, ou corrigez address dans shows.toml."
    if status == 413:
        return f"{host} refuse un fichier si gros (413) ; l'hébergeur doit en permettre de plus gros."
    if status == 423:
        return f"{host} dit que le fichier est verrouillé (423) ; recommencez dans quelques minutes."
    if status == 507:
        return f"il n'y a plus de place chez {host} (507) ; libérez-en ou agrandissez le quota."
    if 300 <= status < 400:
        return f"{host} renvoie à une autre adresse ({status}) ; écrivez celle-ci dans address."
    if status in (405, 501):
        return f"{host} ne parle pas WebDAV à cette adresse ({status}) ; vérifiez address dans shows.toml."
    if status == 429 or status >= 500:
        return f"{host} répond par une erreur ({status}) ; réessayez dans quelques minutes."
    return f"{host} refuse la requête ({status}) ; vérifiez address dans shows.toml."


def _certificate(error: http.SSLError) -> str:
    said = str(error).casefold()
    if "expired" in said:
        return "il a expiré"
    if "hostname" in said or "doesn't match" in said:
        return "il est celui d'un autre nom"
    if "self-signed" in said or "self signed" in said or "local issuer" in said:
        return "personne de connu ne l'a signé"
    return "connexion chiffrée impossible"
