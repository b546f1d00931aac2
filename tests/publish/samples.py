"""A show and its releases, as the tests of publishing use them."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, date, datetime, time, timedelta

from bobine.model.podcast import License, Podcast
from bobine.model.published.release import Audio, Contributor, Release, StoredFile
from bobine.model.show import Show, Slot, Station, Weekday

BASE = "https://podcast.labobineromanaise.example/"
FEED = f"{BASE}bobine-romanaise/feed.xml"
IMAGE = f"{BASE}bobine-romanaise/images/bobine-romanaise-0123456789ab.jpg"
GUID = "5f1d3a8e-0000-5000-8000-000000000001"
DAY = date(2026, 11, 26)

NASTY_TITLES = (
    'Tom & Jerry <b>"gras"</b> d\'abord',
    "Fête 🎉👩‍👩‍👧 au studio",
    "מהדורה مع العربية",
    "]]> et <![CDATA[ puis <!-- -->",
    "é" * 255,
    "../../etc/passwd",
    "-i",
    "a\x00b\x1b[31mc\u202ed\ud800e\ufffff",
    "&amp; &lt;déjà échappé&gt; &#x1F389;",
)

SHOW = Show(
    slug="bobine-romanaise",
    title="La Bobine Romanaise",
    tagline="L'émission qui vous aiguille la pelote",
    description="Le magazine des habitants de Romans & d'ailleurs.\n\nChaque jeudi à 18 h <en direct>.",
    language="fr",
    station=Station(name="Radio Méga", frequency="99.2 FM"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(
        link="https://labobineromanaise.example/",
        author="La Bobine Romanaise",
        owner_name="Association La Bobine",
        owner_email="bobine@labobineromanaise.example",
        category="Society & Culture",
        subcategory="Personal Journals",
        copyright="© 2026 La Bobine Romanaise",
        license=License(name="CC-BY-NC-SA-4.0", url="https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    ),
)


def stored(key: str, media_type: str, size: int) -> StoredFile:
    digest = hashlib.sha256(key.encode()).hexdigest()
    return StoredFile(
        key=key.replace("HASH", digest[:12]),
        media_type=media_type,
        bytes=size,
        sha256=digest,
        integrity="sha384-" + "A" * 64,
    )


def release(week: int = 0, **changes: object) -> Release:
    """The release of the episode so many weeks after the first one."""
    day = DAY + timedelta(weeks=week)
    moment = datetime(day.year, day.month, day.day, 18, 5, tzinfo=UTC)
    stem = f"bobine-romanaise/audio/bobine-romanaise-{day.isoformat()}-HASH"
    whole = Release(
        guid=f"5f1d3a8e-0000-5000-8000-1{week:011d}",
        date=day,
        season=8,
        number=7 + week,
        title=f"La fanfare de la Presle, semaine {week}",
        description="Une fanfare & des voix.\n\n00:00:00 Générique\n00:00:40 Accueil <sommaire>\n00:02:30 Politique",
        duration_s=3300,
        published=moment,
        updated=moment + timedelta(minutes=week),
        audio=(
            Audio(file=stored(f"{stem}.mp3", "audio/mpeg", 52_800_000), kbps=128),
            Audio(file=stored(f"{stem}.opus", "audio/ogg", 19_900_000), kbps=48),
        ),
        image=stored(f"bobine-romanaise/images/bobine-romanaise-{day.isoformat()}-HASH.jpg", "image/jpeg", 400_000),
        chapters=stored(f"bobine-romanaise/chapters/{day.isoformat()}-HASH.json", "application/json+chapters", 900),
        people=(
            Contributor(name="Nadia Ferhat", role="host"),
            Contributor(name="Jean-Loup d'Aubépine & fils", role="guest"),
        ),
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def chapters_of(release: Release) -> StoredFile:
    """The chapters of a release that has some."""
    assert release.chapters is not None
    return release.chapters
