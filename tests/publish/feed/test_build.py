from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Consent, ConsentScope, Person, Role, Verdict
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.published.release import Chapter, Contributor, Release
from bobine.model.show import AudioFormat
from bobine.publish.build import build_release, channel_image, contributors, describe, episode_guid
from bobine.publish.feed.write import feed_bytes
from tests.publish.psp1 import violations
from tests.publish.samples import BASE, FEED, GUID, IMAGE, SHOW, chapters_of

DAY = date(2026, 11, 26)
SHORT = timedelta(minutes=1)


def mastered(item_id: str, start: float | None, end: float | None) -> MasteredItem:
    return MasteredItem(id=item_id, title=f"Titre {item_id}", kept=start is not None, start_s=start, end_s=end)


MANIFEST = Manifest(
    recording_sha256="0" * 64,
    files=tuple(
        MasterFile(
            format=kind,
            file=name,
            sha256="0" * 64,
            integrated_lufs=-16,
            true_peak_dbtp=-1,
            lra_lu=5,
            duration_s=125.6,
            kbps=kbps,
        )
        for kind, name, kbps in ((AudioFormat.MP3, "podcast.mp3", 128), (AudioFormat.OPUS, "podcast.opus", 48))
    ),
    items=(
        mastered("accueil", 0, 40.2),
        mastered("live", None, None),
        mastered("portrait", 40.2, 90),
        mastered("fin", 90, 125.6),
    ),
)

