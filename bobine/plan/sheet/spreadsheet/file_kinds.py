"""Recognise a file given as a spreadsheet by its first bytes, and decode its text whatever the encoding. Pure."""

from __future__ import annotations

from collections.abc import Callable

WORKBOOK = "un classeur Excel"
"""The result of ``file_kind`` for the one kind of workbook that is read."""

_AS_CSV = "dans le tableur, enregistrez la feuille comme « CSV UTF-8 » ou comme classeur .xlsx"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "ce fichier est un PDF, qui ne se relit pas : donnez le fichier du tableur lui-même"),
    (b"\xd0\xcf\x11\xe0", f"ce fichier est un ancien classeur .xls, ou a un mot de passe : ôtez-le, et {_AS_CSV}"),
    (b"{\\rtf", f"ce fichier est un texte mis en forme (.rtf) : {_AS_CSV}"),
    (b"\x89PNG", "ce fichier est une image : donnez le fichier du tableur lui-même"),
    (b"\xff\xd8\xff", "ce fichier est une image : donnez le fichier du tableur lui-même"),
    (b"\x1f\x8b", "ce fichier est compressé (.gz) : ouvrez-le d'abord, puis donnez ce qu'il contient"),
    (b"7z\xbc\xaf", "ce fichier est compressé (.7z) : ouvrez-le d'abord, puis donnez ce qu'il contient"),
    (b"Rar!", "ce fichier est compressé (.rar) : ouvrez-le d'abord, puis donnez ce qu'il contient"),
)  # fmt: skip

_IN_ZIP: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"opendocument.spreadsheet",), f"ce fichier est un classeur LibreOffice (.ods) : {_AS_CSV}"),
    ((b"opendocument.text",), f"ce fichier est un document LibreOffice (.odt), pas un tableur : {_AS_CSV}"),
    ((b"xl/workbook.bin",), f"ce fichier est un classeur Excel binaire (.xlsb) : {_AS_CSV}"),
    ((b"xl/workbook.xml", b"xl/worksheets/"), WORKBOOK),
    ((b"word/document.xml",), f"ce fichier est un document Word (.docx), pas un tableur : {_AS_CSV}"),
    ((b"Index/Document.iwa", b"Index.zip", b"Index/Tables"),
     "ce fichier est un classeur Numbers (.numbers) : dans Numbers, choisissez Fichier, Exporter vers, CSV"),
)  # fmt: skip

_ENCODINGS = ("cp1252", "mac_roman", "cp850")
"""Encodings of CSV files that are not in UTF-8: « CSV », « CSV (Macintosh) », « CSV (MS-DOS) »."""

_CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\v\f")


def file_kind(content: bytes) -> str:
    """The kind of a file: empty for text, ``WORKBOOK``, or a French sentence, without its full stop, that names it.

    Args:
        content: the whole file.
    """
    for signature, sentence in _SIGNATURES:
        if content.startswith(signature):
            return sentence
    if content.startswith(b"PK\x03\x04"):
        found = (kind for names, kind in _IN_ZIP if any(name in content for name in names))
        return next(found, f"ce fichier est une archive (.zip), pas un tableur : {_AS_CSV}")
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return f"ce fichier est une page web (HTML), même s'il s'appelle autrement : {_AS_CSV}"
    if head.startswith((b"<?xml", b"<workbook")):
        return f"ce fichier est du XML, pas du CSV : {_AS_CSV}"
    return ""


def decoded(content: bytes, is_heading_line: Callable[[str], bool]) -> str | None:
    """A file's text, from UTF-8, UTF-16, or another encoding of spreadsheets; None where it is no text.

    Of the encodings in which every byte means something, the one is taken in which the first line names columns.

    Args:
        content: the file.
        is_heading_line: whether a line's text names columns that are known.
    """
    text = _with_mark(content)
    if text is None:
        candidates = [found for name in _ENCODINGS if (found := _decoded(content, name)) is not None]
        named = (found for found in candidates if any(map(is_heading_line, found.splitlines()[:2])))
        text = next(named, candidates[0] if candidates else None)
    return None if text is None or _CONTROLS & set(text) else text


def _with_mark(content: bytes) -> str | None:
    """The text of a file whose encoding shows in its first bytes, in its zeros or by its own rules."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    zeros_even, zeros_odd = content[:400:2].count(0), content[1:400:2].count(0)
    if max(zeros_even, zeros_odd) > len(content[:400]) // 5 and min(zeros_even, zeros_odd) == 0:
        return _decoded(content, "utf-16-le" if zeros_odd else "utf-16-be")
    return _decoded(content, "utf-8-sig")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
