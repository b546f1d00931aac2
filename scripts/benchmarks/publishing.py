"""Times a podcast's feed and pages, all of them and with one more episode; the table is Markdown."""

from __future__ import annotations

import argparse
import dataclasses
import gc
import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

from measuring.machine import machine

from bobine.model.episode import ItemKind
from bobine.model.podcast import Podcast
from bobine.model.published.release import Audio, Contributor, HeardItem, HeardWork, Release, StoredFile
from bobine.model.show import Chronique, Show, Slot, Station, Weekday
from bobine.publish.destinations.store import Fetched, Listed, Store
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.layout import feed_key
from bobine.publish.memory.feed_memory import FeedMemory
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import decode, encode

BASE = "https://radio.example/"
FIRST = date(2019, 10, 3)
TITLES = (
    "Générique", "Accueil et sommaire", "La vie du quartier", "Jingle", "Pedro l'Avocat", "Portrait", "Une chanson",
    "Micro-trottoir", "L'agenda", "Plateau : la fanfare", "Virgule", "Le jeu", "Feuilleton", "Reportage au marché",
    "Entretien", "La revue de presse", "Au revoir", "Générique de fin",
)  # fmt: skip
SHOW = Show(
    slug="emission",
    title="Les Voix du Vercors",
    description="Le magazine des habitants.",
    station=Station(name="Radio", frequency="99.2 FM"),
    slot=Slot(day=Weekday.THURSDAY, start=time_of_day(18), end=time_of_day(18, 55)),
    podcast=Podcast(link=BASE, author="Les Voix"),
    chroniques=tuple(Chronique(id=f"chronique-{number}", title=f"Chronique {number}") for number in range(12)),
)


def stored(key: str, media_type: str) -> StoredFile:
    """A file that is only named."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return StoredFile(key=key, media_type=media_type, bytes=52_800_000, sha256=digest, integrity="sha384-" + "A" * 64)


def person(number: int) -> str:
    """A name; initials are spread as names' are."""
    return f"{chr(65 + number % 26)}. Personne {number}"


def release(number: int) -> Release:
    """An episode of 18 items, four people and two works; one a week, forty a season."""
    day = FIRST + timedelta(days=number)
    moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    stem = f"{SHOW.slug}/audio/{SHOW.slug}-{day}-0123456789ab"
    items = tuple(
        HeardItem(
            id=f"{title}-{place}", title=f"{title}, n° {number}",
            kind=ItemKind.CHRONIQUE if place % 5 else ItemKind.MUSIC,
            start_ms=place * 183_000, end_ms=(place + 1) * 183_000,
            chronique=f"chronique-{(number + place) % 12}" if place % 6 == 4 else "",
            people=(person((number * 7 + place) % 3000),) if place % 5 == 1 else (),
            works=(HeardWork(title=f"Chanson {number}", composer=f"Auteur {number % 50}"),) if place % 9 == 6 else (),
        )
        for place, title in enumerate(TITLES)
    )  # fmt: skip
    people = tuple(dict.fromkeys(name for item in items for name in item.people))
    return Release(
        guid=f"guid-{number}",
        date=day,
        season=1 + number // 40,
        number=1 + number % 40,
        title=f"Émission {number} : ce qui se passe au marché",
        description=f"Le marché, ses voix, ses couleurs, en direct de la place ({number}).\n\nBonne écoute !",
        duration_s=3294,
        published=moment,
        updated=moment,
        audio=(
            Audio(file=stored(f"{stem}.mp3", "audio/mpeg"), kbps=128),
            Audio(file=stored(f"{stem}.opus", "audio/ogg"), kbps=48),
        ),
        image=stored(f"{SHOW.slug}/images/{day}-0123456789ab.jpg", "image/jpeg"),
        chapters=stored(f"{SHOW.slug}/chapters/{day}-0123456789ab.json", "application/json+chapters"),
        people=(
            Contributor(name="Nadia Ferhat", role="host"),
            *(Contributor(name=name, role="guest") for name in people),
        ),
        items=items,
    )