PEOPLE = (
    Person(id="invitee", name="Aïcha Roux", role=Role.GUEST, consent=Consent.SIGNED),
    Person(id="animatrice", name="Nadia Ferhat", role=Role.HOST),
    Person(id="absente", name="Hôte absente", role=Role.HOST),
    Person(id="contributeur", name="Luc Petit", role=Role.CONTRIBUTOR),
    Person(id="technique", name="Paul Volt", role=Role.TECHNICIAN),
    Person(id="refus", name="Sans Accord", role=Role.GUEST, consent=Consent.REFUSED),
    Person(id="inconnu", name="Pas Demandé", role=Role.GUEST),
    Person(
        id="antenne", name="Antenne Seule", role=Role.GUEST, consent=Consent.SIGNED, consent_scope=(ConsentScope.AIR,)
    ),
    Person(id="mineur", name="Ado Sans Papier", role=Role.CONTRIBUTOR, minor=True, consent=Consent.SIGNED),
    Person(id="musicienne", name="Trompette Coupée", role=Role.MUSICIAN, consent=Consent.SIGNED),
)
EPISODE = Episode(
    show="bobine-romanaise",
    date=DAY,
    season=8,
    number=7,
    title="La fanfare de la Presle",
    summary="Une fanfare et des voix.\n\nÀ écouter.",
    people=PEOPLE,
    items=(
        Item(id="accueil", title="Accueil", kind=ItemKind.TALK, duration=SHORT, people=("animatrice", "technique")),
        Item(id="live", title="Live", kind=ItemKind.LIVE_MUSIC, duration=SHORT, people=("musicienne",)),
        Item(
            id="portrait",
            title="Portrait",
            kind=ItemKind.INTERVIEW,
            duration=SHORT,
            people=("invitee", "contributeur", "refus", "inconnu", "antenne", "mineur"),
        ),
        Item(id="fin", title="Fin", kind=ItemKind.CLOSING_THEME, duration=SHORT),
    ),
)
PUBLISHED = datetime(2026, 11, 26, 18, 2, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {"mp3": b"mp3" * 1_000_000, "opus": b"opus", "jpg": b"jpg", "json": b"{}"}
    paths = {}
    for suffix, content in contents.items():
        paths[suffix] = tmp_path / f"podcast.{suffix}"
        paths[suffix].write_bytes(content)
    return paths


def build(files: dict[str, Path], manifest: Manifest = MANIFEST) -> tuple[Release, dict[str, Path]]:
    return build_release(
        show=SHOW,
        episode=EPISODE,
        manifest=manifest,
        audio={AudioFormat.MP3: files["mp3"], AudioFormat.OPUS: files["opus"]},
        cover_jpeg=files["jpg"],
        chapters_json=files["json"],
        guid=episode_guid(GUID, DAY),
        published=PUBLISHED,
        updated=PUBLISHED,
    )


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_keys_name_show_day_and_content(files: dict[str, Path]) -> None:
    release, stored = build(files)
    stem = "bobine-romanaise-2026-11-26"
    assert stored == {
        f"bobine-romanaise/audio/{stem}-{digest(files['mp3'])[:12]}.mp3": files["mp3"],
        f"bobine-romanaise/audio/{stem}-{digest(files['opus'])[:12]}.opus": files["opus"],
        f"bobine-romanaise/images/{stem}-{digest(files['jpg'])[:12]}.jpg": files["jpg"],
        f"bobine-romanaise/chapters/2026-11-26-{digest(files['json'])[:12]}.json": files["json"],
    }
    named = [*(audio.file for audio in release.audio), release.image, chapters_of(release)]
    assert [file.key for file in named] == list(stored)
    assert [file.media_type for file in named] == ["audio/mpeg", "audio/ogg", "image/jpeg", "application/json+chapters"]


def test_sizes_and_digests_are_those_of_the_files(files: dict[str, Path]) -> None:
    release, _ = build(files)
    main = release.audio[0]
    content = files["mp3"].read_bytes()
    assert (main.file.bytes, main.kbps) == (len(content), 128)
    assert main.file.sha256 == digest(files["mp3"])
    assert main.file.integrity == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_the_release_says_what_the_episode_is(files: dict[str, Path]) -> None:
    release, _ = build(files)
    assert (release.season, release.number, release.title) == (8, 7, EPISODE.title)
    assert release.duration_s == 126
    assert release.guid == episode_guid(GUID, DAY)
    assert release.description == (
        "Une fanfare et des voix.\n\nÀ écouter.\n\n00:00:00 Accueil\n00:00:40 Portrait\n00:01:30 Fin"
    )
    assert violations(feed_bytes(SHOW, [release], BASE, FEED, IMAGE, GUID)) == []


def test_a_correction_keeps_the_guid_and_changes_the_addresses(files: dict[str, Path]) -> None:
    before, _ = build(files)
    files["mp3"].write_bytes(b"autre")
    after, _ = build(files)
    assert after.guid == before.guid
    assert after.audio[0].file.key != before.audio[0].file.key
    assert after.audio[1] == before.audio[1]


def test_the_channel_image_has_no_day(files: dict[str, Path]) -> None:
    short = digest(files["jpg"])[:12]
    assert channel_image(SHOW, files["jpg"]).key == f"bobine-romanaise/images/bobine-romanaise-{short}.jpg"


def test_only_those_heard_who_agreed_are_named() -> None:
    assert contributors(EPISODE, MANIFEST) == (
        Contributor(name="Nadia Ferhat", role="host"),
        Contributor(name="Hôte absente", role="host"),
        Contributor(name="Luc Petit", role="host"),
        Contributor(name="Aïcha Roux", role="guest"),
    )


def test_guids_are_fixed_for_a_podcast_and_a_day() -> None:
    guids = {episode_guid(GUID, DAY + timedelta(days=day)) for day in range(100)}
    assert len(guids) == 100
    assert episode_guid("917393e3-1b1e-5cef-ace4-edaa54e1f810", DAY) == "5c509af1-23de-5a02-86e9-fb4d8cdd50f4"
    with pytest.raises(PublishError, match="UUID"):
        episode_guid("pas un guid", DAY)


def chapters(count: int, title: str) -> list[Chapter]:
    return [Chapter(start_ms=index * 60_000, end_ms=index * 60_000 + 60_000, title=title) for index in range(count)]


@pytest.mark.parametrize(
    ("summary", "count", "title", "lines"),
    [
        ("résumé " * 900, 18, "Un titre", 18),
        ("résumé", 18, "é" * 255, 18),
        ("résumé", 200, "é" * 255, 0),
        ("résumé", 2, "Un titre", 0),
        ("", 3, "Un titre", 3),
    ],
)
def test_descriptions_keep_all_timestamps_or_none(summary: str, count: int, title: str, lines: int) -> None:
    text = describe(summary, chapters(count, title))
    assert len(text.encode()) <= 4000
    assert sum(line[:3] in ("00:", "01:", "02:") for line in text.splitlines()) == lines
    assert text.startswith("résumé" if summary else "00:00:00")


def test_missing_and_empty_files_are_told_in_french(files: dict[str, Path]) -> None:
    files["opus"].write_bytes(b"")
    with pytest.raises(PublishError, match=r"podcast\.opus.*est vide"):
        build(files)
    files["opus"].unlink()
    with pytest.raises(PublishError, match=r"podcast\.opus.*ne peut pas être lu"):
        build(files)
    with pytest.raises(PublishError, match="aucun fichier audio"):
        build(files, manifest=Manifest(recording_sha256="", files=(), items=()))


def test_a_minor_is_heard_but_not_listed_by_name() -> None:
    ado = Person(
        id="mineur",
        name="Ado Signée",
        role=Role.GUEST,
        minor=True,
        consent=Consent.SIGNED,
        representative="Paul Volt",
    )
    others = tuple(person for person in PEOPLE if person.id != "mineur")
    assert ado.podcast_consent is Verdict.GRANTED
    names = [named.name for named in contributors(replace(EPISODE, people=(*others, ado)), MANIFEST)]
    assert names
    assert "Ado Signée" not in names
