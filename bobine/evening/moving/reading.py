"""The feed that is to be taken over: from its address, or from a file that somebody kept, with all its pages."""

from __future__ import annotations

from pathlib import Path

from bobine.errors import PublishError
from bobine.french import printable
from bobine.publish.check.asking import Listener, UnreachableError, is_at_home
from bobine.publish.check.reading import MAX_BYTES
from bobine.publish.check.rules.tree import Node
from bobine.publish.moving.fetching import FILE_LIMIT_S
from bobine.publish.moving.reading.feeds import next_page, page_of, read_pages
from bobine.publish.moving.reading.source import SourceFeed
from bobine.store.opening import UnusableFileError, read_bounded

MOST_PAGES = 500
"""Most pages of a feed that are followed."""

_MOST_REDIRECTIONS = 12
"""Sounds are often behind a row of services that count."""


def listener_for(source: str, *, at_home: bool) -> Listener:
    """The client that asks for a feed's files: on the local network only if the feed is there, or if allowed.

    Args:
        source: address of the feed, or a file.
        at_home: whether the local network is allowed.
    """
    inside = at_home or (_is_address(source) and is_at_home(source))
    return Listener(at_home=inside, limit_s=FILE_LIMIT_S, most_redirections=_MOST_REDIRECTIONS)


def read_source(source: str, *, at_home: bool) -> SourceFeed:
    """The podcast of a feed.

    Args:
        source: its address (http or https), or a file.
        at_home: whether addresses of the local network may be asked though the feed is not there.

    Raises:
        PublishError: if it cannot be read, or is no RSS feed.
    """
    inside = at_home or (_is_address(source) and is_at_home(source))
    listener = Listener(at_home=inside, most_redirections=_MOST_REDIRECTIONS)
    at = source if _is_address(source) else ""
    pages = [_asked(listener, source) if at else ("", page_of(_file(source), source))]
    seen = {at, pages[0][0]}
    while following := next_page(pages[-1][1], pages[-1][0]):
        if following in seen or len(pages) >= MOST_PAGES:
            break
        seen.add(following)
        pages.append(_asked(listener, following))
    return read_pages(pages)


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _asked(listener: Listener, address: str) -> tuple[str, Node]:
    try:
        answer = listener.ask(address, most_bytes=MAX_BYTES)
    except UnreachableError as fault:
        raise PublishError(f"Le flux « {printable(address)} » ne peut pas être lu : {fault}.") from fault
    if answer.status != 200:
        raise PublishError(
            f"Le flux « {printable(address)} » répond {answer.status} : vérifiez son adresse, puis recommencez."
        )
    if not answer.is_whole:
        raise PublishError(f"Le flux « {printable(address)} » est bien trop gros : demandez à l'hébergeur ses pages.")
    return answer.address, page_of(answer.body, address)


def _file(source: str) -> bytes:
    shown = printable(source)
    if "://" in source:
        raise PublishError(f"« {shown} » n'est ni une adresse http ou https, ni un fichier : corrigez-la.")
    try:
        return read_bounded(Path(source), MAX_BYTES, named=True)
    except FileNotFoundError as error:
        raise PublishError(f"« {shown} » n'existe pas : donnez un fichier, ou une adresse en https://.") from error
    except (UnusableFileError, OSError) as error:
        reason = error.reason if isinstance(error, UnusableFileError) else type(error).__name__
        raise PublishError(f"« {shown} » ne peut pas être lu ({reason}) : donnez un autre fichier.") from error
