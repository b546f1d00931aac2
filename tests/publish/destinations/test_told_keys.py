"""What lies at a destination is told in French, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.publish.corrections.told_keys import key_words, line_of_file, told_files, told_with_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.release import publish
from tests.publish.samples import SHOW
from tests.publish.shelf import NOW, SLUG, episode
from tests.publish.stores import opened_folder, real_feed

HASH = "0123456789ab"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (f"audio/{SLUG}-2026-11-26-{HASH}.mp3", "son MP3 de l'émission du 26 nov. 2026"),
        (f"audio/{SLUG}-2026-11-26-bonus-{HASH}.opus", "son Opus de l'émission du 26 nov. +bonus"),
        (f"images/{SLUG}-2026-11-26-petite-{HASH}.jpg", "petite couverture de l'émission du 26 nov. 2026"),
        (f"images/{SLUG}-2026-11-26-{HASH}.jpg", "couverture de l'émission du 26 nov. 2026"),
        (f"images/{SLUG}-{HASH}.jpg", "couverture du podcast"),
        (f"chapters/2026-11-26-{HASH}.json", "chapitres de l'émission du 26 nov. 2026"),
        (f"transcripts/2026-11-26-{HASH}.vtt", "transcription (WebVTT) de l'émission du 26 nov. 2026"),
        (f"chroniques/avocat/2026-11-26-pedro-{HASH}.mp3", "son de la chronique « avocat » du 26 nov. 2026"),
        ("2026-11-26/index.html", "page de l'émission du 26 nov. 2026"),
        ("2026-99-26/index.html", "page de l'émission du 2026-99-26"),
        ("releases/2026-11-26.json", "fiche de l'émission du 26 nov. 2026"),
        ("feed.xml", "flux"),
        ("feed-2.xml", "page 2 du flux"),
        ("saisons/8/recherche.json", "recherche dans la saison 8"),
        ("quelque-chose.txt", ""),
    ],
)
def test_what_a_key_is(key: str, words: str) -> None:
    assert key_words(f"{SLUG}/{key}") == words
    assert told_with_key(f"{SLUG}/{key}") == (f"{words} ({SLUG}/{key})" if words else f"{SLUG}/{key}")


def test_the_files_of_one_episode_are_told_once_each() -> None:
    sound, cover = f"{SLUG}/audio/{SLUG}-2026-11-26-{HASH}.mp3", f"{SLUG}/images/{SLUG}-2026-11-26-{HASH}.jpg"
    assert told_files([sound, cover, sound]) == "son MP3, couverture"
    assert line_of_file(sound) == f"son MP3 : …{HASH}.mp3"
    assert line_of_file(f"{SLUG}/2026-11-26/index.html") == "page : index.html"
    assert line_of_file("autre/chose.txt") == "autre/chose.txt"


def test_all_that_a_publication_writes_has_words(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    made, files = episode(tmp_path / "made", 0)
    publish(store, SHOW, made, files, real_feed, NOW, pages=OnlinePages(store, SHOW, made.date))
    keys = store.listing(f"{SLUG}/")
    assert len(keys) > 10
    assert [key for key in keys if not key_words(key)] == []
