"""Facts on the ready-to-air sounds of an episode: listened to in the background, and remembered."""

from __future__ import annotations

from pathlib import Path

from bobine.model.episode import Episode, Item
from bobine.plan.files.pad_files import read_pad
from bobine.plan.readiness.report import PadFacts
from bobine.store.sounds import find_file
from bobine.tui.documents.signatures import signature


class Pads:
    """The sounds of one episode's folder.

    A sound is listened to again when its file or its item's length changed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._heard: dict[object, PadFacts] = {}

    def known(self, episode: Episode) -> dict[str, PadFacts]:
        """The facts known now, by item id; a file that was not listened to yet is judged by its being there."""
        return {item.id: self._heard.get(self._key(item), self._guess(item)) for item in episode.items if item.file}

    def listen(self, episode: Episode) -> bool:
        """Listen to what was not heard yet; True if there was any. It takes a fraction of a second each.

        Raises:
            ToolError: if there is no ffmpeg.
        """
        fresh = [item for item in episode.items if item.file and self._key(item) not in self._heard]
        for item in fresh:
            self._heard[self._key(item)] = read_pad(find_file(self._folder, item.file), item.duration)
        return bool(fresh)

    def _guess(self, item: Item) -> PadFacts:
        try:
            there = find_file(self._folder, item.file).is_file()
        except OSError:
            there = False
        return PadFacts(exists=there, decodable=there, duration=item.duration)

    def _key(self, item: Item) -> object:
        return signature([find_file(self._folder, item.file)]), item.duration
