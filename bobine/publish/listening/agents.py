"""The app that a ``User-Agent`` header names, or the robot. Pure.

The names that podcast apps go by are a table, in the order in which they are tried: a player comes before the list of
robots, which takes some for one. What fetches feeds for an app's servers is a robot all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

_LONGEST = 512
"""Characters of an agent that are looked at."""

UNNAMED = "?"
"""The app of agents that no line of the table knows."""


class AgentKind(Enum):
    """The one who asked, as far as downloads go."""

    LISTENER = auto()
    BOT = auto()
    WATCH = auto()
    """An Apple Watch: its phone asks for the same (IAB Podcast Measurement 2.1, Apple watchOS)."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent: its kind, and the app's name; empty where it is no listener's."""

    kind: AgentKind
    app: str = ""


_WATCH = re.compile(r"watchOS|\bWatch\d|^atc/|\(null\) watch", re.IGNORECASE)
_FETCHERS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|feed ?(?:parser|fetcher|validator|check)|^feedparser|feedburner|^itms$|^bobine\b|^boto|"
    r"^rome client|podping|podchaser|podcast ?index|headless|monitor(?:ing)?\b|uptime|^nessus|^rss|libwww|"
    r"^mozilla/5\.0$",
    re.IGNORECASE,
)

_APPS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("AntennaPod", r"antennapod"),
        ("Overcast", r"overcast"),
        ("Pocket Casts", r"pocket ?casts|shifty jelly"),
        ("Podcast Addict", r"podcast ?addict"),
        ("Castbox", r"castbox"),
        ("Castro", r"^castro"),
        ("Downcast", r"downcast"),
        ("Podverse", r"podverse"),
        ("Fountain", r"^fountain"),
        ("TrueFans", r"truefans"),
        ("Podcast Guru", r"podcast ?guru"),
        ("Player FM", r"player ?fm"),
        ("Podbean", r"podbean"),
        ("Podkicker", r"podkicker"),
        ("Goodpods", r"goodpods"),
        ("gPodder", r"gpodder"),
        ("Kasts", r"^kasts"),
        ("GNOME Podcasts", r"gnome.?podcasts"),
        ("Vocal", r"^vocal\b"),
        ("Anytime Podcast Player", r"^anytime"),
        ("Escapepod", r"escapepod"),
        ("Podcast Republic", r"podcast ?republic|podrepublic"),
        ("RadioPublic", r"radiopublic"),
        ("BeyondPod", r"beyondpod"),
        ("DoggCatcher", r"doggcatcher"),
        ("iCatcher!", r"icatcher"),
        ("Majelan", r"majelan"),
        ("Radio France", r"radio ?france"),
        ("Radioline", r"radioline"),
        ("TuneIn", r"tunein"),
        ("Deezer", r"deezer"),
        ("Spotify", r"spotify"),
        ("Amazon Music", r"amazonmusic|amazon music"),
        ("Alexa", r"alexa"),
        ("YouTube Music", r"youtube ?music"),
        ("Google Podcasts", r"google-?podcasts|googlechirp"),
        ("Sonos", r"sonos"),
        ("Nextcloud", r"nextcloud"),
        ("Kodi", r"^kodi|^xbmc"),
        ("Feeder", r"^feeder|com\.nononsenseapps\.feeder"),
        ("Miniflux", r"miniflux"),
        ("iTunes", r"^itunes/"),
        ("Apple Podcasts", r"^(?:podcasts|balados|podcasti|podcaster)/|^apple ?podcasts|podcasts/[\d.]+ cfnetwork"),
        ("Apple Podcasts", r"^applecoremedia/1\..*(?:iphone|ipad|ipod|macintosh|apple tv|homepod)"),
        ("VLC", r"\bvlc\b|libvlc"),
        ("mpv", r"\bmpv\b|^libmpv"),
        ("ffmpeg", r"^lavf/"),
        ("Android", r"^stagefright|exoplayer|media3|^dalvik/"),
        ("Windows Media Player", r"nsplayer|windows-media-player"),
    )
)  # fmt: skip
_BROWSERS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("Edge", r"^Mozilla/.*\bEdg(?:e|A|iOS)?/"),
        ("Opera", r"^Mozilla/.*\bOPR/|^Opera/"),
        ("Samsung Internet", r"^Mozilla/.*\bSamsungBrowser/"),
        ("Firefox", r"^Mozilla/.*\b(?:Firefox|FxiOS)/"),
        ("Chrome", r"^Mozilla/.*\b(?:Chrome|CriOS|Chromium)/"),
        ("Safari", r"^Mozilla/.*\bVersion/[\d.]+.*\bSafari/"),
    )
)


def agents_told_by(is_crawler: Callable[[str], bool]) -> Callable[[str], Agent]:
    """Return a function that names the app, or the robot, of a ``User-Agent`` header.

    Args:
        is_crawler: a list of robots: whether an agent is one of them.
    """

    @lru_cache(maxsize=4096)
    def told(agent: str) -> Agent:
        text = agent[:_LONGEST]
        if _WATCH.search(text):
            return Agent(AgentKind.WATCH)
        if _FETCHERS.search(text):
            return Agent(AgentKind.BOT)
        app = _named(_APPS, text)
        if not app and text and is_crawler(text):
            return Agent(AgentKind.BOT)
        return Agent(AgentKind.LISTENER, app or _named(_BROWSERS, text) or UNNAMED)

    return told


def _named(table: tuple[tuple[str, re.Pattern[str]], ...], agent: str) -> str:
    return next((name for name, pattern in table if pattern.search(agent)), "")
