"""The namespace's rules for an episode: season, number, chapters, transcripts, soundbites, images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_language, is_media_type, names, whole
from bobine.publish.check.rules.tree import Feed, Node

TRANSCRIPT_TYPES = names("text/plain text/html text/vtt application/json application/x-subrip application/srt text/srt")
"""Media types of transcripts; the last two are older names of SubRip."""

_SECONDS = re.compile(r"\d{1,7}(?:\.\d+)?", re.ASCII)
_RATIO = re.compile(r"\s*\d+(?:\.\d+)?\s*(?:/\s*\d+(?:\.\d+)?)?\s*", re.ASCII)
_SHORTEST_S, _LONGEST_S = 15, 120


def episode(feed: Feed) -> Iterator[Finding]:
    """Faults of the items' own elements, and with images wherever they are."""
    for item in (*feed.items, *feed.live_items):
        yield from _numbers(item)
        for node in item.all("podcast:chapters"):
            if node.get("type") not in ("application/json+chapters", "application/json"):
                words = f"Les chapitres ont le type {quoted(node.get('type'))} : écrivez « application/json+chapters »."
                yield error("namespace/chapters-type", at(node, item), words)
        for node in item.all("podcast:transcript"):
            yield from _transcript(node, item)
        for node in item.all("podcast:soundbite"):
            yield from _soundbite(node, item)
    for node, owner in feed.everywhere("podcast:image"):
        yield from _image(node, owner)


def _numbers(item: Node) -> Iterator[Finding]:
    for node in item.all("podcast:season"):
        if node.text.strip() and whole(node.text.strip()) is None:
            words = f"La saison {quoted(node.text)} n'est pas un nombre entier : mettez son nom dans name."
            yield error("namespace/season-integer", at(node, item), words)
    for node in item.all("podcast:episode"):
        text = node.text.strip()
        if text and re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text) is None:
            words = f"Le numéro {quoted(node.text)} n'est pas un nombre décimal : mettez les mots dans display."
            yield error("namespace/episode-decimal", at(node, item), words)
    for theirs, ours in (("itunes:season", "podcast:season"), ("itunes:episode", "podcast:episode")):
        one, other = item.value(theirs), item.first(ours)
        if one and other is not None and other.text.strip() and one != other.text.strip():
            words = f"{theirs} dit {quoted(one)} et {ours} dit {quoted(other.text)} : donnez le même."
            yield warning("namespace/number-agrees", at(other, item), words)


def _transcript(node: Node, item: Node) -> Iterator[Finding]:
    if node.get("type").partition(";")[0].strip() not in TRANSCRIPT_TYPES:
        words = f"La transcription a le type {quoted(node.get('type'))} : écrivez par exemple « text/vtt »."
        yield error("namespace/transcript-type", at(node, item), words)
    if node.get("language") and not is_language(node.get("language")):
        words = f"La langue {quoted(node.get('language'))} n'est pas un code comme « fr » : corrigez-la."
        yield error("namespace/transcript-language", at(node, item), words)
    if node.get("rel") not in ("", "captions"):
        words = f"rel de la transcription vaut {quoted(node.get('rel'))} : écrivez « captions », ou enlevez-le."
        yield error("namespace/transcript-rel", at(node, item), words)


def _soundbite(node: Node, item: Node) -> Iterator[Finding]:
    start, length = node.get("startTime"), node.get("duration")
    if not (_SECONDS.fullmatch(start) and _SECONDS.fullmatch(length)):
        words = "startTime et duration de l'extrait doivent être des secondes, comme 73.0 : corrigez-les."
        yield error("namespace/soundbite-times", at(node, item), words)
        return
    if not _SHORTEST_S <= float(length) <= _LONGEST_S:
        words = f"L'extrait dure {length} s : de {_SHORTEST_S} à {_LONGEST_S} s."
        yield warning("namespace/soundbite-duration", at(node, item), words)
    whole_length = item.value("itunes:duration")
    if whole_length.isdecimal() and len(whole_length) < 10 and float(start) + float(length) > int(whole_length) > 0:
        words = "L'extrait finit après la fin de l'épisode : corrigez startTime ou duration."
        yield error("namespace/soundbite-range", at(node, item), words)


def _image(node: Node, owner: Node | None) -> Iterator[Finding]:
    if not node.get("alt"):
        yield advice(
            "namespace/image-alt", at(node, owner), "L'image n'a pas de texte pour qui ne voit pas : ajoutez alt."
        )
    if node.get("aspect-ratio") and _RATIO.fullmatch(node.get("aspect-ratio")) is None:
        words = f"aspect-ratio vaut {quoted(node.get('aspect-ratio'))} : écrivez par exemple « 16/9 »."
        yield error("namespace/image-aspect-ratio", at(node, owner), words)
    for name in ("width", "height"):
        if node.get(name) and not whole(node.get(name)):
            words = f"{name} de l'image vaut {quoted(node.get(name))} : mettez un nombre de pixels."
            yield error("namespace/image-size", at(node, owner), words)
    if node.get("type") and not is_media_type(node.get("type")):
        words = f"type de l'image vaut {quoted(node.get('type'))} : écrivez par exemple « image/jpeg »."
        yield error("namespace/image-type", at(node, owner), words)
    if any(re.fullmatch(r"[a-z0-9._/-]+", token) is None for token in node.get("purpose").lower().split()):
        words = f"purpose vaut {quoted(node.get('purpose'))} : mettez des mots simples, comme « artwork social »."
        yield error("namespace/image-purpose", at(node, owner), words)
