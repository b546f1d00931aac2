from __future__ import annotations

import base64
import dataclasses
import io
import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mutagen.flac import Picture
from mutagen.id3 import ID3
from mutagen.oggopus import OggOpus
from PIL import Image

from bobine.errors import DiskError, PublishError
from bobine.model.published.release import Chapter
from bobine.publish.tags import Tags, tag_mp3, tag_opus
from tests.publish.samples import NASTY_TITLES

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg and ffprobe on the PATH")

SECONDS = 12


def picture(side: int = 60) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(stream, "JPEG")
    return stream.getvalue()


# the second title is the longest, the last the shortest: sorted by size they would come out of order
TITLES = (
    "Accueil, sommaire",
    "Littérature : « Le fil d'Ariane », la suite, et bien d'autres choses encore",
    "Jeu",
    "✂",
)
TAGS = Tags(
    title="La fanfare & l'été 🎺",
    show="La Bobine Romanaise",
    author="Collectif",
    date=date(2026, 11, 6),
    season=8,
    number=7,
    language="fr",
    license="CC-BY-NC-SA-4.0",
    license_url="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    comment="Une fanfare.\n\nEt des voix.",
    link="https://labobineromanaise.example/été",
    cover=picture(),
    chapters=tuple(
        Chapter(start_ms=start, end_ms=end, title=title)
        for (start, end), title in zip(pairwise((0, 3456, 6000, 9001, 12_020)), TITLES, strict=True)
    ),
    duration_s=12.02,
)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an MP3 and an Opus of twelve seconds, with tags of their encoder."""
    folder = tmp_path_factory.mktemp("sounds")
    source = ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", f"sine=440:duration={SECONDS}", "-ac", "2"]
    old = ["-metadata", "title=Ancien titre", "-metadata", "comment=ancien"]
    subprocess.run(
        [*source, *old, "-b:a", "128k", "-write_xing", "0", "-write_id3v1", "1", folder / "s.mp3"], check=True
    )
    subprocess.run([*source, *old, "-c:a", "libopus", "-b:a", "48k", folder / "s.opus"], check=True)
    return folder


def tagged(sounds: Path, folder: Path, suffix: str, tags: Tags) -> Path:
    path = folder / f"tagged.{suffix}"
    shutil.copy(sounds / f"s.{suffix}", path)
    (tag_mp3 if suffix == "mp3" else tag_opus)(path, tags)
    return path


def probed(path: Path) -> Any:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json", str(path)]
    result = subprocess.run(command, capture_output=True, check=True)
    assert result.stderr == b""
    return json.loads(result.stdout)


def decoded(path: Path) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.parametrize("suffix", ["mp3", "opus"])
def test_ffprobe_reads_the_chapters_in_time_order(sounds: Path, tmp_path: Path, suffix: str) -> None:
    chapters = probed(tagged(sounds, tmp_path, suffix, TAGS))["chapters"]
    assert [chapter["tags"]["title"] for chapter in chapters] == list(TITLES)
    assert [float(chapter["start_time"]) for chapter in chapters] == [0, 3.456, 6, 9.001]
    assert [float(chapter["end_time"]) for chapter in chapters[:3]] == [3.456, 6, 9.001]
    assert float(chapters[-1]["end_time"]) == pytest.approx(12.02, abs=0.05)


def test_ffprobe_reads_the_mp3_tags(sounds: Path, tmp_path: Path) -> None:
    read = probed(tagged(sounds, tmp_path, "mp3", TAGS))
    tags = read["format"]["tags"]
    assert tags["title"] == TAGS.title
    assert (tags["album"], tags["artist"], tags["genre"]) == ("La Bobine Romanaise", "Collectif", "Podcast")
    assert (tags["track"], tags["disc"], tags["language"]) == ("7", "8", "fra")
    assert tags["date"] == "2026-11-06"
    assert tags["copyright"] == "CC-BY-NC-SA-4.0"
    assert tags["comment"] == "Une fanfare. Et des voix."
    assert [stream["codec_name"] for stream in read["streams"]] == ["mp3", "mjpeg"]


def test_ffprobe_reads_the_opus_tags(sounds: Path, tmp_path: Path) -> None:
    read = probed(tagged(sounds, tmp_path, "opus", TAGS))
    tags = {name.lower(): value for name, value in read["streams"][0]["tags"].items()}
    assert (tags["title"], tags["album"], tags["artist"]) == (TAGS.title, "La Bobine Romanaise", "Collectif")
    assert (tags["date"], tags["track"], tags["language"]) == ("2026-11-06", "7", "fr")
    assert tags["license"] == TAGS.license_url
    assert tags["contact"] == "https://labobineromanaise.example/%C3%A9t%C3%A9"
    assert read["streams"][1]["codec_name"] == "mjpeg"


def test_the_id3_tag_is_what_podcast_players_expect(sounds: Path, tmp_path: Path) -> None:
    path = tagged(sounds, tmp_path, "mp3", TAGS)
    tag: Any = ID3(path, translate=False)
    assert tag.version == (2, 3, 0)
    assert not tag.unknown_frames
    assert tag["TIT2"].encoding == 1
    assert (tag["TYER"].text, tag["TDAT"].text) == (["2026"], ["0611"])
    assert tag["WCOP"].url == TAGS.license_url
    assert tag["WXXX:"].url == "https://labobineromanaise.example/%C3%A9t%C3%A9"
    assert tag["COMM::fra"].text == ["Une fanfare. Et des voix."]
    assert tag["APIC:"].data == TAGS.cover
    contents = tag.getall("CTOC")
    assert len(contents) == 1
    assert contents[0].flags == 3
    assert contents[0].child_element_ids == ["chp0", "chp1", "chp2", "chp3"]
    assert contents[0].sub_frames["TIT2"].text == ["Chapitres"]
    for frame in tag.getall("CHAP"):
        assert (frame.start_offset, frame.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
        assert frame.sub_frames["TIT2"].encoding == 1
    assert path.read_bytes()[-128:-125] != b"TAG"


def test_chapters_lie_in_time_order_in_the_bytes(sounds: Path, tmp_path: Path) -> None:
    content = tagged(sounds, tmp_path, "mp3", TAGS).read_bytes()
    places = [content.index(f"chp{index}\x00".encode(), content.index(b"CHAP")) for index in range(4)]
    assert content.index(b"CTOC") < content.index(b"CHAP")
    assert places == sorted(places)
    assert places[-1] < content.index(b"APIC")


def test_opus_comments_hold_chapters_and_picture(sounds: Path, tmp_path: Path) -> None:
    tags: Any = OggOpus(tagged(sounds, tmp_path, "opus", TAGS)).tags
    assert tags["CHAPTER001"] == ["00:00:00.000"]
    assert tags["CHAPTER002"] == ["00:00:03.456"]
    assert tags["CHAPTER002NAME"] == [TITLES[1]]
    block = Picture(base64.b64decode(tags["METADATA_BLOCK_PICTURE"][0]))
    assert (block.data, block.type, block.width, block.mime) == (TAGS.cover, 3, 60, "image/jpeg")


@pytest.mark.parametrize("suffix", ["mp3", "opus"])
def test_the_same_tags_give_the_same_bytes_and_replace_all_others(sounds: Path, tmp_path: Path, suffix: str) -> None:
    tag = tag_mp3 if suffix == "mp3" else tag_opus
    first = tagged(sounds, tmp_path, suffix, TAGS)
    expected = first.read_bytes()
    assert tagged(sounds, tmp_path, suffix, TAGS).read_bytes() == expected
    tag(first, dataclasses.replace(TAGS, title="Tout autre chose", chapters=(), cover=b"", comment="long " * 200))
    assert first.read_bytes() != expected
    tag(first, TAGS)
    assert first.read_bytes() == expected
    assert b"ncien" not in expected


def test_an_ape_tag_and_a_second_id3_tag_are_removed(sounds: Path, tmp_path: Path) -> None:
    from mutagen.apev2 import APEv2

    path = tmp_path / "s.mp3"
    once = tagged(sounds, tmp_path, "mp3", TAGS)
    path.write_bytes(_id3(b"x") + _id3(b"y") + (sounds / "s.mp3").read_bytes())
    ape: Any = APEv2()
    ape["Title"] = "ape"
    ape.save(path)
    tag_mp3(path, TAGS)
    assert path.read_bytes() == once.read_bytes()


def _id3(text: bytes) -> bytes:
    frame = b"TIT2" + (1 + len(text)).to_bytes(4) + b"\x00\x00\x00" + text
    return b"ID3\x03\x00\x00" + len(frame).to_bytes(4) + frame


@pytest.mark.parametrize("suffix", ["mp3", "opus"])
def test_the_sound_stays_as_it_was(sounds: Path, tmp_path: Path, suffix: str) -> None:
    assert decoded(tagged(sounds, tmp_path, suffix, TAGS)) == decoded(sounds / f"s.{suffix}")


@pytest.mark.parametrize("suffix", ["mp3", "opus"])
@pytest.mark.parametrize("title", NASTY_TITLES)
def test_nasty_titles_come_back_without_controls(sounds: Path, tmp_path: Path, suffix: str, title: str) -> None:
    chapters = tuple(Chapter(start_ms=index, end_ms=index + 1, title=title) for index in range(3))
    tags = dataclasses.replace(
        TAGS, title=title, show=title, author=title, comment=title, license=title, chapters=chapters
    )
    path = tagged(sounds, tmp_path, suffix, tags)
    if suffix == "mp3":
        frames: Any = ID3(path)
        texts = [str(frame) for frame in frames.values() if frame.FrameID[0] == "T"]
        texts += [str(chapter.sub_frames["TIT2"]) for chapter in frames.getall("CHAP")]
    else:
        comments: Any = OggOpus(path).tags
        texts = [value for name, value in comments if name != "METADATA_BLOCK_PICTURE"]
    assert sum(text == texts[0] for text in texts) >= 3
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for text in texts for char in text)
    assert len(probed(path)["chapters"]) == 3


def test_a_file_that_is_no_opus_is_told_in_french(tmp_path: Path) -> None:
    path = tmp_path / "faux.opus"
    path.write_bytes(b"ce n'est pas du son")
    with pytest.raises(PublishError, match=r"faux\.opus.*montage"):
        tag_opus(path, TAGS)


@pytest.mark.parametrize("tag", [tag_mp3, tag_opus])
def test_a_missing_file_is_told_in_french(tmp_path: Path, tag: Callable[[Path, Tags], None]) -> None:
    with pytest.raises(PublishError, match=r"absent.*n'existe pas"):
        tag(tmp_path / "absent", TAGS)


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
@pytest.mark.parametrize("suffix", ["mp3", "opus"])
def test_a_full_disk_is_told_in_french(sounds: Path, tmp_path: Path, suffix: str) -> None:
    import resource

    path = tmp_path / f"s.{suffix}"
    shutil.copy(sounds / f"s.{suffix}", path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, hard))
    try:
        with pytest.raises(DiskError, match="plus de place"):
            (tag_mp3 if suffix == "mp3" else tag_opus)(path, TAGS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_empty_fields_write_no_frame(sounds: Path, tmp_path: Path) -> None:
    bare = Tags(
        title="T", show="S", author="A", date=date(2026, 1, 2), season=1, number=1, language="xx", duration_s=12
    )
    tag: Any = ID3(tagged(sounds, tmp_path, "mp3", bare), translate=False)
    assert sorted(tag) == ["TALB", "TCON", "TDAT", "TIT2", "TLAN", "TPE1", "TPOS", "TRCK", "TYER"]
    comments: Any = OggOpus(tagged(sounds, tmp_path, "opus", bare)).tags
    assert {"comment", "license", "contact", "copyright"}.isdisjoint(name.lower() for name, _ in comments)
