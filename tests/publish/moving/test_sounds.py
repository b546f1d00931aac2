"""Audio files that come from elsewhere: told by what they hold, whatever their name and type say."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.publish.moving.sounds import look
from tests.publish.moving.host import mp3

FORMS = {"m4a": ("aac", "ipod"), "opus": ("libopus", "ogg"), "ogg": ("libvorbis", "ogg"), "flac": ("flac", "flac"),
         "aac": ("aac", "adts")}  # fmt: skip


def test_an_mp3_is_told_by_its_frames(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(mp3("a", 200))
    heard = look(path, "audio/x-m4a")
    assert heard is not None
    assert (heard.suffix, heard.kbps) == ("mp3", 128)
    assert heard.duration_s == pytest.approx(200 * 1152 / 44_100, abs=0.1)


def test_a_wav(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "x"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(16_000))
    heard = look(tmp_path / "x")
    assert heard is not None
    assert (heard.suffix, heard.duration_s, heard.kbps) == ("wav", 1, 128)


@pytest.mark.parametrize("suffix", FORMS)
def test_the_other_forms_of_podcasts(tmp_path: Path, suffix: str) -> None:
    codec, form = FORMS[suffix]
    source = ["-f", "lavfi", "-i", "sine=duration=2", "-ac", "2", "-strict", "-2"]
    command = [ffmpeg.find().path, "-v", "error", "-y", *source, "-c:a", codec, "-f", form, str(tmp_path / "x")]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip(f"this ffmpeg has no {codec}")
    heard = look(tmp_path / "x", "audio/mpeg")
    assert heard is not None
    assert heard.suffix == suffix
    assert heard.duration_s == pytest.approx(2, abs=0.1)
    if suffix == "m4a":
        assert getattr(look(tmp_path / "x", "video/mp4"), "suffix", "") == "mp4"


@pytest.mark.boundary
@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><html>Connexion</html>", b'{"error": 404}', b"ID3" + bytes(2000), bytes(5000),
     b"\0\0\0\x20ftypM4A " + bytes(300), b"OggS" + bytes(300), b"fLaC" + bytes(300), b"RIFF\0\0\0\0WAVE",
     b"\xff\xf1" + bytes(300), mp3("a", 1)[:300], b"\x89PNG\r\n\x1a\n" + bytes(100)],
)  # fmt: skip
def test_what_is_no_sound_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    assert look(tmp_path / "x", "audio/mpeg") is None
    assert look(tmp_path / "absent") is None
