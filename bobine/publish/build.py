"""The release of an episode: what will be online, worked out from its master, its plan and its files."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from bobine.errors import PublishError
from bobine.model.episode import Episode, Work
from bobine.model.people import Person, Role, Verdict
from bobine.model.published.master import Manifest, MasterFile
from bobine.model.published.release import Audio, Chapter, Contributor, HeardItem, HeardWork, Release, StoredFile
from bobine.model.show import AudioFormat, Show
from bobine.publish.chapters import chapter_list, for_apps, timestamps
from bobine.publish.media_types import media_type
from bobine.publish.outgoing.sound_heads import body_digest
from bobine.publish.soundbites import soundbites
from bobine.publish.text import MAX_DESCRIPTION_BYTES, one_line, paragraphs

_CHUNK_BYTES = 1 << 20
_TITLE_CHARS = (255, 100, 50)  # longest chapter title in a description, as the room left allows
_ROLES = {
    Role.HOST: "host",
    Role.CONTRIBUTOR: "host",
    Role.INTERVIEWER: "host",
    Role.GUEST: "guest",
    Role.MUSICIAN: "guest",
}


def episode_guid(show_guid: str, day: date) -> str:
    """The identity of an episode's item, for ever: UUIDv5 of its day in the podcast's own namespace.

    Raises:
        PublishError: if the podcast's guid is not a UUID.
    """
    try:
        return str(uuid5(UUID(show_guid), day.isoformat()))
    except ValueError as error:
        raise PublishError(
            f"Le guid du podcast, « {one_line(show_guid, 60)} », n'est pas un UUID : corrigez-le dans shows.toml."
        ) from error


def build_release(
    *,
    show: Show,
    episode: Episode,
    manifest: Manifest,
    audio: Mapping[AudioFormat, Path],
    cover_jpeg: Path,
    chapters_json: Path,
    guid: str,
    published: datetime,
    updated: datetime,
    thumbnail_jpeg: Path | None = None,
    transcripts: Sequence[Path] = (),
) -> tuple[Release, dict[str, Path]]:
    """Work out an episode's release.

    Args:
        show: the show.
        episode: the plan.
        manifest: what the master holds.
        audio: the tagged audio files, one for each file of the manifest.
        cover_jpeg: its cover.
        chapters_json: its JSON chapters.
        guid: identity of the item: the one it already has online, else :func:`episode_guid`'s.
        published: when listeners first could have it (aware).
        updated: when its content last changed (aware).
        thumbnail_jpeg: its cover's small copy for pages.
        transcripts: its transcript in each of its forms, told by their suffixes.

    Returns:
        The release, and for each key of the destination the file to put there.

    Raises:
        PublishError: if a file is missing, empty or cannot be read.
    """
    stem = f"{show.slug}-{episode.date.isoformat()}"
    files: dict[str, Path] = {}

    def store(path: Path, folder: str, name: str, suffix: str) -> StoredFile:
        stored = stored_file(path, f"{show.slug}/{folder}/{name}", suffix)
        files[stored.key] = path
        return stored

    sounds = []
    for master in manifest.files:
        path = _tagged(audio, master)
        stored = store(path, "audio", stem, master.format.value)
        sounds.append(Audio(file=stored, kbps=master.kbps, body_sha256=body_digest(path)))
    if not sounds:
        raise PublishError(f"Le master de {episode.reference} n'a aucun fichier audio : refaites le montage.")
    duration_s = manifest.files[0].duration_s
    told = for_apps(manifest.items, episode, show.podcast.chapters)
    items = heard_items(episode, replace(manifest, items=told))
    release = Release(
        guid=guid,
        date=episode.date,
        season=episode.season,
        number=episode.number,
        title=one_line(episode.title),
        description=describe(episode.summary, chapter_list(told, duration_s)),
        duration_s=round(duration_s),
        published=published,
        updated=updated,
        audio=tuple(sounds),
        image=store(cover_jpeg, "images", stem, "jpg"),
        chapters=store(chapters_json, "chapters", episode.date.isoformat(), "json"),
        people=contributors(episode, manifest),
        kind=episode.kind,
        explicit=True if episode.explicit else None,
        items=items,
        transcripts=tuple(
            store(path, "transcripts", episode.date.isoformat(), path.suffix.removeprefix(".")) for path in transcripts
        ),
        soundbites=soundbites(episode, items),
        discussion=episode.discussion,
        thumbnail=store(thumbnail_jpeg, "images", f"{stem}-petite", "jpg") if thumbnail_jpeg is not None else None,
    )
    return release, files


def channel_image(show: Show, cover_jpeg: Path) -> StoredFile:
    """The channel's cover as an object of the destination.

    Raises:
        PublishError: if the file is missing, empty or cannot be read.
    """
    return stored_file(cover_jpeg, f"{show.slug}/images/{show.slug}", "jpg")


def stored_file(path: Path, stem: str, suffix: str) -> StoredFile:
    """A file as an immutable object, whose key is ``stem``, the first 12 digits of its SHA-256, and ``suffix``.

    Raises:
        PublishError: if the file is missing, empty or cannot be read.
    """
    name, seal, size = hashlib.sha256(), hashlib.sha384(), 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                name.update(chunk)
                seal.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise PublishError(f"« {path} » ne peut pas être lu ({error.strerror}) : refaites le montage.") from error
    if not size:
        raise PublishError(f"« {path} » est vide : refaites le montage.")
    key = f"{stem}-{name.hexdigest()[:12]}.{suffix}"
    return StoredFile(
        key=key,
        media_type=media_type(key),
        bytes=size,
        sha256=name.hexdigest(),
        integrity=f"sha384-{base64.b64encode(seal.digest()).decode('ascii')}",
    )


def describe(summary: str, chapters: Sequence[Chapter]) -> str:
    """The description of an episode: its summary, an empty line, the timestamps; at most 4000 bytes.

    Timestamps stand whole or not at all: chapter titles, then the summary, are cut to make room for them.
    """
    for title_chars in _TITLE_CHARS:
        stamps = timestamps(chapters, title_chars)
        if len(stamps.encode()) <= MAX_DESCRIPTION_BYTES * 3 // 4:
            break
    else:
        stamps = ""
    if not stamps:
        return paragraphs(summary)
    text = paragraphs(summary, MAX_DESCRIPTION_BYTES - len(stamps.encode()) - 2)
    return f"{text}\n\n{stamps}" if text else stamps


def contributors(episode: Episode, manifest: Manifest) -> tuple[Contributor, ...]:
    """The people named in the feed, hosts first: the show's hosts, and those who take part in what the podcast holds.

    Nobody is named whose consent for the podcast is not given, and no minor: being heard is not being listed by name.
    """
    kept = {item.id for item in manifest.kept_items}
    heard = {person for item in episode.items if item.id in kept for person in item.people}
    named = [person for person in episode.people if _is_named(person, heard)]
    people = [Contributor(name=one_line(person.name), role=_role(person)) for person in named]
    return tuple(sorted(dict.fromkeys(people), key=lambda person: person.role != "host"))


def heard_items(episode: Episode, manifest: Manifest) -> tuple[HeardItem, ...]:
    """The items that the podcast holds, in order, with the names and the works that their page may tell.

    Nobody is named here who is not in the feed either (see :func:`contributors`).
    """
    planned = {item.id: item for item in episode.items}
    people = {person.id: person for person in episode.people}
    heard = []
    for mastered in manifest.kept_items:
        item = planned.get(mastered.id)
        if item is None or mastered.start_s is None or mastered.end_s is None:
            continue
        named = [people[one] for one in item.people if _is_named(people[one], {one})]
        heard.append(
            HeardItem(
                id=item.id,
                title=one_line(item.title),
                kind=item.kind,
                start_ms=round(mastered.start_s * 1000),
                end_ms=round(mastered.end_s * 1000),
                chapter=mastered.chapter,
                chronique=item.chronique or "",
                instalment=item.instalment,
                people=tuple(dict.fromkeys(one_line(person.name) for person in named)),
                works=tuple(_credited(work) for work in item.works),
            )
        )
    return tuple(heard)


def _credited(work: Work) -> HeardWork:
    return HeardWork(
        title=one_line(work.title),
        author=one_line(work.author),
        composer=one_line(work.composer),
        performer=one_line(work.performer),
    )


def _is_named(person: Person, heard: set[str]) -> bool:
    takes_part = person.holds(Role.HOST) or person.id in heard
    may_be_named = person.podcast_consent is Verdict.GRANTED and not person.minor
    return takes_part and bool(_role(person)) and may_be_named


def _role(person: Person) -> str:
    """The feed's name for a person's role: "host" for a presenter; empty for people who are not listed."""
    return _ROLES[Role.HOST] if person.holds(Role.HOST) else _ROLES.get(person.role, "")


def _tagged(audio: Mapping[AudioFormat, Path], master: MasterFile) -> Path:
    if master.format not in audio:
        raise PublishError(f"Le fichier {master.format.value} manque à la publication : refaites le montage.")
    return audio[master.format]
