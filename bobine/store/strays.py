"""Traces that other programs leave in and beside a workspace's files: synchronisers' conflict copies, merge marks.

Pure: names and texts come in. They are named as what they are, never read in another file's place, never removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MERGE_SENTENCE = (
    "une fusion (git) n'est pas finie ici : gardez une des deux versions entre <<<<<<< et >>>>>>>, et effacez ces "
    "lignes de marques"
)
"""The sentence for a text that holds the marks of an unfinished merge."""

_DATE = r"\d{4}[-_.]?\d{2}[-_.]?\d{2}"
_FORMS = (
    ("Syncthing", re.compile(rf"\.sync-conflict-{_DATE}-\d{{6}}(?:-\w+)?", re.IGNORECASE)),
    ("Nextcloud", re.compile(rf"[ _]\((?:[^()]*[ _])?conflicted copy[ _]{_DATE}[ _\-]?\d+\)", re.IGNORECASE)),
    ("Nextcloud", re.compile(rf"_conflict-{_DATE}[-_]\d{{6}}", re.IGNORECASE)),
    ("Dropbox", re.compile(r"\([^()]*(?:conflicted copy|copie en conflit|en conflit)[^()]*\)", re.IGNORECASE)),
    ("Unison", re.compile(r"\(conflict on \d{4}[^()]*\)", re.IGNORECASE)),
    ("Google Drive", re.compile(r"\[Conflict(?:ed)?[^\]]*\]", re.IGNORECASE)),
    ("un synchroniseur", re.compile(r"(?:conflicted[ _-]copy|copie[ _-]en[ _-]conflit|sync-conflict)", re.IGNORECASE)),
)
_BEGIN = re.compile(r"^<<<<<<< ", re.MULTILINE)
_MIDDLE = re.compile(r"^=======\r?$", re.MULTILINE)
_END = re.compile(r"^>>>>>>> ", re.MULTILINE)


def conflict_copy(name: str) -> tuple[str, str] | None:
    """Recognise a conflict copy by its name.

    Returns:
        The name of the file that it was a copy of, and what made it as it is named in a sentence; None for any other
        file.
    """
    for maker, form in _FORMS:
        found = form.search(name)
        if found:
            start = name[: found.start()].rstrip(" _-")
            return (start + name[found.end() :] or name), maker
    return None


def machine_copy(name: str, known: Iterable[str]) -> str | None:
    """The file that OneDrive copied as ``episode-MACHINE.toml`` beside ``episode.toml``; None for any other name.

    Args:
        name: the file's.
        known: names that files of the workspace have.
    """
    stem, _, suffix = name.rpartition(".")
    for own in known:
        base, _, kind = own.rpartition(".")
        tail = stem.removeprefix(f"{base}-")
        if suffix == kind and tail != stem and _MACHINE.fullmatch(tail):
            return own
    return None


_MACHINE = re.compile(r"(?=[A-Za-z0-9-]*[A-Z])[A-Za-z0-9][A-Za-z0-9-]{2,30}(?:-\d+)?", re.ASCII)


def conflict_sentence(name: str, original: str, maker: str) -> str:
    """Describe a conflict copy in one French sentence."""
    return (
        f"« {name} » est une copie en conflit de « {original} », laissée par {maker} : deux personnes l'ont modifié "
        "en même temps. Reportez dans l'original ce qui manque, puis effacez la copie."
    )


def merge_marker_line(text: str) -> int:
    """The line, from 1, where an unfinished merge begins in a text; 0 where there is none."""
    begun, ended = _BEGIN.search(text), _END.search(text)
    if begun is None or ended is None or not _MIDDLE.search(text, begun.end(), ended.start()):
        return 0
    return text.count("\n", 0, begun.start()) + 1
