"""An episode's record at the destination: strict, deterministic JSON, from which any machine writes the same feed."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

from bobine.errors import PublishError, unforeseen_as
from bobine.model.published.release import (
    Audio,
    Contributor,
    FormerFile,
    HeardItem,
    Instalment,
    Release,
    Soundbite,
    StoredFile,
    Withdrawal,
)
from bobine.publish.layout import MAX_RECORD_BYTES, is_chronique, is_key
from bobine.store.codec.compiled import Doubtful, reader
from bobine.store.codec.decode import Decoder, FieldRule, Rules
from bobine.store.codec.encode import encode as encode_table
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.codec.keys import format_key
from bobine.store.codec.notation import JSON
from bobine.store.rules.texts import between

FORMAT = 1
"""Version of the records' form; a record of another one is refused."""

_ADDED = (
    "kind", "explicit", "items", "transcripts", "soundbites", "discussion", "thumbnail", "instalments", "held_until",
    "former", "withdrawn", "origin",
)  # fmt: skip
"""Fields that came later: left out where they say nothing, so that records of before keep their bytes."""

_YEARS = range(1900, 2201)
_PLAIN = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]{1,512}"
_GUID = _PLAIN.replace("{1,512}", "{1,2000}")  # some hosts take the address of the sound for it
_LONE = re.compile("[\ud800-\udfff]")
_PICTURE = r"(?i:.*\.(?:jpe?g|png))"


def stored_files(release: Release) -> tuple[StoredFile, ...]:
    """Every file that a release names, in the order they are sent: audio, images, chapters, texts, instalments."""
    sounds = (audio.file for audio in release.audio)
    small = (release.thumbnail,) if release.thumbnail is not None else ()
    chapters = (release.chapters,) if release.chapters is not None else ()
    own = (one.audio.file for one in release.instalments)
    return (*sounds, release.image, *small, *chapters, *release.transcripts, *own)


def former_files(release: Release, online: Release | None, until: datetime) -> tuple[FormerFile, ...]:
    """The files of earlier states that a release does not name any more, by key, with when each may be deleted.

    Args:
        release: the new state; its own ``former`` names what this machine knows of.
        online: the state that it replaces, if there is one; all that a withdrawn one names is former.
        until: when what is superseded now may be deleted (aware); what was superseded before goes then at the latest.
    """
    named = set() if release.withdrawn else {file.key for file in stored_files(release)}
    states = (release, *((online,) if online else ()))
    kept = {file.key: until for state in states for file in stored_files(state)}
    for former in (file for state in states for file in state.former):
        kept[former.key] = min(former.until, until, key=datetime.timestamp)
    return tuple(FormerFile(key=key, until=_instant(kept[key])) for key in sorted(kept.keys() - named))


def settled(release: Release, online: Release | None, now: datetime, keep: timedelta = timedelta()) -> Release:
    """Reconcile a release with its record online, if there is one.

    An episode keeps the guid and the first publication date that listeners know it by, and its ``updated`` moves only
    when something else of it changed. One that is out is held no more. Dates are in whole seconds of UTC, and none but
    that until which it is held is in the future, which apps hide: one that a wrong clock left online is corrected.

    Args:
        release: the episode as this machine has it.
        online: its record at the destination; None if there is none.
        now: the current instant (aware).
        keep: how long the files that it supersedes stay at the destination.
    """
    updated = _instant(min(release.updated, now))
    former = former_files(release, online, now + keep)
    if online is None:
        return replace(release, published=_instant(min(release.published, now)), updated=updated, former=former)
    published = online.published if online.published <= now else _instant(min(release.published, now))
    held = release.held_until
    if online.withdrawn is None and online.held_until is None:
        held = None  # listeners have it
    elif online.withdrawn is None and held is None:
        published = _instant(min(online.held_until or now, now))
    same = replace(
        release, guid=online.guid, published=published, updated=online.updated, former=former, held_until=held
    )
    is_same = replace(same, former=online.former) == online and online.updated <= now
    if is_same:
        return online if same == online else same
    return replace(same, updated=updated)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def encode(release: Release) -> bytes:
    """A release as UTF-8 JSON with sorted keys: equal releases give equal bytes, whatever the zone of their dates."""
    table = encode_table(release, notation=JSON)
    silent = {field.name for field in fields(Release) if getattr(release, field.name) == field.default}
    document = {"format": FORMAT, **{key: value for key, value in table.items() if key not in silent & {*_ADDED}}}
    for sound in (*document["audio"], *(one["audio"] for one in document.get("instalments", ()))):
        if sound.get("body_sha256") is None:  # it came later, too
            sound.pop("body_sha256", None)
    return (json_text(document, indent=1, ordered=True) + "\n").encode()


