"""The feed at its public address, against what was published: a cache, a closed door, or a web player shut out."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from bobine.publish.check.asking import ORIGIN, Answer, Listener, UnreachableError
from bobine.publish.feed.online_items import parse_feed
from bobine.publish.layout import MAX_FEED_BYTES

WAITS_S = (0.0, 0.5, 1.5)
"""Waits before each look at what is not yet as it was published, in seconds."""

_LIMIT_S = 20.0


@dataclass(frozen=True, slots=True)
class ServedFeed:
    """The feed as the public gets it, in French sentences without a capital: what it lacks, and what to do.

    Attributes:
        fault: the reason why listeners do not get what was published; empty where they do.
        advice: something else to set right at the host; empty where there is nothing.
    """

    fault: str = ""
    advice: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Both, where they say something."""
        return tuple(words for words in (self.fault, self.advice) if words)


def look_at_served(
    address: str, content: bytes, listener: Listener | None = None, waits_s: tuple[float, ...] = WAITS_S
) -> ServedFeed:
    """Ask for a feed as apps and web players do.

    Args:
        address: its public address.
        content: the bytes that were published.
        listener: who asks; one that may be at home by default, as the address is the publisher's own.
        waits_s: waits before each look, in seconds.
    """
    listener = listener or Listener(at_home=True, limit_s=_LIMIT_S)
    found = ServedFeed()
    for wait_s in waits_s:
        time.sleep(wait_s)
        found = _looked(address, content, listener)
        if not found.fault:
            break
    return found


def _looked(address: str, content: bytes, listener: Listener) -> ServedFeed:
    try:
        answer = listener.ask(address, headers={"Origin": ORIGIN}, most_bytes=MAX_FEED_BYTES)
    except UnreachableError as fault:
        return ServedFeed(f"le flux ne peut pas être lu à son adresse publique : {fault} ; vérifiez public_url.")
    if answer.status in (401, 403):
        return ServedFeed(
            f"le flux n'est pas lisible par le public ({answer.status}) : ouvrez la lecture de la destination à tous, "
            "ou corrigez public_url."
        )
    if answer.status != 200:
        return ServedFeed(
            f"le flux répond {answer.status} au public : vérifiez que public_url mène bien à la racine de la "
            "destination."
        )
    advice = (
        ""
        if answer.is_open_to(ORIGIN)
        else "les lecteurs sur le web ne peuvent pas lire le flux (CORS) : chez l'hébergeur, autorisez GET et HEAD "
        "depuis toutes les origines (Access-Control-Allow-Origin: *)."
    )
    return ServedFeed("" if answer.body == content else _other(answer), advice)


def _other(answer: Answer) -> str:
    document = parse_feed(answer.body)
    if document is None or document.find("channel") is None:
        return (
            "l'adresse publique du flux donne autre chose qu'un flux, peut-être la page d'accueil d'un réseau ou d'un "
            "site : vérifiez la connexion et public_url."
        )
    age = re.search(r"max-age=(\d{1,6})", answer.headers.get("cache-control", ""))
    wait = f"attendez {_duration(int(age[1]))}" if age is not None else "attendez quelques minutes"
    return (
        "le public reçoit encore une autre copie du flux, sans doute l'ancienne, gardée par un cache de l'hébergeur : "
        f"{wait}, puis lancez « bobine verifier » ; si elle y est toujours, videz ce cache."
    )


def _duration(seconds: int) -> str:
    return f"{-(-seconds // 60)} min" if seconds < 7200 else f"{seconds // 3600} h"
