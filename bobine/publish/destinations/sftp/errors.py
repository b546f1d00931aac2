"""Failures of an SFTP server, each told in one French sentence that holds no secret."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator

import paramiko

from bobine.errors import AwayError, BobineError, PublishError
from bobine.french import printable
from bobine.model.destination import SftpDestination
from bobine.publish.destinations.remote.files import LineCutError

_NO_ROOM = ("space", "quota", "disk full", "too large")
"""Words by which servers say that there is no room: the protocol has no code for it."""

_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
_CLOSED = "Socket is closed"
"""The words of paramiko, which gives no code with them, for a connection that was cut before a request."""


@contextlib.contextmanager
def told_in_french(destination: SftpDestination, doing: str) -> Iterator[None]:
    """Turn every failure of paramiko and of the network into a ``PublishError``.

    Args:
        destination: where.
        doing: what was being done, to stand after « impossible » (``de lire « x »``).

    Raises:
        LineCutError: in place of a connection that was cut or a server that fell silent.
        PublishError: in place of any other failure.
    """
    start = f"Destination « {destination.name} », impossible {doing} : "
    try:
        yield
    except BobineError:
        raise
    except socket.gaierror as error:
        raise AwayError(
            f"{start}le serveur « {destination.host} » n'est pas trouvé ; vérifiez son nom (host, dans shows.toml) et "
            "la connexion."
        ) from error
    except (ConnectionRefusedError, paramiko.ssh_exception.NoValidConnectionsError) as error:
        raise AwayError(
            f"{start}« {destination.host} » ne répond pas en SFTP sur le port {destination.port} ; vérifiez host et "
            "port dans shows.toml."
        ) from error
    except paramiko.AuthenticationException as error:
        raise PublishError(f"{start}{_refused(destination)}") from error
    except paramiko.SSHException as error:
        if "banner" in str(error):
            raise PublishError(
                f"{start}ce qui répond sur le port {destination.port} de « {destination.host} » n'est pas un serveur "
                "SFTP ; vérifiez host et port dans shows.toml."
            ) from error
        raise _cut(start, destination, error) from error
    except (TimeoutError, EOFError, ConnectionError) as error:
        raise _cut(start, destination, error) from error
    except OSError as error:
        if error.errno is None and str(error) == _CLOSED:
            raise _cut(start, destination, error) from error
        kind = AwayError if error.errno in _NO_WAY else PublishError
        raise kind(f"{start}{_reason(error, destination)}") from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # what is no SFTP answer at all
        raise PublishError(
            f"{start}« {destination.host} » répond autre chose que ce qu'un serveur SFTP répond ; vérifiez host et "
            "port."
        ) from error


def _cut(start: str, destination: SftpDestination, error: Exception) -> LineCutError:
    return LineCutError(
        f"{start}« {destination.host} » ne répond plus ({type(error).__name__}) ; vérifiez le réseau, puis "
        "recommencez : ce qui est déjà arrivé n'est pas envoyé deux fois."
    )


def _refused(destination: SftpDestination) -> str:
    if destination.key_file:
        what, advice = f"la clé « {destination.key_file} »", "la clé publique donnée à l'hébergeur"
    elif destination.password_variable:
        what, advice = f"le mot de passe de la variable {destination.password_variable}", "ce mot de passe"
    else:
        what, advice = "les clés de l'agent SSH et de ~/.ssh", "les clés, ou donnez key_file ou password_variable"
    return f"« {destination.host} » refuse le compte « {destination.user} » avec {what} ; vérifiez user et {advice}."


def _reason(error: OSError, destination: SftpDestination) -> str:
    said = printable(str(error))[:80]
    if error.errno == errno.EACCES:
        return (
            f"« {destination.host} » le refuse au compte « {destination.user} » (accès refusé) ; donnez-lui le droit "
            "d'écrire dans ce dossier, ou corrigez path."
        )
    if error.errno == errno.ENOENT:
        return "le dossier n'existe pas ; créez-le, ou corrigez path dans shows.toml."
    if error.errno in _NO_WAY:
        return f"« {destination.host} » est injoignable ; vérifiez la connexion."
    if any(word in said.casefold() for word in _NO_ROOM):
        return f"il n'y a plus de place chez « {destination.host} » ({said}) ; libérez-en ou agrandissez le quota."
    return (
        f"« {destination.host} » le refuse ({said}) ; vérifiez qu'il y reste de la place, et les droits du compte dans "
        "ce dossier."
    )
