"""Rules for a single text or number: each function returns its fault in French, or None.

They are pure, and know nothing of the keys that they serve.
"""

from __future__ import annotations

import re
import uuid
import zoneinfo
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from bobine.french import decimal, is_one_safe_line, printable
from bobine.model.carts import parse_output
from bobine.model.recording import InputKind, parse_input
from bobine.model.written.durations import format_duration
from bobine.model.written.sound_names import INPUT_FORMS, OUTPUT_FORMS, is_workspace_path

LONGEST_LINE = 255
"""Characters of a one-line text: PSP-1 caps every value of a feed but descriptions at 255."""

LONGEST_DESCRIPTION = 4000
"""Bytes of a description: PSP-1."""


def one_line(text: str) -> str | None:
    """A text of one line, of at most 255 characters, without edge spaces (PSP-1) or invisible commands."""
    if not text.strip():
        return "ce texte est vide : écrivez-le"
    if len(text) > LONGEST_LINE:
        return f"ce texte a {len(text)} caractères : {LONGEST_LINE} au plus"
    if "\n" in text or "\r" in text:
        return "ce texte doit tenir sur une ligne : enlevez le retour à la ligne"
    if not is_one_safe_line(text):
        return "ce texte contient un caractère invisible de commande ou de sens d'écriture : retapez-le"
    if text != text.strip():
        return "ce texte commence ou finit par une espace : enlevez-la"
    return None


def several_lines(text: str) -> str | None:
    """A text of any number of lines, of at most 4000 bytes, without invisible commands."""
    if not text.strip():
        return "ce texte est vide : écrivez-le ou enlevez cette clé"
    length = len(text.encode())
    if length > LONGEST_DESCRIPTION:
        return f"ce texte fait {length} octets : {LONGEST_DESCRIPTION} au plus (une lettre accentuée en compte deux)"
    if not is_one_safe_line(text.replace("\r\n", "\n").replace("\n", "").replace("\t", "")):
        return "ce texte contient un caractère invisible de commande ou de sens d'écriture : retapez-le"
    return None


def slug(text: str) -> str | None:
    """A short name that is safe in a path, an address and a command."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", text):
        return (
            f"« {printable(text[:40])} » ne convient pas : seulement des minuscules sans accent, des chiffres et des "
            "tirets (64 au plus, sans tiret au début), comme « politique-locale »"
        )
    return None


def web_address(text: str) -> str | None:
    """An absolute ``http`` or ``https`` address, ASCII, without a password in it."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or not re.fullmatch(r"[!-~]+", text):
        return "une adresse complète était attendue, comme https://exemple.org/"
    if parts.username is not None or parts.password is not None:
        return "une adresse ne contient ni nom d'utilisateur ni mot de passe : enlevez ce qui précède @"
    return None


def sound_input(text: str) -> str | None:
    """A sound input, in one of the accepted forms: a device by its kind and name, a stream, a file of the workspace."""
    message = one_line(text)
    if message:
        return message
    if text.startswith(("http:", "https:")):
        message = web_address(text)
        if message:
            return message
    try:
        found = parse_input(text)
    except ValueError:
        return f"« {printable(text[:40])} » n'est pas une entrée son : écrivez {INPUT_FORMS}"
    if found.kind is InputKind.FILE and not is_workspace_path(found.name):
        return (
            f"« {printable(found.name[:40])} » n'est pas dans l'atelier : copiez-y ce son et écrivez son chemin depuis "
            "shows.toml, sans / au début et sans .."
        )
    return None


def sound_output(text: str) -> str | None:
    """A sound output, in one of the accepted forms: a device by its kind and name."""
    message = one_line(text)
    if message:
        return message
    try:
        parse_output(text)
    except ValueError:
        return f"« {printable(text[:40])} » n'est pas une sortie son : écrivez {OUTPUT_FORMS}"
    return None


def folder_address(text: str) -> str | None:
    """A web address that names a folder: it ends with ``/`` and has no query."""
    message = web_address(text)
    if message is None and (not text.endswith("/") or "?" in text or "#" in text):
        return "cette adresse doit finir par /, sans ? ni #"
    return message


