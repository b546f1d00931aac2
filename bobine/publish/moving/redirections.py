"""Permanent redirections from old addresses to new ones, as a table and as blocks for web servers. Pure.

Whatever could act in a server's file (spaces, quotes, ``$``, braces, line ends) stands percent-encoded in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_ACTING = re.compile(r"[\s\"'\\$`{}<>|^;#%]")
_AS_SENT = "/+!&'(),=:@~$;"
"""What clients send as it is in a path, and what nothing acts by in a quoted word of a Caddyfile."""

_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Redirection:
    """One address that moved: what it is (a French word), where it was, and where it is; empty where not known yet."""

    what: str
    old: str
    new: str = ""


class _Lines:
    def __init__(self) -> None:
        self.found: list[str] = []

    def write(self, text: str) -> None:
        self.found.append(text)


def table(redirections: Iterable[Redirection]) -> bytes:
    """The table as CSV with semicolons, which French spreadsheets open: what, old address, new address."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(["quoi", "ancienne adresse", "nouvelle adresse"])
    writer.writerows([cell(one.what), cell(one.old), cell(one.new)] for one in redirections)
    return "".join(lines.found).encode("utf-8-sig")


def files(redirections: Sequence[Redirection], folders: Sequence[Redirection] = ()) -> dict[str, bytes]:
    """The table and the blocks, by the names of their files; the table alone where no new address is known.

    Args:
        redirections: the addresses, one by one.
        folders: folders that moved whole, which the blocks then name in the place of each address.
    """
    found = {"adresses.csv": table(redirections)}
    if any(one.new for one in redirections):
        blocks = {"nginx.conf": nginx, "htaccess.txt": htaccess, "Caddyfile": caddy}
        found |= {name: write(folders or redirections).encode() for name, write in blocks.items()}
    return found


def nginx(redirections: Sequence[Redirection]) -> str:
    """A block for the ``server`` of nginx, which compares decoded paths."""
    lines = []
    for host, path, target in _single(redirections):
        lines.append((host, f'location = "{_in_quotes(path)}" {{ return 301 "{target}"; }}'))
    for host, path, target in _folders(redirections):
        lines.append((host, f'location ^~ "{path}" {{ rewrite "^{re.escape(path)}(.*)$" "{target}$1" permanent; }}'))
    return _block("À mettre dans le bloc « server { … } » de l'ancienne adresse.", lines)


def htaccess(redirections: Sequence[Redirection]) -> str:
    """A ``.htaccess`` for Apache (mod_alias), which compares decoded paths, at the root of the site."""
    lines = []
    for host, path, target in _single(redirections):
        lines.append((host, f'RedirectMatch 301 "^{_in_quotes(re.escape(path))}$" "{target}"'))
    for host, path, target in _folders(redirections):
        lines.append((host, f'RedirectMatch 301 "^{re.escape(path)}(.*)$" "{target}$1"'))
    return _block("À mettre dans le fichier .htaccess, à la racine de l'ancien site.", lines)


def caddy(redirections: Sequence[Redirection]) -> str:
    """Directives for the site of a Caddyfile, which compares paths as they are written where they hold ``%``."""
    lines = []
    for host, path, target in _single(redirections):
        lines.append((host, f'redir "{quote(path, safe=_AS_SENT)}" "{target}" 301'))
    for number, (host, path, target) in enumerate(_folders(redirections)):
        lines.append((host, f'@dossier{number} path_regexp dossier{number} "^{re.escape(path)}(.*)$"'))
        lines.append((host, f'redir @dossier{number} "{target}{{re.dossier{number}.1}}" 301'))
    return _block("À mettre dans le bloc du site, dans le Caddyfile de l'ancienne adresse.", lines)


def _single(redirections: Sequence[Redirection]) -> list[tuple[str, str, str]]:
    """Host, decoded path and new address of each single address, each once; one with a query is in the table alone."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for one in redirections:
        parts = urlsplit(one.old)
        path = unquote(parts.path) or "/"
        if one.what != FOLDER and one.new and one.old != one.new and not parts.query and path.isprintable():
            host = parts.hostname or ""
            found.setdefault((host, path), (host, path, safe(one.new)))
    return list(found.values())


def _folders(redirections: Sequence[Redirection]) -> list[tuple[str, str, str]]:
    """Host, path and new address of folders that moved whole; paths and addresses end with ``/``."""
    moved = [one for one in redirections if one.what == FOLDER and one.new and one.old != one.new]
    return [(urlsplit(one.old).hostname or "", safe(urlsplit(one.old).path), safe(one.new)) for one in moved]


FOLDER = "dossier"
"""The word of a redirection for all that is below an address."""


def safe(address: str) -> str:
    """An address in which nothing can act in a server's file."""
    return _ENCODED.sub(lambda found: found[0].upper(), _quoted(address))


def _quoted(text: str) -> str:
    pieces, end = [], 0
    for found in _ENCODED.finditer(text):
        pieces += [_ACTING.sub(lambda one: quote(one[0], safe=""), text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, _ACTING.sub(lambda one: quote(one[0], safe=""), text[end:])])


def _in_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line


def _block(about: str, lines: Sequence[tuple[str, str]]) -> str:
    """The lines, those of each host together."""
    hosts = dict.fromkeys(host for host, _ in lines)
    told = [f"# {about}"]
    for host in hosts:
        told += [*((f"# {safe(host)}",) if len(hosts) > 1 else ()), *(line for of, line in lines if of == host)]
    return "\n".join(told) + "\n"
