"""The tags of the audio files: ID3v2.3 in the MP3, comments in the Opus, with chapters and cover in both."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mutagen import MutagenError, apev2, id3
from mutagen.flac import Picture
from mutagen.oggopus import OggOpus
from PIL import Image

from bobine.errors import PublishError
from bobine.model.episode_day import plain_day
from bobine.model.published.release import Chapter
from bobine.publish.chapters import clock
from bobine.publish.languages import iso_639_2
from bobine.publish.text import ascii_url, one_line
from bobine.store.files import disk_errors

_COMMENT_CHARS = 1000
PADDING_BYTES = 1024
"""Room after the tags, so that they can be changed in place."""
_UTF16 = 1
_LATIN1 = 0
_FRONT_COVER = 3
_NO_OFFSET = 0xFFFFFFFF  # the chapter's times count, not its place in the file
_TOP_LEVEL_AND_ORDERED = 3
_FRAME_HEADER_BYTES = 10
_LAST_FRAMES = (b"CTOC", b"CHAP", b"APIC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The values of an episode's tags; control characters in them never reach a file.

    Attributes:
        title: the episode's title.
        show: the show's name.
        author: who makes the show.
        date: day of broadcast.
        season: season number.
        number: number in the season.
        language: BCP 47 code.
        license: name of the licence; may be empty.
        license_url: address of its text; may be empty.
        comment: what the episode is about; may be empty.
        link: web page of the show or episode; may be empty.
        cover: the embedded image, a JPEG; none if empty.
        chapters: in order.
        duration_s: length of the sound, in seconds.
    """

    title: str
    show: str
    author: str
    date: date
    season: int
    number: int
    language: str
    license: str = ""
    license_url: str = ""
    comment: str = ""
    link: str = ""
    cover: bytes = b""
    chapters: tuple[Chapter, ...] = ()
    duration_s: float


def tag_mp3(path: Path, tags: Tags) -> None:
    """Replace every tag of an MP3 file by an ID3v2.3 tag, in place; the same file and tags give the same bytes.

    Raises:
        PublishError: if the file cannot be read as one that carries tags.
        DiskError: if the disk is full or the file cannot be written.
    """
    with _told_in_french(path):
        apev2.delete(path)
        while _begins_with_id3(path):
            id3.delete(path)
        tag = TimeOrderedID3()  # type: ignore[no-untyped-call]
        for frame in (*_text_frames(tags), *_link_frames(tags), *_chapter_frames(tags), *_cover_frames(tags)):
            tag.add(frame)  # type: ignore[no-untyped-call]
        tag.save(path, v1=0, v2_version=3, padding=lambda _: PADDING_BYTES)


def untagged(content: bytes) -> bytes:
    """An MP3 file without the ID3v2 tag that :func:`tag_mp3` puts before its frames (ID3v2.3, 3.1)."""
    if content[:3] != b"ID3":
        return content
    return content[10 + _tag_size(content) :]


def _tag_size(content: bytes) -> int:
    """The size in bytes of what follows an ID3v2 header (seven bits a byte: ID3v2.3, 3.1)."""
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return size


def mp3_head_bytes(path: Path) -> int:
    """Bytes that the ID3v2 tag takes before an MP3 file's frames."""
    with path.open("rb") as stream:
        start = stream.read(10)
    return len(start) + _tag_size(start) if start[:3] == b"ID3" else 0


def tag_opus(path: Path, tags: Tags) -> None:
    """Replace every comment of an Ogg Opus file, in place; the same file and tags give the same bytes.

    Raises:
        PublishError: if the file is not Ogg Opus.
        DiskError: if the disk is full or the file cannot be written.
    """
    with _told_in_french(path):
        sound: Any = OggOpus(path)
        sound.tags.clear()
        for name, value in _opus_comments(tags):
            if value:
                sound.tags.append((name, value))
        sound.save(padding=lambda _: PADDING_BYTES)


@contextmanager
def _told_in_french(path: Path) -> Iterator[None]:
    with disk_errors(path):
        if not path.is_file():
            raise PublishError(f"« {path} » n'existe pas : refaites le montage de l'émission.")
        try:
            yield
        except MutagenError as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from error
            raise PublishError(
                f"« {path.name} » ne peut pas recevoir ses étiquettes ({error}) : refaites le montage de l'émission."
            ) from error


