"""The records of a show at its destination: every one that a listing, this machine or the caller knows of."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.published.release import Release
from bobine.publish import media_types
from bobine.publish.destinations import asking
from bobine.publish.destinations.asking import named_but_absent, write_and_read_back
from bobine.publish.destinations.store import Fetched, Listed, Store
from bobine.publish.feed.patience import too_many
from bobine.publish.layout import (
    RECORD_CACHE,
    is_foreign_key,
    is_index_key,
    is_record_key,
    record_key,
    records_prefix,
)
from bobine.publish.memory.records_index import RecordsIndex
from bobine.publish.memory.uncollected import uncollected
from bobine.publish.records import NewerRecordError, UnreadableRecordError, decode, encode

Say = Callable[[str], None]
"""Told what the publisher must know, in French, each sentence possibly more than once."""


class RecordsOnline:
    """The records of one show, read again only where a listing says that they changed.

    Attributes:
        unreadable: sentences about the records that cannot be read.
        let_out: releases that were held until now.
    """

    def __init__(
        self,
        store: Store,
        slug: str,
        own_record: str,
        redated: Callable[[Release], Release],
        known: Sequence[Release],
        say: Say,
    ) -> None:
        self.let_out: list[Release] = []
        self._store = store
        self._slug = slug
        self._own_record = own_record
        self._redated = redated
        self._known = {record_key(slug, release.date): release for release in known}
        self._say = say
        self._read: dict[str, tuple[str, Release]] = {}
        self._unreadable: dict[str, tuple[str, str]] = {}
        self._index = RecordsIndex(store, slug)
        self._versions: dict[str, str] = {}
        self._given_up: set[str] = set()
        self._gone: set[str] = set()

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Sentences about the records that cannot be read."""
        return tuple(sentence for _, sentence in self._unreadable.values())

    @property
    def read(self) -> tuple[Release, ...]:
        """Every release whose record was read, withdrawn ones included, in order of day."""
        return tuple(sorted((release for _, release in self._read.values()), key=lambda release: release.date))

    def releases(self, listing: Mapping[str, Listed]) -> list[Release]:
        """The releases of the records, in order of day, and those of this machine whose record is gone.

        Raises:
            PublishError: if the destination fails, or the caller's own record cannot be read.
        """
        prefix = records_prefix(self._slug)
        listed = {key: entry.version for key, entry in listing.items() if key.startswith(prefix)}
        self._versions = {key: version for key, version in listed.items() if version}
        for key in [key for key in listed if is_foreign_key(key) or is_index_key(key)]:
            del listed[key]
        for key in [key for key in listed if not is_record_key(key)]:
            self._say(
                f"« {self._store.location(key)} » n'est pas une fiche d'épisode : laissé tel quel, et pas dans le flux."
            )
            del listed[key]
        with uncollected():
            for key in {*listed, self._own_record}:  # a listing may be late to show what was just written
                version = listed.get(key, "")
                found = self._read.get(key) or self._unreadable.get(key)
                if not version or found is None or found[0] != version:
                    self._read_record(key, version)
        self._look_for(self._known.keys() - listed.keys() - {self._own_record})
        releases = {key: self._known[key] for key in self._given_up - listed.keys()}
        releases |= {key: release for key, (_, release) in self._read.items()}
        return sorted(releases.values(), key=lambda release: release.date)

    def keep_index(self) -> None:
        """Spare the next publisher the reading of the records that were read; it goes on without where that fails."""
        try:
            self._index.keep(self._versions)
        except PublishError as error:
            self._say(
                f"l'index des fiches n'a pas pu être mis à jour ({error}) : rien n'y manque, la prochaine publication "
                "sera seulement plus longue."
            )

    def _look_for(self, keys: Collection[str]) -> None:
        """Ask for records that this machine knows of and no listing names: listings are late, and answers wrong."""
        missing = sorted(key for key in keys if key not in self._read and key not in self._gone)
        for wait_s in (0.0, *asking.WAITS_S):
            if not missing:
                return
            time.sleep(wait_s)
            there = [key for key in missing if self._store.fetch(key) is not None]
            for key in there:
                self._read_record(key, "")
            missing = [key for key in missing if key not in there]
        self._given_up.update(key for key in missing if self._still_counts(self._known[key]))
        gone = len([key for key in missing if key not in self._given_up])
        self._gone.update(missing)
        if gone:
            told = "un épisode n'est" if gone == 1 else f"{gone} épisodes ne sont"
            self._say(
                f"{told} plus à la destination « {self._store.name} », où cet ordinateur les avait mis : publiez-les "
                "de nouveau s'ils doivent y être."
            )

    def _still_counts(self, release: Release) -> bool:
        """Whether what this machine noted stands without a record: a withdrawal does, and sound that is there."""
        return release.withdrawn is not None or self._store.head(release.audio[0].file.key) is not None

    def _read_record(self, key: str, version: str) -> None:
        self._read.pop(key, None)
        self._unreadable.pop(key, None)
        indexed = self._index.release(key, self._versions) if version else None
        if indexed is not None and self._redated(indexed) == indexed:
            self._read[key] = (version, indexed)
            return
        try:
            release, found = self._decoded(key)
        except NewerRecordError:
            raise
        except UnreadableRecordError as error:
            if key == self._own_record:
                raise
            self._unreadable[key] = (version, f"{error} D'ici là, l'épisode reste dans le flux comme il y est.")
            return
        right = self._redated(release)
        if right != release:
            content = encode(right)
            if not write_and_read_back(self._store, key, content, media_types.JSON, RECORD_CACHE, found):
                raise too_many(self._store, key)
            if release.held_until is not None and right.held_until is None:
                self.let_out.append(right)
                self._say(f"L'épisode du {long_date(release.date)} attendait cette date : il est maintenant en ligne.")
            else:
                self._say(f"L'épisode du {long_date(release.date)} portait une date à venir : elle est corrigée.")
            release, version = right, ""
        self._index.note(key, version, found)
        self._read[key] = (version, release)

    def _decoded(self, key: str) -> tuple[Release, Fetched]:
        """A record that the destination names; asked again where it is absent, or is not one."""
        place = self._store.location(key)
        wrong: UnreadableRecordError | None = None
        for wait_s in (0.0, *asking.WAITS_S):
            time.sleep(wait_s)
            found = self._store.fetch(key)
            if found is None:
                wrong = None
                continue
            try:
                release = decode(found.content, place)
                if key != record_key(self._slug, release.date):
                    raise UnreadableRecordError(
                        f"« {place} » parle d'un autre jour que son nom : renommez-le, ou supprimez-le."
                    )
            except UnreadableRecordError as error:
                if wrong is not None:
                    break  # twice the same: it is so
                wrong = error
            else:
                return release, found
        if wrong is not None:
            raise wrong
        absent = named_but_absent(self._store, key)
        raise (
            absent
            if key == self._own_record
            else UnreadableRecordError(f"« {place} » est dans la liste de la destination et ne peut pas être lu.")
        )