def key_prefix(text: str) -> str | None:
    """Check the prefix of a bucket's keys: a relative folder that ends with ``/``."""
    if not re.fullmatch(r"(?:[A-Za-z0-9_~.-]+/)+", text) or any(part in (".", "..") for part in text.split("/")):
        return "un dossier relatif était attendu, comme « podcast/ » : sans / au début, sans .., et fini par /"
    return None


def bucket(text: str) -> str | None:
    """The name of a bucket, as S3 stores accept them."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", text) or ".." in text:
        return "un nom de bucket a 3 à 63 minuscules, chiffres, points ou tirets, comme « mon-podcast »"
    return None


def file_name(text: str) -> str | None:
    """A file's own name, without any folder."""
    if one_line(text) or text in (".", "..") or "/" in text or "\\" in text:
        return "un nom de fichier sans dossier était attendu"
    return None


def email(text: str) -> str | None:
    """An address of electronic mail."""
    if len(text) > LONGEST_LINE or not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+", text):
        return "une adresse de courriel était attendue, comme contact@exemple.org"
    return one_line(text)


def language(text: str) -> str | None:
    """A BCP 47 language code."""
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        return "un code de langue était attendu, comme « fr » ou « fr-FR »"
    return None


def guid(text: str) -> str | None:
    """A podcast's identity: a UUID in its usual form."""
    try:
        canonical = str(uuid.UUID(text))
    except ValueError:
        canonical = ""
    if text != canonical:
        return "un UUID en minuscules était attendu ; laissez cette clé vide, la première publication l'écrit"
    return None


def time_zone(text: str) -> str | None:
    """An IANA time zone that this machine knows."""
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return f"« {printable(text[:40])} » n'est pas un fuseau horaire connu : écrivez par exemple Europe/Paris"
    return None


def plain_copyright(text: str) -> str | None:
    """The name of a rights holder alone (PSP-1): without ©, without a year."""
    if re.search(r"©|\([cC]\)|(?<!\d)(?:19|20)\d\d(?!\d)", text):
        return "seulement le nom de qui détient les droits, sans © ni année"
    return one_line(text)


def isrc(text: str) -> str | None:
    """An International Standard Recording Code, with or without its hyphens."""
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}\d{7}", text.replace("-", "")):
        return "un code ISRC était attendu, comme FR-Z03-97-00212"
    return None


def ean(text: str) -> str | None:
    """A bar code of 8, 12 or 13 digits, with or without spaces, whose check digit is right (GS1)."""
    digits = text.replace(" ", "").replace("-", "")
    if re.fullmatch(r"\d{8}|\d{12,13}", digits, re.ASCII):
        weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
        if weighted % 10 == 0:
            return None
        return "ce code-barres a un chiffre faux : vérifiez-le sur le disque"
    return "les 8, 12 ou 13 chiffres d'un code-barres étaient attendus, comme 5099902894225"


def names(texts: Sequence[str]) -> str | None:
    """Names that a list between commas can hold, each once."""
    for text in texts:
        if re.search("[,;]", text):
            return 'un nom n\'a pas de virgule : écrivez-en un par texte, comme ["MJC", "Médiathèque"]'
    return "le même nom y est deux fois" if len(set(texts)) < len(texts) else None


def positive(duration: timedelta) -> str | None:
    """A duration above zero."""
    if duration <= timedelta():
        return f"« {format_duration(duration)} » ne dure rien : une durée au-dessus de zéro était attendue"
    return None


def between(low: float, high: float, unit: str = "") -> Callable[[float], str | None]:
    """A number in a range, both ends included."""

    def check(number: float) -> str | None:
        if low <= number <= high:
            return None
        return f"{_number(number)} est hors limites : de {_number(low)} à {_number(high)} {unit}".rstrip()

    return check


def at_least(low: int) -> Callable[[int], str | None]:
    """A whole number that is not under a bound."""
    return lambda number: None if number >= low else f"{_number(number)} est trop petit : {low} au moins"


def one_of(numbers: Collection[int], unit: str) -> Callable[[int], str | None]:
    """One of a few numbers."""
    listed = ", ".join(map(str, numbers))
    return lambda number: None if number in numbers else f"{_number(number)} n'est pas possible : {listed} {unit}"


def _number(number: float) -> str:
    if not float(number).is_integer():
        return decimal(number, 2).rstrip("0")
    return decimal(number, 0)
