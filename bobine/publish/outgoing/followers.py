"""Word to those through whom followers learn that a feed changed: a WebSub hub, a Podping server.

WebSub is the W3C Recommendation of 23 January 2018, with the request as its hubs take it; Podping, the request of its
public front-end: a GET that names the feed, with a token in its ``Authorization`` header.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from bobine.model.podcast import Podcast
from bobine.publish.text import ascii_url

PODPING_TOKEN = "PODPING_TOKEN"  # noqa: S105 - the name of the variable
"""The environment variable that holds the token which a Podping server has given."""


class Reason(StrEnum):
    """Words of Podping on why a feed is to be read again."""

    UPDATE = "update"
    LIVE = "live"
    LIVE_END = "liveEnd"


_AGENT = "Bobine"
_TIMEOUT_S = 5.0


def tell_followers(
    podcast: Podcast,
    addresses: Iterable[str],
    environment: Mapping[str, str] = os.environ,
    reason: Reason = Reason.UPDATE,
) -> tuple[str, ...]:
    """Tell the podcast's hub and its Podping server, those that it has, which feeds changed.

    Args:
        podcast: the podcast.
        addresses: public addresses of the feeds.
        environment: where the Podping token is looked for.
        reason: why, for Podping; a hub takes none.

    Returns:
        A French sentence for each word that did not arrive; the feed is online all the same.
    """
    changed = tuple(addresses)
    return (*tell_hub(podcast.hub, changed), *tell_podping(podcast.podping, changed, environment, reason))


def tell_hub(hub: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """Tell a WebSub hub which feeds changed; followers then need not wait until they ask by themselves.

    Args:
        hub: its address; nothing is sent where it is empty.
        addresses: public addresses of the feeds.

    Returns:
        A French sentence for each word that did not arrive.
    """
    if not hub:
        return ()
    failures = [_asked("POST", hub, {"hub.mode": "publish", "hub.url": address}) for address in addresses]
    return _told(f"le hub {hub} n'a pas pu être prévenu", failures)


def tell_podping(
    server: str, addresses: Iterable[str], environment: Mapping[str, str], reason: Reason = Reason.UPDATE
) -> tuple[str, ...]:
    """Tell a Podping server which feeds changed.

    Args:
        server: its address; nothing is sent where it is empty.
        addresses: public addresses of the feeds.
        environment: where its token is; no sentence ever holds it.
        reason: why they are to be read again.

    Returns:
        A French sentence for each word that did not arrive.
    """
    changed = tuple(addresses)
    if not server or not changed:
        return ()
    token = environment.get(PODPING_TOKEN, "")
    if not token.isascii() or not token.isprintable() or not token.strip():
        why = f"la variable d'environnement {PODPING_TOKEN} manque, ou ne contient pas un jeton"
        return (f"le serveur Podping {server} n'a pas été prévenu ({why}) : donnez-lui celui de ce serveur.",)
    headers = {"Authorization": token.strip(), "User-Agent": _AGENT}
    failures = [
        _asked("GET", server, {"url": address, "reason": reason.value, "medium": "podcast"}, headers)
        for address in changed
    ]
    return _told(f"le serveur Podping {server} n'a pas pu être prévenu", failures)


def _asked(method: str, service: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> str:
    """Ask once, and give why it failed; empty where it did not. A redirection is not followed: a token would go too."""
    import urllib3

    pool = urllib3.PoolManager(timeout=urllib3.Timeout(total=_TIMEOUT_S), retries=False)
    form = urlencode(fields)
    try:
        address = ascii_url(service)
        if method == "GET":
            address += f"{'&' if urlsplit(address).query else '?'}{form}"
            answer = pool.request(method, address, headers=headers, redirect=False)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = pool.request(method, address, body=form, headers=kind, redirect=False)
    except (urllib3.exceptions.HTTPError, ValueError):
        return "pas de réponse"
    return "" if 200 <= answer.status < 300 else f"réponse {answer.status}"


def _told(what: str, failures: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each reason, once."""
    reasons = dict.fromkeys(why for why in failures if why)
    return tuple(f"{what} ({why}) : les applications verront l'épisode un peu plus tard." for why in reasons)
