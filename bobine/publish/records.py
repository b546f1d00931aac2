"""An episode's record at the destination: strict, deterministic JSON, from which any machine writes the same feed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar

from bobine.errors import PublishError
from bobine.model.published.release import Audio, Contributor, Release, StoredFile
from bobine.publish.layout import MAX_RECORD_BYTES, is_key

_T = TypeVar("_T")

FORMAT = 1
"""Version of the records' form; a record of another one is refused."""

_YEARS = range(1900, 2201)
_PLAIN = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]{1,512}"
_LONE = re.compile("[\ud800-\udfff]")
_PICTURE = r"(?i:.*\.(?:jpe?g|png))"


def stored_files(release: Release) -> tuple[StoredFile, ...]:
    """Every file that a release names, in the order they are sent: audio, image, chapters."""
    return (*(audio.file for audio in release.audio), release.image, release.chapters)


def settled(release: Release, online: Release | None, now: datetime) -> Release:
    """Reconcile a release with its record online, if there is one.

    An episode keeps the guid and the first publication date that listeners know it by, and its ``updated`` moves only
    when something else of it changed. Dates are in whole seconds of UTC, and none is in the future, which apps hide:
    one that a wrong clock left online is corrected.

    Args:
        release: the episode as this machine has it.
        online: its record at the destination; None if there is none.
        now: the current instant (aware).
    """
    updated = _instant(min(release.updated, now))
    if online is None:
        return replace(release, published=_instant(min(release.published, now)), updated=updated)
    published = online.published if online.published <= now else _instant(min(release.published, now))
    same = replace(release, guid=online.guid, published=published, updated=online.updated)
    return online if same == online and online.updated <= now else replace(same, updated=updated)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def encode(release: Release) -> bytes:
    """A release as UTF-8 JSON with sorted keys: equal releases give equal bytes, whatever the zone of their dates."""
    document = {
        "format": FORMAT,
        "guid": release.guid,
        "date": release.date.isoformat(),
        "season": release.season,
        "number": release.number,
        "title": release.title,
        "description": release.description,
        "duration_s": release.duration_s,
        "published": release.published.astimezone(UTC).isoformat(),
        "updated": release.updated.astimezone(UTC).isoformat(),
        "audio": [{"file": _file_document(audio.file), "kbps": audio.kbps} for audio in release.audio],
        "image": _file_document(release.image),
        "chapters": _file_document(release.chapters),
        "people": [{"name": person.name, "role": person.role} for person in release.people],
    }
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _file_document(file: StoredFile) -> dict[str, str | int]:
    return {
        "key": file.key,
        "media_type": file.media_type,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "integrity": file.integrity,
    }


def decode(content: bytes, place: str) -> Release:
    """Read a record strictly.

    Args:
        content: what :func:`encode` wrote.
        place: where it was read, for the message.

    Raises:
        PublishError: if it is not a record, whole and of this format.
    """
    try:
        if len(content) > MAX_RECORD_BYTES:
            raise _Refusal("elle est bien trop longue")
        document = json.loads(content.decode(), object_pairs_hook=_distinct)
        if isinstance(document, dict) and isinstance(document.get("format"), int) and document["format"] > FORMAT:
            raise NewerRecordError(
                f"« {place} » a été écrit par une version plus récente de Bobine : mettez Bobine à jour ici."
            )
        return _release(document)
    except PublishError:
        raise
    except Exception as error:  # whatever a foreign file makes go wrong is that file's fault
        reason = error if isinstance(error, _Refusal) else "ce n'est pas du JSON"
        raise UnreadableRecordError(
            f"La fiche d'épisode « {place} » est illisible ({reason}) : remettez-la d'après une sauvegarde, ou "
            "supprimez-la et publiez de nouveau cet épisode."
        ) from error


class UnreadableRecordError(PublishError):
    """A record that is damaged, or is none."""


class NewerRecordError(PublishError):
    """A record that a newer Bobine wrote: what it says is not known here."""


class _Refusal(ValueError):
    """The fault of a record, in a few French words."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise _Refusal("une clé y est deux fois")
    return dict(pairs)


def _release(document: object) -> Release:
    fields = _Fields(
        document,
        "la fiche",
        "format guid date season number title description duration_s published updated audio image chapters people",
    )
    if fields.whole("format", 1, FORMAT) != FORMAT:
        fields.refuse("format")
    return Release(
        guid=fields.text("guid", _PLAIN),
        date=fields.parsed("date", _day),
        season=fields.whole("season", 1, 9999),
        number=fields.whole("number", 1, 99_999),
        title=fields.text("title"),
        description=fields.text("description"),
        duration_s=fields.whole("duration_s", 0, 10**7),
        published=fields.parsed("published", _aware),
        updated=fields.parsed("updated", _aware),
        audio=tuple(_audio(value) for value in fields.items("audio", 1)),
        image=_file(fields["image"], _PICTURE),
        chapters=_file(fields["chapters"]),
        people=tuple(_contributor(value) for value in fields.items("people", 0)),
    )


def _audio(document: object) -> Audio:
    fields = _Fields(document, "audio", "file kbps")
    return Audio(file=_file(fields["file"]), kbps=fields.whole("kbps", 1, 10**5))


def _contributor(document: object) -> Contributor:
    fields = _Fields(document, "people", "name role")
    return Contributor(name=fields.text("name"), role=fields.text("role", f"(?:{_PLAIN})?"))


def _file(document: object, form: str = "(?s:.*)") -> StoredFile:
    fields = _Fields(document, "un fichier", "key media_type bytes sha256 integrity")
    if not is_key(fields.text("key", form)):
        fields.refuse("key")
    return StoredFile(
        key=fields.text("key"),
        media_type=fields.text("media_type", r"[a-z]+/[a-z0-9.+-]{1,100}"),
        bytes=fields.whole("bytes", 1, 10**13),
        sha256=fields.text("sha256", "[0-9a-f]{64}"),
        integrity=fields.text("integrity", f"(?:{_PLAIN})?"),
    )


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError(text)
    return day


class _Fields:
    """The members of one JSON object, which must be these keys and no others."""

    def __init__(self, value: object, where: str, keys: str) -> None:
        if not isinstance(value, dict) or value.keys() != set(keys.split()):
            raise _Refusal(f"{where} n'a pas les clés attendues")
        self._values: dict[str, Any] = value
        self._where = where

    def __getitem__(self, key: str) -> object:
        return self._values[key]

    def refuse(self, key: str) -> NoReturn:
        raise _Refusal(f"{self._where} : {key} n'a pas une valeur possible")

    def text(self, key: str, form: str = "(?s:.*)") -> str:
        value = self._values[key]
        if not isinstance(value, str) or re.fullmatch(form, value) is None or _LONE.search(value):
            self.refuse(key)
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        value = self._values[key]
        if type(value) is not int or not least <= value <= most:
            self.refuse(key)
        return value

    def items(self, key: str, least: int) -> list[Any]:
        value = self._values[key]
        if not isinstance(value, list) or len(value) < least:
            self.refuse(key)
        return value

    def parsed(self, key: str, parse: Callable[[str], _T]) -> _T:
        try:
            return parse(self.text(key))
        except (ValueError, OverflowError):
            self.refuse(key)