def _begins_with_id3(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(3) == b"ID3"


class TimeOrderedID3(id3.ID3):
    """An ID3 tag that writes its chapters in time order: mutagen sorts frames by size."""

    def _write(self, config: object) -> bytearray:
        return _in_time_order(super()._write(config))  # type: ignore[no-untyped-call]


def _in_time_order(frames: bytes) -> bytearray:
    """The same ID3v2.3 frames: first the others as they come, then contents, chapters by start, and the picture."""
    found: list[tuple[int, int, bytes]] = []
    position = 0
    while position < len(frames):
        name = bytes(frames[position : position + 4])
        size = int.from_bytes(frames[position + 4 : position + 8])
        frame = bytes(frames[position : position + _FRAME_HEADER_BYTES + size])
        rank = _LAST_FRAMES.index(name) if name in _LAST_FRAMES else -1
        found.append((rank, _chapter_start_ms(frame) if name == b"CHAP" else 0, frame))
        position += len(frame)
    return bytearray(b"".join(frame for _, _, frame in sorted(found, key=lambda entry: entry[:2])))


def _chapter_start_ms(frame: bytes) -> int:
    """Start time of a CHAP frame: four bytes after the element's id, which a zero byte ends."""
    start = frame.index(0, _FRAME_HEADER_BYTES) + 1
    return int.from_bytes(frame[start : start + 4])


def _text_frames(tags: Tags) -> list[id3.Frame]:
    texts: dict[type[Any], str] = {
        id3.TIT2: tags.title,
        id3.TALB: tags.show,
        id3.TPE1: tags.author,
        id3.TYER: f"{tags.date.year:04d}",
        id3.TDAT: f"{tags.date.day:02d}{tags.date.month:02d}",
        id3.TRCK: str(tags.number),
        id3.TPOS: str(tags.season),
        id3.TLAN: iso_639_2(tags.language),
        id3.TCON: "Podcast",
        id3.TCOP: tags.license,
    }
    frames: list[id3.Frame] = []
    for kind, text in texts.items():
        if value := one_line(text):
            frames.append(kind(encoding=_UTF16, text=[value]))
    comment = one_line(tags.comment, _COMMENT_CHARS)
    if comment:
        frames.append(id3.COMM(encoding=_UTF16, lang=iso_639_2(tags.language), desc="", text=[comment]))
    return frames


def _link_frames(tags: Tags) -> list[id3.Frame]:
    frames: list[id3.Frame] = []
    if tags.license_url:
        frames.append(id3.WCOP(url=ascii_url(tags.license_url)))
    if tags.link:
        frames.append(id3.WXXX(encoding=_LATIN1, desc="", url=ascii_url(tags.link)))
    return frames


def _chapter_frames(tags: Tags) -> list[id3.Frame]:
    """One ordered table of contents, and a frame for each chapter (ID3v2 Chapter Frame Addendum)."""
    if not tags.chapters:
        return []
    names = [f"chp{index}" for index in range(len(tags.chapters))]
    contents = id3.CTOC(
        element_id="toc",
        flags=_TOP_LEVEL_AND_ORDERED,
        child_element_ids=names,
        sub_frames=[id3.TIT2(encoding=_UTF16, text=["Chapitres"])],
    )
    return [contents] + [
        id3.CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=_UTF16, text=[one_line(chapter.title)])],
        )
        for name, chapter in zip(names, tags.chapters, strict=True)
    ]


def _cover_frames(tags: Tags) -> list[id3.Frame]:
    if not tags.cover:
        return []
    return [id3.APIC(encoding=_LATIN1, mime="image/jpeg", type=_FRONT_COVER, desc="", data=tags.cover)]


def _opus_comments(tags: Tags) -> Iterator[tuple[str, str]]:
    """The comments in order: Vorbis field names, the Chapter Extension of Xiph, then the picture."""
    yield "TITLE", one_line(tags.title)
    yield "ALBUM", one_line(tags.show)
    yield "ARTIST", one_line(tags.author)
    yield "DATE", plain_day(tags.date).isoformat()
    yield "TRACKNUMBER", str(tags.number)
    yield "DISCNUMBER", str(tags.season)
    yield "GENRE", "Podcast"
    yield "LANGUAGE", one_line(tags.language)
    yield "COPYRIGHT", one_line(tags.license)
    yield "LICENSE", ascii_url(tags.license_url) or one_line(tags.license)
    yield "CONTACT", ascii_url(tags.link)
    yield "COMMENT", one_line(tags.comment, _COMMENT_CHARS)
    for index, chapter in enumerate(tags.chapters, start=1):
        yield f"CHAPTER{index:03d}", clock(chapter.start_ms)
        yield f"CHAPTER{index:03d}NAME", one_line(chapter.title)
    if tags.cover:
        yield "METADATA_BLOCK_PICTURE", picture_block(tags.cover)


def picture_block(cover: bytes) -> str:
    """The cover as a FLAC picture block in base64, which Vorbis comments carry."""
    picture = Picture()
    picture.data, picture.type, picture.mime = cover, _FRONT_COVER, "image/jpeg"
    with Image.open(io.BytesIO(cover)) as image:
        picture.width, picture.height = image.size
    picture.depth = 24
    return base64.b64encode(picture.write()).decode("ascii")
