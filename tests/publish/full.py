"""A show and releases that say all that a feed can: every tag has a value here."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bobine.model.episode import EpisodeType, ItemKind
from bobine.model.podcast import License
from bobine.model.published.release import HeardItem, Soundbite
from bobine.publish.feed.live_item import PlannedShow, live_item
from bobine.publish.feed.live_online import live_element
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key
from tests.publish.samples import DAY, GUID, SHOW, release, stored
from tests.publish.stores import PLACE

STREAM = "https://direct.radio-mega.example/mega.mp3"
FRIEND = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
NOW = datetime(2026, 12, 10, 12, tzinfo=ZoneInfo("Europe/Paris"))

FULL_SHOW = dataclasses.replace(
    SHOW,
    station=dataclasses.replace(SHOW.station, stream=STREAM),
    podcast=dataclasses.replace(
        SHOW.podcast,
        funding="https://labobineromanaise.example/soutenir?de=flux&a=1",
        funding_text="Soutenir la Bobine & ses voix",
        location="Romans-sur-Isère",
        location_geo="geo:45.0447,5.0508",
        location_osm="R113314",
        location_country="fr",
        podroll=(FRIEND,),
        discussion="https://mastodon.example/@bobine/1",
        txt="S6lpp-7ZCn8-dZfGc-OoyaG",
        txt_purpose="verify",
        license=License(name="CC-BY-NC-ND-4.0"),
        image_alt="Une pelote <rouge> & son fil",
    ),
)

ITEMS = (
    HeardItem(id="generique", title="Générique", kind=ItemKind.OPENING_THEME, start_ms=0, end_ms=40_250),
    HeardItem(id="accueil", title="Accueil <sommaire>", kind=ItemKind.TALK, start_ms=40_250, end_ms=150_700),
    HeardItem(id="virgule", title="Virgule", kind=ItemKind.STING, start_ms=150_700, end_ms=151_000, chapter=False),
    HeardItem(id="politique", title="Politique", kind=ItemKind.CHRONIQUE, start_ms=151_000, end_ms=3_300_000),
)

FULL = release(
    0,
    items=ITEMS,
    explicit=True,
    transcripts=(
        stored("bobine-romanaise/transcripts/2026-11-26-HASH.vtt", "text/vtt", 9000),
        stored("bobine-romanaise/transcripts/2026-11-26-HASH.srt", "application/x-subrip", 9000),
    ),
    soundbites=(Soundbite(start_ms=73_250, duration_ms=45_000, title="L'accueil & le reste"),),
    discussion="https://mastodon.example/@bobine/2",
)
TRAILER = release(-1, kind=EpisodeType.TRAILER, title="La saison qui vient")
BONUS = dataclasses.replace(release(1), kind=EpisodeType.BONUS, transcripts=FULL.transcripts, title="Le bonus")


def full_feed() -> bytes:
    """The feed of all this, with a show that is planned."""
    coming = live_item(FULL_SHOW, GUID, [PlannedShow(day=DAY + timedelta(weeks=2), title="Semaine 2")], NOW)
    assert coming is not None
    return feed_files(FULL_SHOW, [TRAILER, FULL, BONUS], PLACE, live=[live_element(coming)])[feed_key(SHOW.slug)]
