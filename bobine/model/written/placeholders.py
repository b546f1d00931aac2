"""Placeholders that people leave where something is still to be filled in: one list, for plans and for settings."""

from __future__ import annotations

import re
import unicodedata

_TO_WRITE = "completer|definir|determiner|ecrire|indiquer|modifier|preciser|rediger|remplacer|remplir|renseigner|saisir"
_TO_FIND = "attribuer|caler|chercher|choisir|confirmer|contacter|decider|fixer|inviter|nommer|prevoir|trouver"
_HEAD = rf"(?:reste )?a (?:re)?(?:{_TO_WRITE})"
_TO_DO = rf"(?:reste )?a (?:re)?(?:{_TO_WRITE}|{_TO_FIND})"

_WHOLE = (
    _TO_DO,
    r"(?:nom|prenom|titre|auteur|autrice|compositeur|compositrice|interprete|invitee?|texte|sujet)(?: ici)?",
    r"(?:le|la|un|une|votre|mon|ma) (?:nom|titre|texte|adresse|radio|emission|description)(?: ici)?",
    r"nom (?:et )?prenom|prenom (?:et )?nom|sans titre|sans nom|camille exemple",
    r"quelqu'une?|je ne sais pas|on verra|n\.? ?n\.?|x{3,}|[?.… _*-]+|todo|tb[acd]|fixme|placeholder|bidon",
    r"qui l'a composee|qui la joue|lorem ipsum.*",
)
"""Words that are placeholders when they stand alone, without accents and capitals."""

_PATTERNS = (
    # a head, or what stands apart: « À écrire : … », « Live 1 : à définir », « Portrait (à confirmer) »
    re.compile(rf"^(?P<found>{_HEAD})(?= ?[:.,;!?…(]| [-–—] )"),
    re.compile(rf"[:(\[<{{«–—/,] ?(?P<found>{_TO_DO}) ?(?=[.!?…]*$|[)\]>}}»,])"),
    re.compile(rf" [-–—] (?P<found>{_TO_DO})[.!?…]*$"),
    re.compile(r"[(\[<{] ?(?P<found>[?x_.…]+) ?[)\]>}]"),
    re.compile(r"(?P<found>\?{2,}|_{3,}|\blorem ipsum\b)"),
)
_ALONE = re.compile("|".join(f"(?:{form})" for form in _WHOLE))
_CAPITALS = re.compile(r"(?<!\w)(?P<found>X{3,}|TODO|FIXME|TB[ACD])(?!\w)")
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:[\w-]+\.)*(?:[\w-]+\.(?:example|invalid|test)|(?:example|exemple)\.(?:com|fr|net|org|eu))(?![\w-]|\.\w)"
)


def placeholder(text: str) -> str:
    """The part of a text that was left to be filled in, as it stands there: « À écrire », « XXX », ``radio.example``.

    A whole text such as « ? » or « Nom Prénom »; words such as « à définir » where they stand apart (at the head, in
    parentheses, behind a colon or a dash), so that « Une lettre à écrire » is not one; addresses of the domains kept
    for examples. Accents and capitals do not matter, but « XXX » and « TODO » within a text are capitals.

    Returns:
        The part, or an empty text where there is none.
    """
    plain, places = _plain_letters(text)
    stripped = plain.strip(" .!:[](){}<>«»\"'")
    if plain.strip() and (not stripped or _ALONE.fullmatch(stripped)):
        return text.strip()
    for pattern in _PATTERNS:
        found = pattern.search(plain)
        if found is not None:
            return text[places[found.start("found")] : places[found.end("found")]].strip()
    for pattern in (_CAPITALS, _ADDRESS):
        found = pattern.search(text)
        if found is not None:
            return found[0]
    return ""


def _plain_letters(text: str) -> tuple[str, list[int]]:
    """The text in small letters without accents, its spaces made plain and single, and where each letter stood."""
    plain: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() and (not plain or plain[-1] == " "):
            continue
        letter = " " if char.isspace() else "'" if char in "’ʼ" else char.casefold()
        for part in unicodedata.normalize("NFKD", letter):
            if not unicodedata.combining(part):
                plain.append(part)
                places.append(place)
    return "".join(plain), [*places, len(text)]
