"""Word to a WebSub hub that a feed changed (W3C Recommendation of 23 January 2018; the request as its hubs take it)."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.publish.text import ascii_url

_TIMEOUT_S = 5.0


def tell_hub(hub: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """Tell a hub which feeds changed; followers then need not wait until they ask by themselves.

    Args:
        hub: its address; nothing is sent where it is empty.
        addresses: public addresses of the feeds.

    Returns:
        A French sentence for each word that did not arrive; the feed is online all the same.
    """
    if not hub:
        return ()
    import urllib3

    failures = []
    pool = urllib3.PoolManager(timeout=urllib3.Timeout(total=_TIMEOUT_S), retries=False)
    for address in addresses:
        fields = {"hub.mode": "publish", "hub.url": address}
        try:
            answer = pool.request("POST", ascii_url(hub), fields=fields, encode_multipart=False, redirect=False)
        except (urllib3.exceptions.HTTPError, ValueError):
            why = "pas de réponse"
        else:
            why = "" if 200 <= answer.status < 300 else f"réponse {answer.status}"
        if why:
            failures.append(
                f"le hub {hub} n'a pas pu être prévenu ({why}) : les applications verront l'épisode un peu plus tard."
            )
    return tuple(dict.fromkeys(failures))
