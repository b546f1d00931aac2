"""Messages on words that are not accepted, with the word that was probably meant. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from bobine.french import enumerate_words, printable, sort_key
from bobine.model.fields.tables import FIELDS

_OTHER_KEYS = {
    "debut": "start",
    "element": "items",
    "fin": "end",
    "jour": "day",
    "langue": "language",
    "son": "sound",
}
"""French words, without accents, for keys that have no declared field or that a heading of the same word would hide."""


def _french_keys() -> dict[str, list[str]]:
    """The keys that each French word may stand for: the labels, the headings and the other words of all fields."""
    found: dict[str, list[str]] = {word: [key] for word, key in _OTHER_KEYS.items()}
    for field in (field for fields in FIELDS.values() for field in fields.values()):
        headings = [field.cell.heading] if field.cell is not None else []
        for word in (field.label, *headings, *field.keys):
            found.setdefault(sort_key(word), []).append(field.name)
    return found


_FRENCH_KEYS = _french_keys()

_SECRETS = ("secret", "access_key", "password", "token", "credential", "mot_de_passe")


def unknown_key(key: str, accepted: Collection[str]) -> str:
    """Say that a key is unknown, with the one that was probably meant or the ones that are accepted."""
    if any(word in key.casefold() for word in _SECRETS):
        return (
            "un mot de passe ou une clé d'accès ne s'écrit jamais ici : enlevez cette ligne et passez par "
            "l'environnement (la variable que nomme password_variable ; pour un bucket, AWS_ACCESS_KEY_ID et "
            "AWS_SECRET_ACCESS_KEY), par un fichier de clé ou par un profil AWS"
        )
    meant = (name for name in _FRENCH_KEYS.get(sort_key(key), ()) if name in accepted)
    near = next(meant, None) or closest(key, accepted)
    if near:
        return f"clé inconnue ici : vouliez-vous « {near} » ?"
    return f"clé inconnue ici : les clés acceptées sont {enumerate_words(sorted(accepted))}"


def unknown_value(value: str | None, accepted: Collection[str]) -> str:
    """Say that a word is none of the accepted ones; ``value`` is None for something other than a text."""
    listed = enumerate_words([f'"{word}"' for word in accepted], "ou")
    if value is None:
        return f"un mot entre guillemets était attendu : {listed}"
    near = closest(value, accepted)
    hint = f"vouliez-vous « {near} » ? Acceptés" if near else "acceptés"
    return f"« {printable(value[:60])} » n'est pas accepté ; {hint} : {listed}"


def closest(word: str, words: Iterable[str]) -> str | None:
    """The nearest of some words, accents and case aside; None where none is near."""
    by_key = {sort_key(candidate): candidate for candidate in words}
    found = difflib.get_close_matches(sort_key(word[:100]), by_key, n=1, cutoff=0.6)
    return by_key[found[0]] if found else None
