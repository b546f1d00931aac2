"""``bobine verifier --flux``: what is wrong with a feed, ours or anybody's, rule by rule."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import PublishError
from bobine.french import enumerate_words
from bobine.model.destination import FolderDestination
from bobine.publish.check.public import check_address, check_bytes
from bobine.publish.check.reading import MAX_BYTES
from bobine.publish.check.rules.finding import Finding, Severity
from bobine.publish.destinations.opening import open_store
from bobine.publish.layout import feed_key, public_address
from bobine.store.opening import UnusableFileError, open_named

_WORDS = {
    Severity.ERROR: ("✗", "erreur", "bold red"),
    Severity.WARNING: ("⚠", "à voir", "yellow"),
    Severity.ADVICE: ("·", "conseil", ""),
}


@dataclass(frozen=True, slots=True)
class _Checked:
    """One feed that was checked: how it is called, and what was found in it."""

    name: str
    findings: tuple[Finding, ...]


def check_feeds(options: argparse.Namespace, console: Console) -> int:
    """Check the feed that ``--flux`` names, or each show's where it names none; 1 if any has an error.

    Raises:
        PublishError: if there is no such file, or no feed yet.
    """
    checked = [_named(options.flux)] if options.flux else list(_ours(options))
    if not checked:
        raise PublishError(
            "Aucune émission n'a encore de flux : publiez un épisode d'abord, ou donnez l'adresse d'un flux."
        )
    for feed in checked:
        _tell(feed, console)
    findings = [asdict(finding) for finding in _placed(checked)]
    ok = not any(finding.severity is Severity.ERROR for feed in checked for finding in feed.findings)
    console.result({"ok": ok, "findings": findings})
    return 0 if ok else 1


def _placed(checked: list[_Checked]) -> Iterator[Finding]:
    """All findings; where several feeds were checked, each place says of which."""
    for feed in checked:
        for finding in feed.findings:
            where = finding.where if len(checked) == 1 else ", ".join(filter(None, (feed.name, finding.where)))
            yield Finding(finding.rule, finding.severity, where, finding.text)


def _named(source: str) -> _Checked:
    if source.lower().startswith(("http://", "https://")):
        return _Checked(source, check_address(source, now()))
    if "://" in source:
        raise PublishError(f"« {source} » n'est ni une adresse http ou https, ni un fichier : corrigez-la.")
    try:
        with open_named(Path(source)) as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise PublishError(f"« {source} » n'existe pas : donnez un fichier, ou une adresse en https://.") from error
    except (UnusableFileError, OSError) as error:
        reason = error.reason if isinstance(error, UnusableFileError) else type(error).__name__
        raise PublishError(f"« {source} » ne peut pas être lu ({reason}) : donnez un autre fichier.") from error
    return _Checked(source, check_bytes(content, now()))


def _ours(options: argparse.Namespace) -> Iterator[_Checked]:
    """The feed of each show at each destination: a folder's as it lies there, another's as the public gets it."""
    workspace = open_root(options)
    chosen = [workspace.destination(options.vers)] if options.vers is not None else workspace.destinations
    for show in workspace.shows:
        key = feed_key(show.slug)
        for destination in chosen:
            address = public_address(destination.public_url, key)
            if not isinstance(destination, FolderDestination):
                yield _Checked(address, check_address(address, now()))
                continue
            store = open_store(destination, workspace.root)
            found = store.fetch(key)
            if found is not None:
                yield _Checked(store.location(key), check_bytes(found.content, now(), address))


def _tell(feed: _Checked, console: Console) -> None:
    if not feed.findings:
        console.say(f"✓ {feed.name} : rien à redire.")
        return
    count = Counter(finding.severity for finding in feed.findings)
    said = [_counted(count[severity], _WORDS[severity][1]) for severity in Severity if count[severity]]
    console.say(f"{feed.name} : {enumerate_words(said)}.", "bold")
    for severity in Severity:
        sign, word, style = _WORDS[severity]
        for finding in feed.findings:
            if finding.severity is severity:
                place = f" ({finding.where})" if finding.where and finding.where != feed.name else ""
                console.say(f"{sign} {word} : {finding.text}{place} [{finding.rule}]", style)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 and word != 'à voir' else ''}"
