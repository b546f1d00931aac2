import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import MarksError
from bobine.master.edit import GRID, RATE, Segment, edit_list, stretches, to_rate
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording


def as_run(*bounds: tuple[int, int], rate: int = RATE) -> AsRun:
    recording = Recording(file="r.wav", rate=rate, channels=2, samples=10**9, sha256="0" * 64)
    items = tuple(AiredItem(id=f"i{n}", start=start, end=end) for n, (start, end) in enumerate(bounds))
    return AsRun(recording=recording, source=MarksSource.MARKS, items=items)


def heard_from(segment: Segment) -> int:
    """The first sample of the recording that is heard in a segment."""
    return segment.source + segment.pieces[0].muted


@st.composite
def airings(draw: st.DrawFn) -> tuple[AsRun, set[str]]:
    rate = draw(st.sampled_from([8_000, 44_100, 48_000, 192_000]))
    position, bounds = draw(st.integers(0, 10 * rate)), []
    for _ in range(draw(st.integers(1, 12))):
        length = draw(st.integers(rate, 30 * rate))
        bounds.append((position, position + length))
        position += length + draw(st.sampled_from([0, 0, 0, 1, rate // 3, 5 * rate]))
    left_out = {f"i{n}" for n in range(len(bounds)) if draw(st.booleans()) and n > 0}
    return as_run(*bounds, rate=rate), left_out


@given(airings())
def test_segments_fill_the_podcast_on_the_grid_in_order(airing: tuple[AsRun, set[str]]) -> None:
    run, left_out = airing
    segments = edit_list(run, left_out)
    assert [s.item for s in segments] == [a.id for a in run.items if a.id not in left_out]
    position = 0
    for segment in segments:
        assert segment.start == position
        assert segment.start % GRID == segment.samples % GRID == 0
        position = segment.end


@given(airings())
def test_no_sample_of_a_left_out_item_is_used(airing: tuple[AsRun, set[str]]) -> None:
    run, left_out = airing
    silent = [
        (to_rate(a.start, run.recording.rate), to_rate(a.end, run.recording.rate))
        for a in run.items
        if a.id in left_out
    ]
    for segment in edit_list(run, left_out):
        for start, end in silent:
            assert segment.source + segment.samples <= start or heard_from(segment) >= end


@given(airings())
def test_each_item_starts_within_60_ms_of_its_mark(airing: tuple[AsRun, set[str]]) -> None:
    run, left_out = airing
    marks = {a.id: to_rate(a.start, run.recording.rate) for a in run.items}
    for segment in edit_list(run, left_out):
        assert abs(heard_from(segment) - marks[segment.item]) <= GRID / 2


@given(airings(), st.data())
def test_an_item_that_is_left_out_leaves_all_but_its_neighbours_as_they_are(
    airing: tuple[AsRun, set[str]], data: st.DataObject
) -> None:
    run, left_out = airing
    before = edit_list(run, left_out)
    gone = data.draw(st.sampled_from([segment.item for segment in before]))
    if len(before) == 1:
        return
    after = {segment.item: segment.pieces for segment in edit_list(run, {*left_out, gone})}
    place = [segment.item for segment in before].index(gone)
    for n, segment in enumerate(before):
        if abs(n - place) > 1:
            assert after[segment.item] == segment.pieces


@given(airings())
def test_silence_before_a_run_is_under_a_grid_step(airing: tuple[AsRun, set[str]]) -> None:
    for segment in edit_list(*airing):
        assert segment.source % GRID == 0
        assert [piece.muted for piece in segment.pieces[1:]] == [0] * (len(segment.pieces) - 1)
        assert segment.pieces[0].muted < GRID
        assert not (segment.follows and segment.pieces[0].muted)


@given(airings(), st.data())
def test_stretches_cover_any_part_of_the_podcast_exactly(airing: tuple[AsRun, set[str]], data: st.DataObject) -> None:
    segments = edit_list(*airing)
    total = segments[-1].end
    start = data.draw(st.integers(0, total - 1))
    end = data.draw(st.integers(start + 1, total))
    position = start
    for stretch in stretches(segments, start, end):
        assert stretch.start == position
        position += stretch.samples
    assert position == end


def test_an_uncut_run_is_one_stretch_and_a_cut_makes_two() -> None:
    bounds = [(0, 10 * RATE), (10 * RATE, 20 * RATE), (20 * RATE, 30 * RATE)]
    assert len(stretches(edit_list(as_run(*bounds), ()), 0, 30 * RATE)) == 1
    cut = edit_list(as_run(*bounds), {"i1"})
    first, second = stretches(cut, 0, cut[-1].end)
    assert (first.opens, first.closes, second.opens, second.closes) == (True, True, True, True)
    assert second.pieces[0].first + second.pieces[0].muted == 20 * RATE
    assert second.pieces[0].first % GRID == 0


def test_sound_between_two_kept_items_is_kept_and_beside_a_left_out_one_is_not() -> None:
    bounds = [(0, 10 * RATE), (12 * RATE, 20 * RATE), (22 * RATE, 30 * RATE)]
    assert edit_list(as_run(*bounds), ())[-1].end == 30 * RATE
    assert edit_list(as_run(*bounds), {"i1"})[0] == Segment("i0", 0, 0, 10 * RATE // GRID * GRID, follows=False)


def test_positions_are_rescaled_to_the_nearest_sample() -> None:
    assert to_rate(44_100, 44_100) == RATE
    assert to_rate(1, 96_000) == 1
    assert to_rate(1, 192_000) == 0


def test_a_slip_of_the_finger_is_refused() -> None:
    with pytest.raises(MarksError, match="i1"):
        edit_list(as_run((0, RATE * 5), (RATE * 5, RATE * 5 + 4_000)), ())


def test_nothing_left_is_refused() -> None:
    with pytest.raises(MarksError, match="aucun élément"):
        edit_list(as_run((0, RATE * 5)), {"i0"})
