"""Media types as ordinary web servers give them by a file's suffix, where nobody else can say them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import urllib3

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.public_probe import pool_for, probe_public

_ALSO = {
    ".json": frozenset({"application/json"}),
    ".opus": frozenset({"audio/opus", "application/ogg"}),
    ".srt": frozenset({"text/plain", "text/srt", "application/srt"}),
    ".vtt": frozenset({"text/plain"}),
}
"""Types that apps take as well, by suffix."""


def probe_public_of_host(address: str, file: StoredFile) -> None:
    """Make sure that the public address serves a file, of a type that apps take; see ``probe_public``.

    Raises:
        PublishError: if not, with what to write in the web server's settings where it is the type.
    """
    served = _served_type(address)
    suffix = PurePosixPath(file.key).suffix
    if served in _ALSO.get(suffix, frozenset()):
        file = replace(file, media_type=served)
    elif served and served != file.media_type:
        raise PublishError(
            f"« {address} » est servi comme « {served} » au lieu de « {file.media_type} », et des applications ne le "
            f"liront pas : dans un fichier .htaccess du dossier, écrivez « AddType {file.media_type} {suffix} », ou "
            "demandez-le à l'hébergeur (docs/destinations.md)."
        )
    probe_public(address, file)


def _served_type(address: str) -> str:
    """The type that an address answers; empty where it does not answer 200: the probe says why."""
    try:
        with pool_for(address) as pool:
            answer = pool.request("HEAD", address, headers={"User-Agent": "bobine"}, retries=2, timeout=15)
    except urllib3.exceptions.HTTPError:
        return ""
    if answer.status != 200:
        return ""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