class Memory:
    """A destination that keeps only what is asked again: sizes, and the publishers' note."""

    public_url = BASE
    name = "mémoire"

    def __init__(self) -> None:
        self.sizes: dict[str, Listed] = {}
        self.contents: dict[str, bytes] = {}
        self.bytes = 0
        self.latest = ("", b"")

    def fetch(self, key: str) -> Fetched | None:
        """What was written last, or the note."""
        content = self.latest[1] if key == self.latest[0] else self.contents.get(key)
        return None if content is None else Fetched(content, "1")

    def swap(self, key: str, content: bytes, *_given: object) -> bool:
        """Take whatever comes."""
        self.sizes[key], self.latest = Listed(bytes=len(content)), (key, content)
        self.bytes += len(content)
        if key.endswith("state.json"):
            self.contents[key] = content
        return True

    def listing(self, _prefix: str) -> dict[str, Listed]:
        """What is there."""
        return self.sizes


class Clock:
    """The processor time since the last look, in seconds."""

    def __init__(self) -> None:
        self._start = time.process_time()

    def look(self) -> float:
        """Give it, and begin again."""
        now = time.process_time()
        spent, self._start = now - self._start, now
        return spent


def measure(count: int) -> str:
    """A row of the table."""
    releases = [release(number) for number in range(count)]
    place = FeedPlace(
        base_url=BASE, feed_url=BASE + feed_key(SHOW.slug), image_url=f"{BASE}cover.jpg",
        guid="5f1d3a8e-0000-5000-8000-000000000001",
    )  # fmt: skip
    memory, feed_memory = Memory(), FeedMemory({})
    store: Store = memory  # type: ignore[assignment]

    def bring_up_to_date(now: Sequence[Release], own: date | None = None) -> tuple[float, float, int]:
        """Feed and pages; the time of each, and how many files changed."""
        nonlocal feed_memory
        gc.collect()  # what is left of the one before is not this one's: each is a run of its own
        clock = Clock()
        feed = feed_files(SHOW, now, place, memory=feed_memory)
        of_feed = clock.look()
        changed = [key for key, content in feed.items() if feed_memory.online.get(key) != content]
        feed_memory = FeedMemory(feed, feed_memory.made)
        clock.look()
        pages = OnlinePages(store, SHOW, own)
        pages.bring_up_to_date(now, memory.listing(""))
        return of_feed, clock.look(), len(changed) + len(pages.written)

    began = time.perf_counter()
    of_feed, of_pages, written = bring_up_to_date(releases)
    elapsed = time.perf_counter() - began
    weight = memory.bytes + sum(map(len, feed_memory.online.values()))
    releases.append(release(count))
    more = bring_up_to_date(releases, releases[-1].date)
    releases[count // 2] = dataclasses.replace(releases[count // 2], title="Un titre corrigé")
    mended = bring_up_to_date(releases, releases[count // 2].date)
    of_records = 0.0
    for one in releases:
        content, clock = encode(one), Clock()
        decode(content, "")
        of_records += clock.look()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {count} | {of_feed:.2f} | {of_pages:.2f} | {elapsed:.1f} | {written} | {weight / 1e6:.0f} "
        f"| {more[0] + more[1]:.2f} | {more[2]} | {mended[0] + mended[1]:.2f} | {mended[2]} | {of_records:.2f} "
        f"| {peak:.0f} |"
    )


def main() -> None:
    """Print the table; each row in a process of its own, for its memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[100, 1000, 10_000], help="numbers of episodes")
    parser.add_argument("--row", type=int, help="one row alone")
    options = parser.parse_args()
    if options.row:
        print(measure(options.row))
        return
    print(
        "| episodes | feed, CPU s | all pages, CPU s | both, s | files | MB | one more, CPU s | files "
        "| one corrected, CPU s | files | records read, CPU s | peak MB |\n" + "|---" * 12 + "|"
    )
    for count in options.counts:
        subprocess.run([sys.executable, __file__, "--row", str(count)], check=True)
    print(f"\nMachine: {machine()}.")


if __name__ == "__main__":
    main()
