"""Marks inside sound files: chunks of a WAV as recorders and editors write them, chapters of every container."""

from __future__ import annotations

import io
import struct
from datetime import date
from pathlib import Path

import mutagen
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import CHAP, ID3, TIT2

from bobine import ffmpeg
from bobine.air.marks.fitting import Mark
from bobine.air.marks.formats.wav import parse_wav
from bobine.air.marks.formats.written import Faults
from bobine.air.marks.inside import marks_inside, wav_chunks
from bobine.errors import MarksError
from bobine.model.published.release import Chapter
from bobine.publish.tags import Tags, tag_mp3
from bobine.sound.joining import FileSpan
from tests.air.marks.files import FMT, RATE, SOUND, TITLES, WAVS, bext, chunk, cue, encoded, labels, riff
from tests.inputs import made

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("name", WAVS)
def test_marks_of_a_wav(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(WAVS[name])
    found = marks_inside([FileSpan(path, 0, 0)], RATE, 6 * RATE, ())
    assert found is not None
    assert [(mark.title, mark.start, mark.end) for mark in found.marks] == [
        ("Générique", 0, 16_000), ("Accueil", 16_000, 48_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        riff(chunk(b"fmt ", FMT), SOUND),
        riff(chunk(b"fmt ", FMT), bext(12_345), SOUND),
        riff(SOUND, cue(0, 5)),
        riff(chunk(b"fmt ", FMT), SOUND, chunk(b"cue ", struct.pack("<I", 2**32 - 1))),
        riff(chunk(b"fmt ", FMT), SOUND, chunk(b"cue ", b"\1\0\0\0" + bytes(10), 2**31)),
        riff(chunk(b"fmt ", FMT), chunk(b"iXML", b"<SYNC_POINT>" * 1000), SOUND),
    ],
)
def test_a_wav_without_marks_has_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    assert marks_inside([FileSpan(path, 0, 0)], RATE, 6 * RATE, ()) is None


def test_marks_that_are_not_of_this_sound_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(riff(chunk(b"fmt ", FMT), SOUND, cue(0, 2**32 - 1, 2**31), labels(*TITLES, b"c")))
    with pytest.raises(MarksError, match="après la fin"):
        marks_inside([FileSpan(path, 0, 0)], RATE, 6 * RATE, ())


@given(st.sampled_from(sorted(WAVS)), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=6)), max_size=5))
def test_any_chunks_give_marks(name: str, edits: list[tuple[int, bytes]]) -> None:
    content = bytearray(WAVS[name].replace(SOUND, chunk(b"data", bytes(8))))
    for at, new in edits:
        content[at : at + len(new)] = new
    marks = parse_wav(wav_chunks(io.BytesIO(bytes(content))), Faults("a.wav"))
    assert all(mark.start >= 0 for mark in marks)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp3", ()),
        ("a.m4a", ()),
        ("nero.mp4", ()),
        ("quicktime.mp4", ("-movflags", "disable_chpl")),
        ("a.mov", ()),
        ("a.mka", ()),
        ("a.mkv", ("-c:a", "flac")),
        ("a.webm", ()),
        ("a.opus", ()),
    ],
)
def test_chapters_of_containers(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    found = marks_inside([FileSpan(encoded(tmp_path / name, *options), 0, 0)], 48_000, 6 * 48_000, ())
    assert found is not None
    assert found.marks == (Mark("Générique", 0, 112_560), Mark("Accueil, sommaire", 112_560, 288_000))


@pytest.mark.parametrize("name", ["a.ogg", "a.flac", "a.opus"])
@pytest.mark.parametrize("number", ["CHAPTER{:02d}", "CHAPTER{:03d}"])
def test_chapters_in_comments(name: str, number: str, tmp_path: Path) -> None:
    path = tmp_path / name
    options = ["-c:a", "libvorbis"] if name == "a.ogg" else []
    ffmpeg.run([*made("sine=d=6:r=48000"), *options, ffmpeg.local_file(path)])
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for at, (start, title) in enumerate((("00:00:00.000", "Générique"), ("00:00:02.345", "Accueil")), 1):
        file.tags[number.format(at)] = start
        file.tags[f"{number.format(at)}NAME"] = title
    file.save()
    found = marks_inside([FileSpan(path, 0, 0)], 48_000, 6 * 48_000, ())
    assert found is not None
    assert found.marks == (Mark("Générique", 0, 112_560), Mark("Accueil", 112_560, 288_000))


def test_no_chapters_and_no_sound_are_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    ffmpeg.run([*made("sine=d=1"), ffmpeg.local_file(path)])
    assert marks_inside([FileSpan(path, 0, 0)], 44_100, 44_100, ()) is None
    path.write_bytes(b"bonjour" * 1000)
    assert marks_inside([FileSpan(path, 0, 0)], 44_100, 44_100, ()) is None
    assert marks_inside([FileSpan(tmp_path / "absent.mp3", 0, 0)], 44_100, 44_100, ()) is None


def test_our_own_podcast_gives_its_chapters_back(tmp_path: Path) -> None:
    path = tmp_path / "podcast.mp3"
    ffmpeg.run([*made("sine=d=6:r=48000"), ffmpeg.local_file(path)])
    chapters = (
        Chapter(start_ms=0, end_ms=2345, title="Générique"),
        Chapter(start_ms=2345, end_ms=6000, title="« Éé »"),
    )
    tag_mp3(
        path,
        Tags(
            title="T",
            show="S",
            author="A",
            date=date(2026, 1, 2),
            season=1,
            number=1,
            language="fr",
            chapters=chapters,
            duration_s=6,
        ),
    )
    found = marks_inside([FileSpan(path, 0, 0)], 48_000, 6 * 48_000, ())
    assert found is not None
    assert found.marks == (Mark("Générique", 0, 112_560), Mark("« Éé »", 112_560, 288_000))


@pytest.mark.parametrize("name", [b"id3 ", b"ID3 "])
def test_chapters_in_the_tag_of_a_wav_are_found(tmp_path: Path, name: bytes) -> None:
    tag = ID3()
    for at, title in enumerate(["Accueil", "Entretien"]):
        words = [TIT2(text=[title])]
        tag.add(CHAP(element_id=f"c{at}", start_time=2000 * at, end_time=2000 * at + 2000, sub_frames=words))
    written = io.BytesIO()
    tag.save(written, v2_version=3)
    path = tmp_path / "a.wav"
    path.write_bytes(riff(chunk(b"fmt ", FMT), SOUND, chunk(name, written.getvalue())))
    found = marks_inside([FileSpan(path, 0, 0)], RATE, 6 * RATE, ())
    assert found is not None
    assert [mark.title for mark in found.marks] == ["Accueil", "Entretien"]
