from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import MarksError
from bobine.master.edit import GRID, RATE, Segment, edit_list, joins, sounds_of, stretches, to_rate
from bobine.master.pieces import JOIN, Join, Piece, file_position, joined, length, part, timeline
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, cuts_heard
from tests.master.edits import OTHER, as_run, cut, edited_shows, take

Show = tuple[AsRun, set[str], Edits]


def spans(piece: Piece) -> list[tuple[int, int]]:
    """The stretches of its file that a piece lets be heard."""
    if isinstance(piece.sound, Join):
        ends = (piece.sound.before, piece.sound.after)
        return [(end + piece.first, end + piece.first + piece.samples) for end in ends]
    return [(piece.first + piece.muted, piece.first + piece.samples)]


@given(edited_shows())
def test_no_sample_of_a_cut_or_of_a_left_out_item_is_heard(show: Show) -> None:
    run, left_out, edits = show
    rate = run.recording.rate
    silent = [(to_rate(a.start, rate), to_rate(a.end, rate)) for a in run.items if a.id in left_out or edits.take(a.id)]
    silent += [
        (to_rate(one.start, rate), to_rate(one.end, rate)) for a in run.items for one in cuts_heard(run, a, edits)
        if edits.take(a.id) is None
    ]  # fmt: skip
    for segment in edit_list(run, left_out, edits):
        # the segment before a replaced item ends on the grid, up to 60 ms after its mark
        slack = 0 if not edits.takes else GRID // 2
        for piece in segment.pieces:
            if piece.file:
                continue
            for first, last in spans(piece):
                for start, end in silent:
                    assert last <= start + slack or first >= end - slack


@given(edited_shows())
def test_the_podcast_is_as_long_as_what_is_kept_to_a_grid_step_a_run(show: Show) -> None:
    run, left_out, edits = show
    segments = edit_list(run, left_out, edits)
    position = 0
    for segment in segments:
        assert segment.start == position
        assert segment.samples == length(segment.pieces)
        assert segment.samples % GRID == 0
        position = segment.end
    assert [s.item for s in segments] == [a.id for a in run.items if a.id not in left_out]


@given(edited_shows())
def test_each_item_without_a_take_begins_within_60_ms_of_its_mark(show: Show) -> None:
    run, left_out, edits = show
    marks = {a.id: to_rate(a.start, run.recording.rate) for a in run.items}
    for segment in edit_list(run, left_out, edits):
        if edits.take(segment.item) is None:
            heard_from = segment.source + segment.pieces[0].muted
            assert abs(heard_from - marks[segment.item]) <= GRID / 2 + JOIN


@given(edited_shows())
def test_a_take_changes_no_segment_but_its_own(show: Show) -> None:
    run, left_out, edits = show
    own = Edits(cuts=tuple(one for one in edits.cuts if edits.take(one.item) is None))
    for one, other in zip(edit_list(run, left_out, own), edit_list(run, left_out, edits), strict=True):
        if edits.take(one.item) is None:
            assert one.pieces == other.pieces
        else:
            assert not other.follows
            assert {piece.file for piece in other.pieces} == {f"{other.item}.wav"}


@given(edited_shows())
def test_without_edits_the_list_is_the_same_as_ever(show: Show) -> None:
    run, left_out, _ = show
    assert edit_list(run, left_out, NO_EDITS) == edit_list(run, left_out)
    assert all(len(segment.pieces) == 1 for segment in edit_list(run, left_out))


