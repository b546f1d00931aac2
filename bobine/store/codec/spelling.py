"""Messages on words that are not accepted, with the word that was probably meant. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from bobine.french import enumerate_words, printable, sort_key

_FRENCH_KEYS = {
    "accord": "consent",
    "auteur": "author",
    "chapitre": "chapter",
    "consentement": "consent",
    "chronometre": "stopwatch",
    "confirme": "confirmed",
    "coupable": "droppable",
    "debut": "start",
    "droits": "podcast",
    "duree": "duration",
    "element": "items",
    "elements": "items",
    "episode": "instalment",
    "fichier": "file",
    "fin": "end",
    "genre": "kind",
    "heure": "fixed_start",
    "in": "in_cue",
    "intervenants": "people",
    "invites": "people",
    "jour": "day",
    "langue": "language",
    "micros": "mics",
    "mineur": "minor",
    "nom": "name",
    "numero": "number",
    "objectifs": "objectives",
    "oeuvres": "works",
    "out": "out_cue",
    "personnes": "people",
    "politique": "political",
    "resume": "summary",
    "saison": "season",
    "son": "sound",
    "tapis": "bed",
    "titre": "title",
}
"""Keys that people may write in French, without accents."""

_SECRETS = ("secret", "access_key", "password", "token", "credential", "mot_de_passe")


def unknown_key(key: str, accepted: Collection[str]) -> str:
    """Say that a key is unknown, with the one that was probably meant or the ones that are accepted."""
    if any(word in key.casefold() for word in _SECRETS):
        return (
            "un mot de passe ou une clé d'accès ne s'écrit jamais ici : enlevez cette ligne et passez par "
            "l'environnement (AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY) ou par un profil AWS"
        )
    meant = _FRENCH_KEYS.get(sort_key(key))
    near = meant if meant in accepted else closest(key, accepted)
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
