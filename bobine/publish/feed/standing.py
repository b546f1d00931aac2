"""Episodes whose files stand at the destination: a feed names nothing that is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.published.release import Release, StoredFile
from bobine.publish.destinations.asking import patiently
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.feed.online_items import KeptItem
from bobine.publish.feed.records_online import Say
from bobine.publish.layout import is_key
from bobine.publish.text import ascii_url


class Standing:
    """The files of one show, as a listing and then the destination itself say."""

    def __init__(self, store: Store, slug: str, listing: Mapping[str, Listed], say: Say) -> None:
        self._store = store
        self._slug = slug
        self._listing = listing
        self._say = say

    def whole(self, releases: Sequence[Release], own: str) -> tuple[list[Release], frozenset[str]]:
        """The releases without what is lost of them, and the guids of those that cannot be in the feed.

        Args:
            releases: what the records say.
            own: guid of the release that is being published, all of whose files must be there.

        Raises:
            PublishError: if a file of that one is not there.
        """
        found, gone = [], set()
        for release in releases:
            if release.withdrawn is not None:
                found.append(release)
                continue
            chapters = (release.chapters,) if release.chapters is not None else ()
            needed = (release.audio[0].file, release.image, *chapters)
            is_own = release.guid == own
            asked = (*needed, *_others(release)) if is_own else needed
            lost = next((file.key for file in asked if not self.stands(file)), "")
            if lost and is_own:
                raise PublishError(f"Destination « {self._store.name} » : il manque « {lost} » ; recommencez.")
            if lost:
                gone.add(release.guid)
                self._say_lost(release, lost, "il n'est donc plus dans le flux")
                found.append(release)
            else:
                found.append(self._without_lost(release))
        return found, frozenset(gone)

    def stands(self, file: StoredFile) -> bool:
        """Whether a file is there, of its size."""
        entry = self._listing.get(file.key)
        if entry is not None and entry.bytes == file.bytes:
            return True
        found = patiently(lambda: self._store.head(file.key))  # a listing may be late, and an answer wrong
        return found is not None and found.bytes == file.bytes

    def is_heard(self, item: KeptItem) -> bool:
        """Whether the sound of an item of the feed is there; one that is elsewhere is believed to be."""
        root = ascii_url(self._store.public_url)
        if not item.enclosure.startswith(root):
            return True
        key = item.enclosure.removeprefix(root)
        return not is_key(key) or key in self._listing or patiently(lambda: self._store.head(key)) is not None

    def _without_lost(self, release: Release) -> Release:
        lost = {file.key for file in _others(release) if not self.stands(file)}
        if not lost:
            return release
        self._say_lost(release, min(lost), "le reste de l'épisode est dans le flux")
        return replace(
            release,
            audio=tuple(audio for audio in release.audio if audio.file.key not in lost),
            transcripts=tuple(file for file in release.transcripts if file.key not in lost),
            thumbnail=None if release.thumbnail is None or release.thumbnail.key in lost else release.thumbnail,
            instalments=tuple(one for one in release.instalments if one.audio.file.key not in lost),
        )

    def _say_lost(self, release: Release, key: str, then: str) -> None:
        self._say(
            f"il manque « {key} » à la destination « {self._store.name} », que l'épisode du {long_date(release.date)} "
            f"annonce : {then}. Publiez-le de nouveau (bobine publier {self._slug}/{release.date.isoformat()})."
        )


def _others(release: Release) -> tuple[StoredFile, ...]:
    """The files that an item can do without."""
    small = (release.thumbnail,) if release.thumbnail is not None else ()
    sounds = (audio.file for audio in release.audio[1:])
    return (*sounds, *small, *release.transcripts, *(one.audio.file for one in release.instalments))
