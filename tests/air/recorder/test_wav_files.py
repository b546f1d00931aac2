"""The growing WAV: right at every instant, beyond 4 GiB, and after a crash."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import pytest

from bobine.air.recorder.wav import HEADER_SIZE, GrowingWav, header, layout
from bobine.errors import SoundError
from tests.disks import small_disk


def test_what_was_written_is_counted_once_it_is_synced(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    wav = GrowingWav(path, 48000, 2)
    wav.append(bytes(range(200)) * 4)
    with wave.open(str(path)) as stream:
        assert stream.getnframes() == 0
    wav.sync()
    wav.append(b"abcd")
    with wave.open(str(path)) as stream:
        assert stream.getparams()[:4] == (2, 2, 48000, 200)
        assert stream.readframes(999) == bytes(range(200)) * 4
    wav.close()
    with wave.open(str(path)) as stream:
        assert stream.getnframes() == 201


@pytest.mark.parametrize("torn", [0, 1, 3])
def test_after_a_crash_the_bytes_are_believed(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(header(48000, 2, 7) + bytes(range(1, 101)) + bytes(torn))
    wav = GrowingWav(path, 48000, 2)
    assert wav.samples == 25
    wav.append(b"wxyz")
    wav.pad(30)
    wav.append(b"WXYZ")
    wav.close()
    with wave.open(str(path)) as stream:
        assert stream.readframes(99) == bytes(range(1, 101)) + b"wxyz" + bytes(16) + b"WXYZ"


def test_a_header_that_a_crash_cut_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(header(48000, 2, 0)[:50])
    GrowingWav(path, 48000, 2).close()
    assert layout(path) == (48000, 2, 0)


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"not a recording" * 20)
    with pytest.raises(SoundError):
        GrowingWav(path, 48000, 2)
    GrowingWav(tmp_path / "b.wav", 44100, 2).close()
    with pytest.raises(SoundError):
        GrowingWav(tmp_path / "b.wav", 48000, 2)
    assert path.read_bytes() == b"not a recording" * 20
    assert layout(path) is None
    assert layout(tmp_path / "absent.wav") is None


def test_beyond_four_gib_it_becomes_rf64(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    wav = GrowingWav(path, 48000, 2)
    last = (0xFFFFFFFF - HEADER_SIZE + 8) // 4
    wav.pad(last)
    wav.sync()
    with path.open("rb") as stream:
        assert stream.read(4) == b"RIFF"
    wav.pad(last + 48000 * 60)
    wav.append(b"\x01\x02\x03\x04")
    wav.close()
    with path.open("rb") as stream:
        assert stream.read(4) == b"RF64"
    assert layout(path) == (48000, 2, last + 48000 * 60 + 1)
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=duration_ts", "-of", "csv=p=0", str(path)]
    assert int(subprocess.run(command, capture_output=True, text=True).stdout) == last + 48000 * 60 + 1


def test_a_full_disk_leaves_whole_frames(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 1) as small:
        wav = GrowingWav(small / "a.wav", 48000, 2)
        with pytest.raises(OSError, match="No space"):
            wav.append(bytes(range(250)) * 10_000)
        kept = wav.samples
        assert kept > 200_000
        wav.close()
        with wave.open(str(small / "a.wav")) as stream:
            assert stream.getnframes() == kept
