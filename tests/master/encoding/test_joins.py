"""Segments encoded apart and joined are what one encoder would have made of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.master.edit import GRID, RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Codec, Mp3, Opus
from bobine.master.levelling.curves import Point
from bobine.master.levelling.levels import Level
from tests.inputs import fed, made, read
from tests.master.levelling.ebur128 import PRINTED, printed

NEUTRAL = Level(0.0, -0.1)
SECONDS = 12


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds that never repeat: a sweep, vibrato and noise that comes and goes."""
    path = tmp_path_factory.mktemp("sound") / "r.wav"
    sound = (
        "aevalsrc='0.2*sin(2*PI*(200+40*t)*t)+0.1*sin(2*PI*1500*t+3*sin(2*PI*5*t))"
        "+0.1*(random(0)-0.5)*(1+sin(2*PI*t))|0.2*sin(2*PI*(300+50*t)*t)+0.1*(random(1)-0.5)':s=48000"
    )
    ffmpeg.run([*made(sound), "-t", str(SECONDS), "-c:a", "pcm_s16le", str(path)])
    return path


def encode_joined(recording: Path, lengths: list[int], codec: Codec) -> list[bytes]:
    segments, start = [], 0
    for n, length in enumerate(lengths):
        segments.append(Segment(f"i{n}", start, start, length, n > 0))
        start += length
    frames: list[bytes] = []
    for n, segment in enumerate(segments):
        arguments, skip = graphs.encode({"": recording}, tuple(segments), [NEUTRAL] * len(segments), n, codec)
        found = codec.split(ffmpeg.run(arguments).output)
        is_last = n + 1 == len(segments)
        frames += found[skip : None if is_last else skip + segment.samples // codec.frame]
    return frames


@pytest.mark.slow
def test_joined_mp3_is_the_whole_mp3_byte_for_byte(recording: Path) -> None:
    whole = encode_joined(recording, [90 * GRID], Mp3(128, -1.0))
    joined = encode_joined(recording, [30 * GRID, 7 * GRID, 53 * GRID], Mp3(128, -1.0))
    assert joined == whole
    assert {len(frame) for frame in whole} == {384}


def residual(recording: Path, encoded: Path) -> tuple[float, ...]:
    """Loudness of what an encoding adds to and takes from the sound, block by block, LUFS."""
    graph = "[0:a][1:a]amerge=inputs=2,pan=stereo|c0=c0-c2|c1=c1-c3,"
    return printed([*read(recording), *read(encoded), "-filter_complex", graph + PRINTED, "-f", "null", "-"]).momentary


@pytest.mark.slow
def test_joined_opus_is_as_near_the_sound_as_the_whole_is(recording: Path, tmp_path: Path) -> None:
    codec = Opus(48, -1.0)
    total = 90 * GRID
    paths = {"whole": [total], "joined": [30 * GRID, 7 * GRID, 53 * GRID]}
    for name, lengths in paths.items():
        frames = encode_joined(recording, lengths, codec)
        (tmp_path / name).write_bytes(b"".join(codec.wrap(frames, len(frames), total)))
    whole, joined = (residual(recording, tmp_path / name) for name in paths)
    assert len(whole) == len(joined)
    assert max(one - other for one, other in zip(joined, whole, strict=True)) < 2.0


@pytest.mark.slow
@pytest.mark.parametrize("codec", [Mp3(128, -1.0), Opus(48, -1.0)], ids=["mp3", "opus"])
def test_decoded_sound_stands_where_the_codec_says(recording: Path, tmp_path: Path, codec: Codec) -> None:
    """A click at a known sample comes back ``delay`` samples later."""
    click = 5 * RATE
    sound = f"aevalsrc='0.5*eq(n,{click})|0.5*eq(n,{click})':s=48000"
    path = tmp_path / "click.wav"
    ffmpeg.run([*made(sound), "-t", "10", "-c:a", "pcm_s16le", str(path)])
    frames = encode_joined(path, [40 * GRID, 40 * GRID], codec)
    data = b"".join(codec.wrap(frames, len(frames), 80 * GRID))
    raw = ffmpeg.run([*fed(codec.container), "-f", "f32le", "-ac", "1", "pipe:1"], feed=data).output
    samples = memoryview(raw).cast("f")
    loudest = max(range(len(samples)), key=lambda n: abs(samples[n]))
    assert abs(loudest - click - codec.delay) <= 2


@pytest.mark.slow
def test_what_is_encoded_and_measured_side_by_side_is_what_it_is_alone(recording: Path, tmp_path: Path) -> None:
    lengths, segments, start = [11 * GRID, 5 * GRID, 40 * GRID], [], 0
    for n, length in enumerate(lengths):
        segments.append(Segment(f"i{n}", start + 100, start, length, n != 2))
        start += length
    curve = tuple(Point(0.4 * n, n % 3 - 1.0) for n in range(8))
    levels = [Level(2.0 * n - 3, -6.0, curve) for n in range(3)]
    codecs: tuple[Codec, ...] = (Mp3(128, -1.0), Opus(48, -1.0))
    wanted = [
        graphs.Encoding(n, levels, codec, ffmpeg.local_file(tmp_path / f"{codec.format.value}-{n}"))
        for codec in codecs
        for n in range(3)
    ]
    ffmpeg.run(graphs.encode_all({"": recording}, tuple(segments), wanted))
    streams = []
    for one in wanted:
        path = Path(one.target.removeprefix("file:"))
        alone, _ = graphs.encode({"": recording}, tuple(segments), levels, one.index, one.codec)
        assert path.read_bytes() == ffmpeg.run(alone).output
        streams.append(graphs.Stream(path, one.codec, 1_200, 100_000))
    together = ffmpeg.run(graphs.decode(streams)).output
    assert together == b"".join(ffmpeg.run(graphs.decode([stream])).output for stream in streams)
    assert len(together) == 8 * 100_000 * len(streams)
