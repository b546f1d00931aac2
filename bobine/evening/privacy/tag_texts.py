"""The texts in the tags of any audio file, read and changed in place; the sound stays to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mutagen
from mutagen import MutagenError, apev2, id3
from mutagen.mp4 import MP4Tags

from bobine.publish.tags import PADDING_BYTES, TimeOrderedID3, picture_block
from bobine.store.files import disk_errors

_PICTURES = frozenset({"metadata_block_picture", "coverart"})
"""Comments that hold a picture in base64."""

Change = Callable[[str], str]
"""Gives what is to stand in the place of a text."""


def tag_texts(path: Path) -> tuple[str, ...]:
    """Every text in the tags of a file, in order; none where it has no tags, or none that can be read."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    for tags in _tags(path):
        _change(tags, note)
    return tuple(found)


def change_tag_texts(path: Path, change: Change, cover: bytes = b"") -> bool:
    """Change the texts in the tags of a file, in place; the same file and change give the same bytes.

    Args:
        path: the file; whoever changes a file that others read gives a copy.
        change: what it leaves as it is stays.
        cover: the picture to embed, a JPEG, in the place of the first one; none to keep what is there.

    Returns:
        Whether anything changed.

    Raises:
        DiskError: if the file cannot be written.
    """
    changed = False
    with disk_errors(path):
        for tags in _tags(path):
            if _change(tags, change) | (bool(cover) and _put_cover(tags, cover)):
                changed = True
                _save(tags, path)
    return changed


def _tags(path: Path) -> Iterator[Any]:
    """The tags of a file, each kind that it has."""
    try:
        with path.open("rb") as stream:
            start = stream.read(3)
        if start == b"ID3":
            plain = id3.ID3(path, translate=False)
            own: Any = TimeOrderedID3 if plain.version[1] == 3 else id3.ID3
            yield own(path, translate=plain.version[1] == 2)
        else:
            sound = mutagen.File(path)
            if sound is not None and sound.tags is not None:
                yield sound if not isinstance(sound.tags, id3.ID3) else sound.tags
        if start == b"ID3" or path.suffix.lower() == ".mp3":
            yield apev2.APEv2(path)
    except (MutagenError, EOFError, ValueError):
        return


def _change(tags: Any, change: Change) -> bool:
    if isinstance(tags, id3.ID3):
        return _change_frames(tags, change)
    if isinstance(tags, apev2.APEv2):
        return _change_values(tags, change)
    if isinstance(tags.tags, MP4Tags):
        return _change_values(tags.tags, change)
    if isinstance(tags.tags, list):
        return _change_comments(tags.tags, change)
    return False


def _change_frames(tags: Any, change: Change) -> bool:
    changed = False
    for frame in list(tags.values()):
        for name, value in list(vars(frame).items()):
            if name == "sub_frames":
                changed |= _change_frames(value, change)
                continue
            new = _changed(value, change)
            if new != value:
                setattr(frame, name, new)
                changed = True
    return changed


def _changed(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, id3.ID3TimeStamp):
        return value
    if isinstance(value, list | tuple):
        return type(value)(_changed(one, change) for one in value)
    return value


def _change_values(tags: Any, change: Change) -> bool:
    changed = False
    for key, value in list(tags.items()):
        texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not texts and not isinstance(value, apev2.APETextValue):
            continue
        old = [str(one) for one in value]
        new = [change(one) for one in old]
        if new != old:
            tags[key] = new
            changed = True
    return changed


def _change_comments(tags: Any, change: Change) -> bool:
    old = list(list.__iter__(tags))
    new = [(key, value if key.lower() in _PICTURES else change(value)) for key, value in old]
    if new == old:
        return False
    tags.clear()
    for pair in new:
        tags.append(pair)
    return True


def _put_cover(tags: Any, cover: bytes) -> bool:
    if isinstance(tags, id3.ID3):
        pictures = tags.getall("APIC")
        if pictures and pictures[0].data != cover:
            pictures[0].data = cover
            return True
        return False
    comments = getattr(tags, "tags", None)
    if isinstance(comments, list):
        old = list(list.__iter__(comments))
        new = [(key, picture_block(cover) if key.lower() == "metadata_block_picture" else value) for key, value in old]
        if new != old:
            comments.clear()
            for pair in new:
                comments.append(pair)
            return True
    return False


def _save(tags: Any, path: Path) -> None:
    if isinstance(tags, id3.ID3):
        version = 4 if tags.version[1] == 4 else 3
        tags.save(path, v1=1, v2_version=version, padding=lambda _: PADDING_BYTES)
    elif isinstance(tags, apev2.APEv2) or isinstance(tags.tags, MP4Tags):
        tags.save(path)
    else:
        tags.save(padding=lambda _: PADDING_BYTES)
