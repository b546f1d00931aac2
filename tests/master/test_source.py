from __future__ import annotations

import array
import wave
from pathlib import Path

import ffmpeg as graph
import pytest

from bobine import ffmpeg
from bobine.master import graphs
from bobine.master.edit import RATE, Segment
from bobine.master.inputs import Inputs
from bobine.master.pieces import Piece
from bobine.master.source import is_pcm_wav


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


def test_only_48_khz_pcm_is_read_in_place(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", RATE, array.array("h", [0] * 96))
    write_wav(tmp_path / "b.wav", 44_100, array.array("h", [0] * 96))
    (tmp_path / "c.wav").write_bytes(b"RIFF\0\0\0\0WAVEfmt ")
    (tmp_path / "d.wav").write_bytes(b"not a wave file at all")
    (tmp_path / "e.wav").write_bytes(b"")
    assert [is_pcm_wav(tmp_path / f"{name}.wav") for name in "abcde"] == [True, False, False, False, False]


def test_any_recording_is_brought_to_48_khz_stereo(tmp_path: Path) -> None:
    write_wav(tmp_path / "cd.wav", 44_100, array.array("h", [1000] * 2 * 44_100))
    ffmpeg.run(graphs.conform(tmp_path / "cd.wav", RATE, tmp_path / "out.wav"))
    assert is_pcm_wav(tmp_path / "out.wav")
    assert graphs.measure_source({"": tmp_path / "out.wav"}, Segment("a", 0, 0, 10, follows=False))


def test_pieces_that_begin_in_one_second_are_each_exact(tmp_path: Path) -> None:
    values = array.array("h", (v for n in range(3 * RATE) for v in (n % 32_000, -(n // 10) % 32_000)))
    write_wav(tmp_path / "r.wav", RATE, values)
    spans = [(48_000, 300), (48_400, 5_000), (70_000, 1), (95_999, 20_000), (10, 60_000), (47_000, 2_000)]
    pieces = tuple(Piece("", first, samples) for first, samples in spans)
    inputs = Inputs({"": tmp_path / "r.wav"})
    sound = graph.concat(inputs.read(pieces[:4]), inputs.read(pieces[4:]), v=0, a=1)
    done = ffmpeg.run(graphs._arguments(sound.output("pipe:1", f="s16le", acodec="pcm_s16le")))
    assert done.output == b"".join(values[first * 2 : (first + samples) * 2].tobytes() for first, samples in spans)
