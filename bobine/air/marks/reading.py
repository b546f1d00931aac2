"""Marks: where things begin and end in a recording, read from any of the accepted formats and checked against it."""

from __future__ import annotations

import codecs
from collections.abc import Collection

from bobine.air.marks.fitting import FittedMarks, fit
from bobine.air.marks.formats.detect import parser_for
from bobine.air.marks.formats.written import Faults, Parser
from bobine.errors import MarksError, unforeseen_as
from bobine.french import printable

LARGEST_FILE = 4_000_000
"""Bytes of a file of marks, at most; the longest show has some kilobytes of them."""

MOST_MARKS = 1000
"""Marks in a file, at most."""

ACCEPTED_FORMATS = (
    "le JSON de Bobine ou des chapitres de podcast, les étiquettes d'Audacity (exportées en texte), une feuille CUE, "
    "des marqueurs de Reaper ou d'Audition, des chapitres de mp4chaps, des sous-titres, ou des lignes « 12:34 Titre »"
)
"""The accepted formats, as they are named to a user whose file is none of them."""


def read_marks(
    content: str | bytes,
    file_name: str,
    recording_rate: int,
    recording_samples: int,
    item_titles: Collection[str] = (),
) -> FittedMarks:
    """Read marks, whose format is told by what they look like, and fit them to a recording.

    Args:
        content: the file of marks; bytes are UTF-8 (or UTF-16 with its mark), and cp1252 where they cannot be.
        file_name: how messages name it.
        recording_rate: sampling rate of the recording, Hz.
        recording_samples: its length, samples per channel.
        item_titles: titles of the rundown's items.

    Returns:
        At least one mark, in time order, without overlap, all within the recording; and what is to be said of them.

    Raises:
        MarksError: if they cannot be read or do not fit; lists every fault.
    """
    name = printable(file_name)
    if len(content) > LARGEST_FILE:
        raise MarksError(
            f"« {name} » est trop gros pour un fichier de repères ({LARGEST_FILE // 1_000_000} Mo au plus)."
        )
    text = content if isinstance(content, str) else _decode(content)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise MarksError(f"« {name} » est vide : il ne contient aucun repère.")
    parse = parser_for(text)
    if parse is None:
        raise MarksError(f"« {name} » n'est pas un fichier de repères que l'on sait lire : donnez {ACCEPTED_FORMATS}.")
    faults = Faults(file_name)
    with unforeseen_as(lambda: MarksError(f"« {name} » contient quelque chose d'impossible à lire : exportez-le.")):
        return _fitted(parse, text, name, (recording_rate, recording_samples), faults, item_titles)


def _fitted(
    parse: Parser, text: str, name: str, recording: tuple[int, int], faults: Faults, item_titles: Collection[str]
) -> FittedMarks:
    written = parse(text, recording[0], faults)
    faults.raise_if_any()
    if not written:
        raise MarksError(f"« {name} » ne contient aucun repère.")
    if len(written) > MOST_MARKS:
        raise MarksError(f"« {name} » contient {len(written)} repères : {MOST_MARKS} au plus sont acceptés.")
    return fit(written, *recording, faults, item_titles)


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
