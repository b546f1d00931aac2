import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bobine.master.edit import GRID, RATE, Segment, stretches
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Mp3
from bobine.master.levelling.levels import Level
from bobine.master.pieces import Piece


def run_of(count: int, seconds: int = 6) -> tuple[Segment, ...]:
    samples = seconds * RATE // GRID * GRID
    return tuple(Segment(f"i{n}", 1000 + n * samples, n * samples, samples, n > 0) for n in range(count))


def gain_at(expression: str, t: float) -> float:
    """What ffmpeg makes of a volume expression, in dB."""
    if expression.endswith("dB"):
        return float(expression[:-2])
    names = {"pow": pow, "when": lambda test, yes, no: yes if test else no, "lt": lambda a, b: a < b, "t": t}
    value = eval(expression.replace("if(", "when("), names)
    return 20 * math.log10(value)


@given(st.lists(st.floats(-12, 24), min_size=2, max_size=6), st.data())
def test_a_ramp_never_raises_an_item_above_its_own_gain(gains: list[float], data: st.DataObject) -> None:
    segments = run_of(len(gains))
    levels = [Level(gain, -2.0) for gain in gains]
    start = data.draw(st.integers(0, segments[-1].end - RATE))
    end = data.draw(st.integers(start + RATE // 2, segments[-1].end))
    for stretch in stretches(segments, start, end):
        expression = graphs.envelope(segments, levels, stretch)
        for k in range(41):
            position = stretch.start + stretch.samples * k // 40
            (index,) = [n for n, s in enumerate(segments) if s.start <= min(position, segments[-1].end - 1) < s.end]
            found = gain_at(expression, (position - stretch.start) / RATE)
            assert found <= gains[index] + 0.02
            middle = segments[index].start + graphs.RAMP < position < segments[index].end - graphs.RAMP
            if middle:
                assert abs(found - gains[index]) < 0.02


@given(st.lists(st.floats(-12, 24), min_size=3, max_size=6), st.data())
def test_two_views_of_the_same_sound_have_the_same_gain(gains: list[float], data: st.DataObject) -> None:
    segments = run_of(len(gains))
    levels = [Level(gain, -2.0) for gain in gains]
    (whole,) = stretches(segments, 0, segments[-1].end)
    start = data.draw(st.integers(0, segments[-1].end - RATE))
    (part,) = stretches(segments, start, min(start + 3 * RATE, segments[-1].end))
    for k in range(21):
        position = part.start + part.samples * k // 20
        one = gain_at(graphs.envelope(segments, levels, whole), position / RATE)
        other = gain_at(graphs.envelope(segments, levels, part), (position - part.start) / RATE)
        assert abs(one - other) < 0.02


def test_across_a_cut_nothing_is_ramped() -> None:
    one, two = run_of(2)
    cut = (one, Segment("i1", 99 * RATE, two.start, two.samples, follows=False))
    for stretch, gain in zip(stretches(cut, 0, cut[-1].end), ("5.000dB", "-3.000dB"), strict=True):
        assert graphs.envelope(cut, [Level(5.0, -2), Level(-3.0, -2)], stretch) == gain


def test_the_encoding_graph_is_this_one_exactly(tmp_path: Path) -> None:
    recording = tmp_path / "-i 'odd; name.wav"
    levels = [Level(6.0, -2.0), Level(-3.0, -1.6)]
    arguments, skip = graphs.encode({"": recording}, run_of(2), levels, 1, Mp3(128, -1.0))
    assert skip == 32
    golden = (Path(__file__).parent / "golden" / "encode.txt").read_text(encoding="utf-8").splitlines()
    assert [argument.replace(str(tmp_path), "TMP") for argument in arguments] == golden


def test_a_stretch_is_sought_to_a_second_and_counted_from_there() -> None:
    arguments = graphs.samples({"": Path("/r.wav")}, (Piece("", 3 * RATE + 7, 100),))
    assert arguments[arguments.index("-ss") + 1] == "3"
    assert "start_sample=7" in arguments[arguments.index("-filter_complex") + 1]


def test_two_stretches_of_one_second_are_read_side_by_side(tmp_path: Path) -> None:
    one = Segment("a", 0, 0, RATE * 9 // 5 // GRID * GRID, follows=False)
    two = Segment("b", one.samples + RATE // 20, one.end, 5 * GRID, follows=False)
    levels = [Level(0.0, -2.0), Level(0.0, -2.0)]
    arguments, _ = graphs.encode({"": tmp_path / "r.wav"}, (one, two), levels, 1, Mp3(128, -1.0))
    assert "concat" in arguments[arguments.index("-filter_complex") + 1]
