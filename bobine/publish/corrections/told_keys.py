"""Words for what lies at a destination: of each key, what it is and of which episode, in French. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bobine.french import short_day
from bobine.model.episode_day import read_episode_day

_PLAIN_DAY = r"\d{4}-\d\d-\d\d"
_DAY = rf"(?P<day>{_PLAIN_DAY}(?:-[a-z0-9]+)*?)"
_HASH = r"[0-9a-f]{12}"
_SOUNDS = {"mp3": "son MP3", "opus": "son Opus", "m4a": "son AAC", "ogg": "son Ogg"}
_TRANSCRIPTS = {"vtt": "transcription (WebVTT)", "srt": "transcription (SRT)"}

_Words = Callable[[re.Match[str]], str]


def _of(what: str) -> _Words:
    """Words for a thing of an episode."""
    return lambda found: f"{what} de l'émission du {_short(found['day'])}"


def _by_suffix(names: dict[str, str], other: str) -> _Words:
    """Words for a thing of an episode that its suffix names."""
    return lambda found: f"{names.get(found['suffix'], other)} de l'émission du {_short(found['day'])}"


def _plain(what: str) -> _Words:
    return lambda _found: what


_FORMS: Sequence[tuple[str, _Words]] = (
    (rf"audio/.+?-{_DAY}-{_HASH}\.(?P<suffix>\w+)", _by_suffix(_SOUNDS, "son")),
    (rf"images/.+?-{_DAY}-petite-{_HASH}\.\w+", _of("petite couverture")),
    (rf"images/.+?-{_DAY}-{_HASH}\.\w+", _of("couverture")),
    (r"images/.+", _plain("couverture du podcast")),
    (rf"chapters/(?:.+?-)?{_DAY}-{_HASH}\.\w+", _of("chapitres")),
    (rf"transcripts/(?:.+?-)?{_DAY}-{_HASH}\.(?P<suffix>\w+)", _by_suffix(_TRANSCRIPTS, "transcription")),
    (rf"{_DAY}/index\.html", _of("page")),
    (rf"{_DAY}/transcription\.html", _of("transcription à lire")),
    (rf"{_DAY}/embed\.html", _of("lecteur pour d'autres sites")),
    (rf"{_DAY}/oembed\.json", _of("adresse du lecteur pour d'autres sites")),
    (rf"{_DAY}/chapters\.vtt", _of("chapitres de la page")),
    (rf"releases/{_DAY}\.json", _of("fiche")),
    (r"releases/index.*", _plain("liste des fiches")),
    (r"releases/feed-.*", _plain("flux qu'un autre outil avait écrit")),
    (
        rf"chroniques/(?P<id>[^/]+)/(?P<day>{_PLAIN_DAY})-.*{_HASH}\.\w+",
        lambda found: f"son de la chronique « {found['id']} » du {_short(found['day'])}",
    ),
    (r"chroniques/(?P<id>[^/]+)/feed(?:-\d+)?\.xml", lambda found: f"flux de la chronique « {found['id']} »"),
    (r"chroniques/(?P<id>[^/]+)/.*", lambda found: f"page de la chronique « {found['id']} »"),
    (r"feed\.xml", _plain("flux")),
    (r"feed-(?P<page>\d+)\.xml", lambda found: f"page {found['page']} du flux"),
    (r"index\.html", _plain("page du magazine")),
    (r"qr\.svg", _plain("code QR du flux")),
    (r"saisons/(?P<season>\d+)/recherche\.json", lambda found: f"recherche dans la saison {found['season']}"),
    (r"saisons/(?P<season>\d+)/.*", lambda found: f"page de la saison {found['season']}"),
    (r"personnes/.*", _plain("page des voix")),
    (r"pages/.*", _plain("présentation des pages")),
)


def key_words(key: str, *, whose: bool = True) -> str:
    """Words for what a key is: « son MP3 de l'émission du 26 nov. 2026 ».

    Args:
        key: of a destination.
        whose: whether the episode is told too.

    Returns:
        The words, without an article; empty for a key that is not Bobine's.
    """
    inside = key.partition("/")[2]
    for form, words in _FORMS:
        found = re.fullmatch(form, inside, re.ASCII)
        if found is not None:
            told = words(found)
            return told if whose else told.partition(" de l'émission du ")[0]
    return ""


def told_with_key(key: str) -> str:
    """The words for a key with the key behind them, which the host's own tools show; the key alone where none fit."""
    words = key_words(key)
    return f"{words} ({key})" if words else key


def told_files(keys: Iterable[str]) -> str:
    """The files of one episode in one enumeration: « son MP3, couverture »."""
    return ", ".join(dict.fromkeys(key_words(key, whose=False) or key for key in keys))


def line_of_file(key: str) -> str:
    """A file of an episode that was named before, and the end of its name: « son MP3 : …3b8ec53fa1fa.mp3 »."""
    words = key_words(key, whose=False)
    name = key.rpartition("/")[2]
    end = name.rpartition("-")[2]
    return f"{words} : {name if end == name else f'…{end}'}" if words else key


def _short(day: str) -> str:
    try:
        return short_day(read_episode_day(day))
    except ValueError:
        return day
