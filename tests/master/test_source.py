from __future__ import annotations

import array
import threading
import wave
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.master import graphs
from bobine.master.edit import RATE, Segment, Stretch
from bobine.master.source import plain
from bobine.master.treatment.reading import read
from bobine.sound.conform import is_plain


def write_wav(path: Path, rate: int, samples: array.array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


@pytest.mark.parametrize("source", [0, 1, 47_999, 48_000, 123_457, 250_001])
def test_reading_a_stretch_is_exact_to_the_sample(tmp_path: Path, source: int) -> None:
    values = array.array("h", (v for n in range(6 * RATE) for v in (n % 32_000, -(n // 10) % 32_000)))
    write_wav(tmp_path / "r.wav", RATE, values)
    stretch = Stretch(source, 0, 4_321, opens=False, closes=False)
    sound = read(tmp_path / "r.wav", stretch, ())
    done = ffmpeg.run(graphs._arguments(sound.output("pipe:1", f="s16le", acodec="pcm_s16le")))
    assert done.output == values[source * 2 : (source + 4_321) * 2].tobytes()


def test_plain_sound_is_read_in_place_and_other_sound_from_a_copy(tmp_path: Path) -> None:
    write_wav(tmp_path / "plain.wav", RATE, array.array("h", [1000] * 2 * RATE))
    write_wav(tmp_path / "cd.wav", 44_100, array.array("h", [1000] * 2 * 44_100))
    cancel = threading.Event()
    assert plain(tmp_path / "plain.wav", tmp_path / "source.wav", cancel) == tmp_path / "plain.wav"
    made = plain(tmp_path / "cd.wav", tmp_path / "source.wav", cancel)
    assert made == tmp_path / "source.wav"
    assert is_plain(made)
    assert graphs.measure_source(made, Segment("a", 0, 0, 10, follows=False))
