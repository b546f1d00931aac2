"""The connection to an SFTP server: its key is known or it is refused, and only silence ends it, never slowness."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import weakref
from pathlib import Path
from typing import Any

import paramiko

from bobine.errors import PublishError
from bobine.model.destination import SftpDestination

CONNECT_S = 15
SILENCE_S = 60
"""The longest that a server may say nothing while something is asked of it, in seconds."""

_UNSENT = 256 << 10
"""Bytes that this computer may hold back: what is told as sent is not far ahead of what arrived."""


class Connection:
    """One SFTP session, and the SSH connection under it; it ends with who holds it, as a host counts connections."""

    def __init__(self, destination: SftpDestination) -> None:
        """Connect and log in.

        Raises:
            PublishError: if the server's key is not known, or what this user's secret needs is not there.
            paramiko.SSHException, OSError: as the network and the server do.
        """
        logging.getLogger("paramiko").setLevel(logging.CRITICAL)  # it tells errors that are raised as well
        self._client = _logged_in(destination)
        transport = self._client.get_transport()
        try:
            sftp = self._client.open_sftp()
        except (paramiko.SSHException, EOFError) as error:
            self._client.close()
            raise PublishError(
                f"Destination « {destination.name} » : « {destination.host} » accepte le compte "
                f"« {destination.user} », mais ne lui ouvre pas SFTP ; demandez-le à l'hébergeur."
            ) from error
        channel = sftp.get_channel()
        if transport is None or channel is None:
            raise EOFError
        transport.set_keepalive(SILENCE_S // 3)
        channel.settimeout(SILENCE_S)
        self.sftp: Any = sftp
        self._transport: Any = transport
        # paramiko's thread would keep it open as long as the program runs
        weakref.finalize(self, self._client.close).atexit = False

    @property
    def is_open(self) -> bool:
        """Whether it still stands, as far as is known."""
        return bool(self._transport.is_active())

    def close(self) -> None:
        """Close it."""
        self._client.close()


def _logged_in(destination: SftpDestination) -> Any:
    """A client that is logged in; of several keys of the server, the one that ``shows.toml`` knows is asked for."""
    tried: list[str] = []
    shown: list[str] = []
    secret = _secret(destination)
    while True:
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(_Pinned(destination, shown))
        if not destination.fingerprint:
            _load_known_hosts(client, destination)
        try:
            client.connect(
                destination.host,
                destination.port,
                destination.user,
                sock=_socket(destination),
                disabled_algorithms={"keys": tried},
                banner_timeout=CONNECT_S * 2,
                auth_timeout=SILENCE_S,
                channel_timeout=SILENCE_S,
                timeout=CONNECT_S * 2,
                **secret,
            )
        except _OtherKeyError as error:
            client.close()
            tried += error.algorithms
        except paramiko.ssh_exception.IncompatiblePeer as error:
            client.close()
            if tried:
                raise _changed(destination, destination.fingerprint, shown[0]) from error
            raise
        except paramiko.BadHostKeyException as error:
            client.close()
            raise _changed(destination, error.expected_key.fingerprint, error.key.fingerprint) from error
        except BaseException:
            client.close()
            raise
        else:
            return client


def _socket(destination: SftpDestination) -> socket.socket:
    line = socket.create_connection((destination.host, destination.port), timeout=CONNECT_S)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    user_timeout = getattr(socket, "TCP_USER_TIMEOUT", None)
    if user_timeout is not None:
        with contextlib.suppress(OSError):
            line.setsockopt(socket.IPPROTO_TCP, user_timeout, SILENCE_S * 1000)
    return line


def _secret(destination: SftpDestination) -> dict[str, Any]:
    """The secret to log in with: a key file, a password, or the agent and the user's own keys."""
    password = None
    if destination.password_variable:
        password = os.environ.get(destination.password_variable)
        if not password:
            raise PublishError(
                f"Destination « {destination.name} » : la variable d'environnement {destination.password_variable} "
                "manque ; donnez-lui le mot de passe sur cet ordinateur (docs/destinations.md dit comment)."
            )
    if destination.key_file:
        return {"pkey": _key(destination, password), "allow_agent": False, "look_for_keys": False}
    if password is not None:
        return {"password": password, "allow_agent": False, "look_for_keys": False}
    return {"allow_agent": True, "look_for_keys": True}


def _key(destination: SftpDestination, passphrase: str | None) -> Any:
    path = Path(destination.key_file).expanduser()
    start = f"Destination « {destination.name} » : le fichier de clé « {path} »"
    try:
        return paramiko.PKey.from_path(path, passphrase.encode() if passphrase else None)
    except FileNotFoundError as error:
        raise PublishError(f"{start} n'existe pas ; corrigez key_file dans shows.toml.") from error
    except OSError as error:
        raise PublishError(f"{start} ne peut pas être lu ; vérifiez ses droits.") from error
    except (paramiko.SSHException, ValueError, TypeError) as error:
        needs = "le bon mot de passe" if passphrase else "peut-être un mot de passe"
        raise PublishError(
            f"{start} n'est pas une clé privée que l'on puisse ouvrir ; donnez la clé sans .pub, et {needs} dans la "
            "variable que nomme password_variable."
        ) from error


def _load_known_hosts(client: Any, destination: SftpDestination) -> None:
    path = Path(destination.known_hosts or "~/.ssh/known_hosts").expanduser()
    try:
        client.load_host_keys(str(path))
    except (OSError, UnicodeDecodeError, paramiko.SSHException) as error:
        if destination.known_hosts:
            raise PublishError(
                f"Destination « {destination.name} » : « {path} » ne peut pas être lu ; corrigez known_hosts dans "
                "shows.toml."
            ) from error


class _OtherKeyError(Exception):
    """The server showed another of its keys than the one that is known."""

    def __init__(self, algorithms: list[str]) -> None:
        super().__init__()
        self.algorithms = algorithms


class _Pinned(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    """Takes no key but the one whose fingerprint ``shows.toml`` holds."""

    def __init__(self, destination: SftpDestination, shown: list[str]) -> None:
        self._destination = destination
        self._shown = shown

    def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
        """Refuse a key that is not the one; called for each that no file of known hosts has."""
        del client, hostname
        if key.fingerprint == self._destination.fingerprint:
            return
        name = key.get_name()
        self._shown.append(f"{key.fingerprint} ({name})")
        if self._destination.fingerprint:
            raise _OtherKeyError(["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"] if name == "ssh-rsa" else [name])
        raise _unknown(self._destination, self._shown[0])


def _unknown(destination: SftpDestination, shown: str) -> PublishError:
    fingerprint = shown.partition(" ")[0]
    return PublishError(
        f"Destination « {destination.name} » : cet ordinateur ne connaît pas le serveur « {destination.host} », dont "
        f"la clé a l'empreinte {shown}. Rien n'a été envoyé. Comparez-la à celle que donne l'hébergeur ; si c'est la "
        f'même, écrivez fingerprint = "{fingerprint}" sous [destinations.{destination.name}] dans shows.toml.'
    )


def _changed(destination: SftpDestination, known: str, shown: str) -> PublishError:
    return PublishError(
        f"Destination « {destination.name} » : le serveur « {destination.host} » n'a pas la clé attendue ({known}), "
        f"mais {shown} : ce n'est peut-être pas lui. Rien n'a été envoyé. Demandez à l'hébergeur s'il l'a changée ; "
        "alors seulement, écrivez la nouvelle (fingerprint, dans shows.toml, ou known_hosts)."
    )
