"""JSON chapters and transcripts as they are served: whether what they hold is what they say."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, error, quoted, warning
from bobine.store.codec.json_text import read_json


def chapter_file(content: bytes, where: str) -> tuple[list[Finding], int | None]:
    """The findings about a file of JSON chapters (podcast namespace, 1.2.0), and how many chapters it shows.

    Args:
        content: the whole file.
        where: the place in the feed that names it.
    """
    try:
        document = read_json(content.decode("utf-8-sig"), distinct=False)
        chapters = document["chapters"]
        starts = [(float(chapter["startTime"]), chapter) for chapter in chapters]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        words = "Le fichier de chapitres ne se lit pas (JSON, chapters, startTime en secondes) : refaites-le."
        return [error("json-chapters/readable", where, words)], None
    return list(_chapters(document, starts, where)), sum(chapter.get("toc") is not False for _, chapter in starts)


def _chapters(document: object, starts: list[tuple[float, dict[str, object]]], where: str) -> Iterator[Finding]:
    version = document.get("version") if isinstance(document, dict) else None
    if version not in ("1.0.0", "1.1.0", "1.2.0"):
        words = f"La version des chapitres est {quoted(str(version))} : écrivez « 1.2.0 »."
        yield warning("json-chapters/version", where, words)
    if not starts:
        yield error(
            "json-chapters/empty", where, "Le fichier de chapitres est vide : remplissez-le ou ne le citez pas."
        )
    times = [start for start, _ in starts]
    if times != sorted(times):
        yield error("json-chapters/order", where, "Les chapitres du fichier ne se suivent pas : rangez-les.")
    if any(not str(chapter.get("title") or "").strip() for _, chapter in starts if chapter.get("toc") is not False):
        yield warning("json-chapters/title", where, "Un chapitre du fichier n'a pas de titre : donnez-lui-en un.")


def transcript_file(content: bytes, media_type: str, where: str) -> Iterator[Finding]:
    """Faults of the beginning of a transcript.

    Args:
        content: the file, or its beginning.
        media_type: what the feed says that it is.
        where: the place in the feed that names it.
    """
    beginning = content[:4096].decode("utf-8-sig", "replace").lstrip()
    if not beginning:
        yield error("transcript/empty", where, "La transcription est vide : refaites-la.")
    elif media_type == "text/vtt" and not beginning.startswith("WEBVTT"):
        words = "La transcription ne commence pas par « WEBVTT », et ne sera pas lue : refaites-la."
        yield error("transcript/webvtt", where, words)
    elif media_type in ("application/x-subrip", "application/srt", "text/srt") and "-->" not in beginning:
        yield error("transcript/subrip", where, "La transcription n'est pas du SubRip : refaites-la.")