@given(edited_shows(), st.data())
def test_stretches_cover_any_part_exactly_and_say_what_is_heard(show: Show, data: st.DataObject) -> None:
    segments = edit_list(*show)
    start = data.draw(st.integers(0, segments[-1].end - 1))
    end = data.draw(st.integers(start + 1, segments[-1].end))
    position = start
    for stretch in stretches(segments, start, end):
        assert stretch.start == position
        assert length(stretch.pieces) == stretch.samples
        for at in (0, stretch.samples // 2, stretch.samples - 1):
            (segment,) = [s for s in segments if s.start <= position + at < s.end]
            assert file_position(stretch.pieces, at) == file_position(segment.pieces, position + at - segment.start)
        position += stretch.samples
    assert position == end


@given(edited_shows())
def test_what_is_read_of_a_file_lies_in_what_is_asked_of_it(show: Show) -> None:
    segments = edit_list(*show)
    names = {*sounds_of(segments)}
    end = to_rate(show[0].recording.samples, show[0].recording.rate)
    most = dict.fromkeys(names, end) | {take.file: to_rate(take.end, take.rate) for take in show[2].takes}
    for segment in segments:
        for piece in segment.pieces:
            assert piece.samples > 0
            assert piece.file_sample >= 0
            assert all(0 <= first < last <= most[piece.file] for first, last in spans(piece))
    assert {join.sound for join in joins(segments)} <= names
    assert all(join.samples == JOIN for join in joins(segments))


CUTS = [
    ([(0, 100_000)], 200_000),
    ([(200_000, 300_000)], 200_000),
    ([(100_000, 150_000)], 250_000),
    ([(100_000, 150_000), (150_000, 200_000)], 200_000),
    ([(100_000, 150_000), (151_000, 200_000)], 200_000),
    ([(100_000, 150_000), (200_000, 250_000)], 200_000),
    ([(10, 20)], 299_980),
    ([], 300_000),
]


@pytest.mark.parametrize(("cuts", "kept"), CUTS)
def test_a_timeline_keeps_what_is_not_cut(cuts: list[tuple[int, int]], kept: int) -> None:
    line = timeline("", 0, 300_000, cuts)
    overlaps = sum(join.samples for piece in line.pieces if isinstance(join := piece.sound, Join))
    assert length(line.pieces) == kept - overlaps
    assert line.place(0) == 0
    assert line.place(300_000) == length(line.pieces)
    places = [line.place(sample) for sample in range(0, 300_001, 500)]
    assert places == sorted(places)


def test_parts_of_pieces_joined_again_are_the_pieces() -> None:
    pieces = (Piece("", 5, 100), Piece(Join("", 105, 500, 20), 0, 20), Piece("", 520, 300))
    for at in (1, 50, 99, 100, 101, 119, 120, 200, 419):
        assert joined(part(pieces, 0, at), part(pieces, at, 420)) == pieces
    muted = (Piece("", 0, 200, 50), Piece("", 300, 100))
    for at in (1, 49, 50, 51, 199, 200, 250):
        assert joined(part(muted, 0, at), part(muted, at, 300)) == muted or at < 50
    assert part(muted, 20, 40) == (Piece("", 20, 20, 20),)
    assert part(muted, 40, 60) == (Piece("", 40, 20, 10),)
    assert part(pieces, 110, 112) == (Piece(Join("", 105, 500, 20), 10, 2),)
    assert file_position(pieces, 110) == ("", 115)


def test_a_cut_makes_one_segment_of_three_pieces() -> None:
    run = as_run((0, 10 * RATE), (10 * RATE, 20 * RATE))
    one, other = edit_list(run, (), Edits(cuts=(cut("i0", 2 * RATE, 4 * RATE),)))
    join = Join("", 2 * RATE - JOIN, 4 * RATE, JOIN)
    assert one.pieces[:2] == (Piece("", 0, 2 * RATE - JOIN), Piece(join, 0, JOIN))
    assert one.pieces[2].first == 4 * RATE + JOIN
    assert other.follows
    assert other.edited == ()
    (stretch,) = stretches((one, other), 0, other.end)
    assert len(stretch.pieces) == 3


MISFITS = [
    Edits(cuts=(cut("i9", 0, 100),)),
    Edits(cuts=(cut("i0", 0, 11 * RATE),)),
    Edits(cuts=(cut("i1", 9 * RATE, 12 * RATE),)),
    Edits(cuts=(cut("i0", RATE, 2 * RATE, "c" * 64),)),
    Edits(takes=(take("i9", 4),)),
    Edits(takes=(take("i0", 4),), cuts=(cut("i0", 0, 9 * RATE, OTHER),)),
    Edits(cuts=(cut("i0", 0, 10 * RATE),)),
    Edits(takes=(take("i0", 0.3),)),
]


@pytest.mark.parametrize("edits", MISFITS)
def test_what_does_not_fit_is_refused_in_a_sentence(edits: Edits) -> None:
    with pytest.raises(MarksError, match=r"« i[09]|« i1"):
        edit_list(as_run((0, 10 * RATE), (10 * RATE, 20 * RATE)), (), edits)


@pytest.mark.parametrize("edits", MISFITS[1:2] + MISFITS[3:4] + MISFITS[6:])
def test_edits_of_a_left_out_item_stop_nothing(edits: Edits) -> None:
    (segment,) = edit_list(as_run((0, 10 * RATE), (10 * RATE, 20 * RATE)), {"i0"}, edits)
    before = 10 * RATE % GRID
    samples = (10 * RATE + before) // GRID * GRID
    whole = Piece("", 10 * RATE - before, samples, before)
    assert segment == Segment("i1", whole.first, 0, samples, follows=False, edited=(whole,))


def test_a_cut_of_the_recording_waits_while_its_item_has_a_take() -> None:
    run = as_run((0, 10 * RATE), (10 * RATE, 20 * RATE))
    own = cut("i0", RATE, 2 * RATE)
    edits = Edits(takes=(take("i0", 4, rate=RATE),), cuts=(own, cut("i0", RATE, 2 * RATE, OTHER)))
    assert edit_list(run, (), edits)[0].samples == (3 * RATE - JOIN) // GRID * GRID
    assert edit_list(run, (), Edits(cuts=(own,)))[0].samples // GRID == (9 * RATE - JOIN + GRID // 2) // GRID