def decode(content: bytes, place: str) -> Release:
    """Read a record strictly.

    Args:
        content: what :func:`encode` wrote.
        place: where it was read, for the message.

    Raises:
        PublishError: if it is not a record, whole and of this format.
    """
    if len(content) > MAX_RECORD_BYTES:
        raise _unreadable(place, "elle est bien trop longue")
    try:
        document = read_json(content)
    except JsonFault as error:
        raise _unreadable(place, str(error)) from error
    if not isinstance(document, dict):
        raise _unreadable(place, "ce n'est pas une fiche")
    version = document.pop("format", None)
    if type(version) is int and version > FORMAT:
        raise NewerRecordError(
            f"« {place} » a été écrit par une version plus récente de Bobine : mettez Bobine à jour ici."
        )
    if type(version) is not int or version != FORMAT:
        raise _unreadable(place, "format : ce numéro n'en est pas un")
    try:
        return _READ(document)
    except Doubtful:
        decoder = Decoder(_RULES, JSON)  # which says where the fault is
    with unforeseen_as(lambda: _unreadable(place, "ce qu'elle dit est impossible")):
        release = decoder.table(Release, document)
    if release is None:
        fault = decoder.faults[0]
        raise _unreadable(place, f"{format_key(fault.path)} : {fault.message}")
    return release


def _unreadable(place: str, reason: str) -> UnreadableRecordError:
    return UnreadableRecordError(
        f"La fiche d'épisode « {place} » est illisible ({reason}) : remettez-la d'après une sauvegarde, ou "
        "supprimez-la et publiez de nouveau cet épisode."
    )


class UnreadableRecordError(PublishError):
    """A record that is damaged, or a file that is no record."""


class NewerRecordError(PublishError):
    """A record that a newer Bobine wrote, in a form that is not known here."""


def _text(text: str) -> str | None:
    """Refuse half of a character, which no client can show."""
    if text.isascii() or not _LONE.search(text):
        return None
    return "ce texte contient une moitié de caractère"


def _of_form(form: str, told: str = "cette valeur n'est pas possible") -> FieldRule:
    """A rule: a text has a form, given as a regular expression."""
    fits = re.compile(form).fullmatch
    return lambda text: _text(text) or (None if fits(text) else told)


def _date(value: date) -> str | None:
    """A day or an instant that no time zone can push out of the calendar."""
    return None if value.year in _YEARS else "une date entre 1900 et 2200 était attendue"


_RULES = Rules(
    text=_text,
    fields={
        (Release, "guid"): _of_form(_GUID),
        (Release, "date"): _date,
        (Release, "season"): between(1, 9999),
        (Release, "number"): between(1, 99_999),
        (Release, "duration_s"): between(0, 10**7),
        (Release, "published"): _date,
        (Release, "updated"): _date,
        (Release, "held_until"): _date,
        (Release, "audio"): lambda audio: None if audio else "il n'y a aucun son",
        (Release, "image"): lambda image: None if re.fullmatch(_PICTURE, image.key) else "ce n'est pas une image",
        (StoredFile, "key"): lambda key: None if is_key(key) else "ce chemin n'est pas possible",
        (StoredFile, "media_type"): _of_form(r"[a-z]+/[a-z0-9.+-]{1,100}"),
        (StoredFile, "bytes"): between(1, 10**13),
        (StoredFile, "sha256"): _of_form("[0-9a-f]{64}"),
        (StoredFile, "integrity"): _of_form(f"(?:{_PLAIN})?"),
        (Audio, "kbps"): between(1, 10**5),
        (Audio, "body_sha256"): _of_form("[0-9a-f]{64}"),
        (Contributor, "role"): _of_form(f"(?:{_PLAIN})?"),
        (HeardItem, "start_ms"): between(0, 10**10),
        (HeardItem, "end_ms"): between(0, 10**10),
        (HeardItem, "instalment"): between(1, 99_999),
        (Instalment, "guid"): _of_form(_PLAIN),
        (Instalment, "chronique"): lambda name: None if is_chronique(name) else "ce nom n'est pas possible",
        (Instalment, "duration_s"): between(0, 10**7),
        (Soundbite, "start_ms"): between(0, 10**10),
        (Soundbite, "duration_ms"): between(0, 10**10),
        (FormerFile, "key"): lambda key: None if is_key(key) else "ce chemin n'est pas possible",
        (FormerFile, "until"): _date,
        (Withdrawal, "at"): _date,
    },
)

_READ = reader(Release, _RULES)
