"""Rules for what ``shows.toml`` says of a server to publish to: each gives its fault in French, or None.

Pure. Nothing that may be a password written in the wrong place is repeated in a sentence.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bobine.french import printable
from bobine.store.rules import texts

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this computer, to which nothing is sent in the clear over a network."""


def host(text: str) -> str | None:
    """The name or number of a server, alone: neither a scheme nor a user nor a port."""
    if len(text) > 253 or not re.fullmatch(
        r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+:[0-9a-fA-F:.]*", text
    ):
        return (
            f"« {printable(text[:40])} » n'est pas le nom d'un serveur : écrivez-le seul, comme « sftp.exemple.fr », "
            "sans sftp:// ; l'utilisateur, le port et le dossier ont leurs clés (user, port, path)"
        )
    return None


def user(text: str) -> str | None:
    """The name of an account: one line, without what separates it from a password or a server."""
    if ":" in text:
        return "un nom d'utilisateur seul était attendu, sans « : » ni mot de passe"
    return texts.one_line(text)


def server_folder(text: str) -> str | None:
    """A folder of a server: absolute, or from the one that a login leads to."""
    parts = text.removeprefix("/").removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or texts.one_line(text) is not None:
        return "un dossier du serveur était attendu, comme « www/podcast » ou « /srv/podcast » : sans .. ni //"
    return None


def fingerprint(text: str) -> str | None:
    """The SHA-256 fingerprint of a server's key, as OpenSSH writes it."""
    if not re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", text):
        return "l'empreinte d'une clé était attendue, comme « SHA256: » suivi de 43 lettres et chiffres"
    return None


def local_file(text: str) -> str | None:
    """A file of this computer, outside of the workspace: absolute, or in the user's home."""
    if not text.startswith(("/", "~")) and not re.match(r"[A-Za-z]:[\\/]", text):
        return "le chemin d'un fichier de cet ordinateur était attendu, comme « ~/.ssh/id_podcast »"
    return texts.one_line(text)


def variable(text: str) -> str | None:
    """The name of an environment variable; what looks like a password is not repeated."""
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", text):
        return (
            "le nom d'une variable d'environnement était attendu, en majuscules, comme BOBINE_SFTP ; le mot de passe "
            "lui-même ne s'écrit jamais ici : il est la valeur de cette variable"
        )
    return None


def webdav_address(text: str) -> str | None:
    """The WebDAV address of a folder; encrypted, since a password goes there, except on this very computer."""
    return texts.folder_address(text) or _in_the_clear(text, "le mot de passe")


def sealed_address(text: str) -> str | None:
    """An address to which a token goes with each request."""
    return texts.web_address(text) or _in_the_clear(text, "le jeton")


def _in_the_clear(address: str, secret: str) -> str | None:
    """What is wrong with an address that a secret would be sent to in the clear."""
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname in LOOPBACK:
        return None
    return f"une adresse https:// était attendue : par http://, {secret} passerait en clair"
