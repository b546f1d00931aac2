"""Permanent redirections from old addresses to new ones, as a table and as blocks for web servers. Pure.

Whatever could act in a server's file (spaces, quotes, ``$``, braces, line ends) stands percent-encoded in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_ACTING = re.compile(r"[\s\"'\\$`{}<>|^;#%]")
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
    writer.writerows([_cell(one.what), _cell(one.old), _cell(one.new)] for one in redirections)
    return "".join(lines.found).encode("utf-8-sig")


def nginx(redirections: Sequence[Redirection]) -> str:
    """A block for the ``server`` of nginx."""
    lines = [f'location = "{path}" {{ return 301 "{target}"; }}' for path, target, _ in _served(redirections)]
    lines += [
        f'location ^~ "{path}" {{ rewrite "^{re.escape(path)}(.*)$" "{target}$1" permanent; }}'
        for path, target in _trees(redirections)
    ]
    return _block("À mettre dans le bloc « server { … } » de l'ancienne adresse.", lines)


def htaccess(redirections: Sequence[Redirection]) -> str:
    """A ``.htaccess`` for Apache (mod_alias), at the root of the site."""
    lines = [f'RedirectMatch 301 "^{re.escape(path)}$" "{target}"' for path, target, _ in _served(redirections)]
    lines += [f'RedirectMatch 301 "^{re.escape(path)}(.*)$" "{target}$1"' for path, target in _trees(redirections)]
    return _block("À mettre dans le fichier .htaccess, à la racine de l'ancien site.", lines)


def caddy(redirections: Sequence[Redirection]) -> str:
    """Directives for the site of a Caddyfile."""
    lines = [f'redir "{path}" "{target}" 301' for path, target, _ in _served(redirections)]
    for number, (path, target) in enumerate(_trees(redirections)):
        lines += [
            f'@tree{number} path_regexp tree{number} "^{re.escape(path)}(.*)$"',
            f'redir @tree{number} "{target}{{re.tree{number}.1}}" 301',
        ]
    return _block("À mettre dans le bloc du site, dans le Caddyfile de l'ancienne adresse.", lines)


def _served(redirections: Sequence[Redirection]) -> list[tuple[str, str, str]]:
    """Path, new address and host of each single address, each path once."""
    found: dict[str, tuple[str, str, str]] = {}
    for one in redirections:
        if one.new and one.old != one.new and not _is_tree(one):
            path = _path(one.old)
            found.setdefault(path, (path, safe(one.new), urlsplit(one.old).hostname or ""))
    return list(found.values())


def _trees(redirections: Sequence[Redirection]) -> list[tuple[str, str]]:
    """Folders that moved whole: old path and new address, both with ``/`` at the end."""
    return [(_path(one.old), safe(one.new)) for one in redirections if _is_tree(one) and one.new and one.old != one.new]


def _is_tree(one: Redirection) -> bool:
    return one.old.endswith("/") and one.new.endswith("/") and one.what == FOLDER


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


def _path(address: str) -> str:
    return safe(urlsplit(address).path or "/")


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line


def _block(about: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {about}", *lines]) + "\n"
