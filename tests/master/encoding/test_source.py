from __future__ import annotations

import array
import threading
import wave
from pathlib import Path

import ffmpeg as graph
import pytest

from bobine import ffmpeg
from bobine.master.edit import RATE
from bobine.master.encoding import graphs
from bobine.master.encoding.inputs import Inputs
from bobine.master.pieces import Piece
from bobine.master.source import plain
from bobine.sound.conform import is_plain

pytestmark = pytest.mark.integration


def write_wav(path: Path, rate: int, samples: array.array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


@pytest.mark.parametrize("source", [0, 1, 47_999, 48_000, 123_457, 250_001])
def test_reading_a_stretch_is_exact_to_the_sample(tmp_path: Path, source: int) -> None:
    values = array.array("h", (v for n in range(6 * RATE) for v in (n % 32_000, -(n // 10) % 32_000)))
    write_wav(tmp_path / "r.wav", RATE, values)
    sound = Inputs({"": tmp_path / "r.wav"}).read((Piece("", source, 4_321),))
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
    assert graphs.samples({"": made}, (Piece("", 0, 10),))


def test_pieces_that_begin_in_one_second_are_each_exact(tmp_path: Path) -> None:
    values = array.array("h", (v for n in range(3 * RATE) for v in (n % 32_000, -(n // 10) % 32_000)))
    write_wav(tmp_path / "r.wav", RATE, values)
    spans = [(48_000, 300), (48_400, 5_000), (70_000, 1), (95_999, 20_000), (10, 60_000), (47_000, 2_000)]
    pieces = tuple(Piece("", first, samples) for first, samples in spans)
    inputs = Inputs({"": tmp_path / "r.wav"})
    sound = graph.concat(inputs.read(pieces[:4]), inputs.read(pieces[4:]), v=0, a=1)
    done = ffmpeg.run(graphs._arguments(sound.output("pipe:1", f="s16le", acodec="pcm_s16le")))
    assert done.output == b"".join(values[first * 2 : (first + samples) * 2].tobytes() for first, samples in spans)
