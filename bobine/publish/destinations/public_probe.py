"""Asking for a published file as a listener's phone would: over HTTP, whole and by ranges."""

from __future__ import annotations

import re
import urllib.request
from urllib.parse import urlsplit

import urllib3

from bobine.errors import AwayError, PublishError
from bobine.model.published.release import StoredFile

_NO_CACHED_COPY = {"Accept-Encoding": "identity", "User-Agent": "bobine"}
_PATIENCE = urllib3.Retry(
    total=4,
    redirect=5,
    backoff_factor=0.3,
    status_forcelist=(404, 429, 500, 502, 503, 504),
    allowed_methods=("GET", "HEAD"),
    raise_on_status=False,
    respect_retry_after_header=False,
)
_TIMEOUT = urllib3.Timeout(connect=5, read=15)


def probe_public(address: str, file: StoredFile) -> None:
    """Make sure that the public address serves a file as Apple and the players ask: HEAD and byte ranges.

    Answers 404 and 5xx are asked again for a few seconds, as hosts may be late in serving what they just took.

    Args:
        address: the file's public URL.
        file: what must be found there.

    Raises:
        PublishError: if it cannot, or if size or type differ.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise PublishError(f"« {address} » n'est pas une adresse http ou https : corrigez public_url dans shows.toml.")
    try:
        with pool_for(address) as pool:
            _probe_whole(pool, address, file)
            _probe_range(pool, address, file)
    except urllib3.exceptions.HTTPError as error:
        raise AwayError(
            f"L'adresse publique « {address} » est injoignable ({type(error).__name__}) : vérifiez public_url dans "
            "shows.toml et le réseau, puis recommencez."
        ) from error


def pool_for(address: str) -> urllib3.PoolManager:
    """A pool of connections to an address, through the proxy that the machine is set to use for it."""
    parts = urlsplit(address)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy and not urllib.request.proxy_bypass(parts.hostname or ""):
        return urllib3.ProxyManager(proxy)
    return urllib3.PoolManager()


def _probe_whole(pool: urllib3.PoolManager, address: str, file: StoredFile) -> None:
    answer = pool.request("HEAD", address, headers=_NO_CACHED_COPY, retries=_PATIENCE, timeout=_TIMEOUT)
    if answer.status in (401, 403):
        raise PublishError(
            f"« {address} » n'est pas lisible par le public ({answer.status}) : ouvrez la lecture du bucket à tous, "
            'écrivez acl = "public-read" dans shows.toml si l\'hébergeur le veut, ou corrigez public_url.'
        )
    if answer.status != 200:
        raise PublishError(
            f"« {address} » répond {answer.status} : vérifiez que public_url mène bien à la racine de la destination."
        )
    served_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if served_type != file.media_type:
        raise PublishError(
            f"« {address} » est servi comme « {served_type} » au lieu de « {file.media_type} » : réglez les types de "
            "l'hébergement."
        )
    size = answer.headers.get("Content-Length")
    if size is not None and size != str(file.bytes):
        raise PublishError(
            f"« {address} » fait {size} octets au lieu de {file.bytes} : videz le cache de l'hébergement."
        )


def _probe_range(pool: urllib3.PoolManager, address: str, file: StoredFile) -> None:
    headers = {**_NO_CACHED_COPY, "Range": f"bytes={file.bytes - 1}-{file.bytes - 1}"}
    answer = pool.request("GET", address, headers=headers, retries=_PATIENCE, timeout=_TIMEOUT, preload_content=False)
    status, extent = answer.status, answer.headers.get("Content-Range", "")
    answer.close()
    found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", extent.strip())
    expected = (file.bytes - 1, file.bytes - 1, file.bytes)
    if status != 206 or found is None or tuple(map(int, found.groups())) != expected:
        raise PublishError(
            f"« {address} » ne se lit pas par morceaux (réponse {status}) : les applications de podcast l'exigent ; "
            "activez les « range requests » chez l'hébergeur."
        )
