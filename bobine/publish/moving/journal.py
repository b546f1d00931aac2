"""The journal of a take-over: what is done already, line by line, so that a run that was killed is finished by another.

A line that was cut is none. What it names is at the destination; whoever reads it may still look there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bobine.model.published.release import StoredFile
from bobine.publish.layout import is_key
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.codec.notation import JSON
from bobine.store.files import disk_errors

_RULES = Rules(
    text=lambda _text: None,
    fields={(StoredFile, "key"): lambda key: None if is_key(key) else "ce chemin n'est pas possible"},
)
_MOST_BYTES = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was taken over.

    Attributes:
        address: where it was.
        use: what it is for: ``audio``, ``image``…, and the key's stem: one address may serve two episodes.
        file: what stands at the destination.
        duration_s: length of the sound; 0 for other files.
        kbps: its bit rate; 0 for other files.
    """

    address: str
    use: str
    file: StoredFile
    duration_s: float = 0.0
    kbps: int = 0


class TakeOverJournal:
    """The files and episodes that are done.

    Attributes:
        done: a digest of the record of each episode that stands at the destination, by guid.
    """

    def __init__(self, path: Path) -> None:
        self.done: dict[str, str] = {}
        self._path = path
        self._files: dict[tuple[str, str], Taken] = {}
        self._read()

    def file(self, address: str, use: str) -> Taken | None:
        """The file of an address that was taken over for a use; None if it was not."""
        return self._files.get((address, use))

    def note_file(self, taken: Taken) -> None:
        """Note a file that stands at the destination."""
        self._files[taken.address, taken.use] = taken
        self._append({"file": encode(taken, notation=JSON)})

    def note_done(self, guid: str, digest: str) -> None:
        """Note an episode whose record stands there."""
        if self.done.get(guid) != digest:
            self.done[guid] = digest
            self._append({"episode": guid, "record": digest})

    def _append(self, line: dict[str, object]) -> None:
        with disk_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as stream:
                # a line that was cut ends here, so that this one is whole
                stream.write(b"\n" + json_text(line, compact=True).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())

    def _read(self) -> None:
        try:
            with self._path.open("rb") as stream:
                lines = stream.read(_MOST_BYTES).split(b"\n")
        except OSError:
            return
        for text in lines:
            try:
                line = read_json(text)
            except JsonFault:
                continue
            if not isinstance(line, dict):
                continue
            if isinstance(line.get("episode"), str) and isinstance(line.get("record"), str):
                self.done[line["episode"]] = line["record"]
            taken = Decoder(_RULES, JSON).table(Taken, line["file"]) if "file" in line else None
            if taken is not None:
                self._files[taken.address, taken.use] = taken
