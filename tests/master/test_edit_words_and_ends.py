"""The edit list at its edges: what is half a second long, where stretches open and close, and what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bobine.errors import MarksError
from bobine.master.edit import GRID, RATE, SHORTEST, edit_list, stretches
from bobine.master.pieces import RECORDING
from bobine.model.aired.edits import Edits
from tests.master.edits import OTHER, as_run, cut, take

TEN = (0, 10 * RATE)
THREE = [TEN, (10 * RATE, 20 * RATE), (20 * RATE, 30 * RATE)]


def test_a_second_of_a_segment_is_found_in_its_file() -> None:
    (first, second) = edit_list(as_run(TEN, (10 * RATE, 20 * RATE)), (), Edits(takes=(take("i1", 4, start=44_100),)))
    assert first.file_position(2.5) == (RECORDING, 2.5)
    file, second_s = second.file_position(1.25)
    assert file == "i1.wav"
    assert second_s == pytest.approx(2.25, abs=1e-3)


def test_half_a_second_is_an_item_and_less_is_none() -> None:
    steps = -(-SHORTEST // GRID) * GRID
    (segment,) = edit_list(as_run((0, steps)), ())
    assert segment.samples == steps
    assert SHORTEST % GRID, "no item can last exactly the shortest length: its bounds lie on the grid"


def said(*, takes: Edits) -> str:
    with pytest.raises(MarksError) as caught:
        edit_list(as_run(*THREE), (), takes)
    return str(caught.value)


def test_what_became_too_short_is_said_with_what_to_do() -> None:
    assert said(takes=Edits(takes=(take("i1", 0.3),))) == (
        "Le son qui remplace celui de « i1 » dure moins d'une demi-seconde : prenez-en un autre."
    )
    assert said(takes=Edits(cuts=(cut("i1", 10 * RATE + 100, 20 * RATE - 100),))) == (
        "Les coupes de « i1 » n'en laissent pas une demi-seconde : rendez-en une (bobine couper), ou écartez l'élément "
        'du podcast (podcast = "cut").'
    )
    with pytest.raises(MarksError) as caught:
        edit_list(as_run(TEN, (10 * RATE, 10 * RATE + 4_000)), ())
    assert str(caught.value) == (
        "L'élément « i1 » dure moins d'une demi-seconde : corrigez ses repères, ou retirez-les."
    )


def test_edits_that_do_not_fit_are_listed_a_line_each() -> None:
    wrong = Edits(cuts=(cut("i0", 100, 20_000, OTHER), cut("i1", 10 * RATE + 100, 10 * RATE + 20_000, OTHER)))
    lines = said(takes=wrong).split("\n")
    assert lines[0] == (
        "Ce qui est coupé ou remplacé ne va pas avec l'enregistrement : voyez « bobine couper ÉMISSION », puis "
        "rendez ces coupes (--rendre) et refaites-les."
    )
    assert [line.endswith(".") for line in lines[1:]] == [True, True]
    assert "i0" in lines[1]
    assert "i1" in lines[2]


def test_nothing_left_is_said() -> None:
    with pytest.raises(MarksError) as caught:
        edit_list(as_run(TEN), {"i0"})
    assert str(caught.value) == (
        "Il ne reste aucun élément à monter : tous sont écartés du podcast, ou aucun n'a de repères."
    )


def test_stretches_open_and_close_where_the_podcast_goes_elsewhere() -> None:
    segments = edit_list(as_run(*THREE), (), Edits(takes=(take("i2", 6),)))
    first, second, third = segments
    whole = stretches(segments, 0, third.end)
    assert [(one.start, one.samples, one.opens, one.closes) for one in whole] == [
        (0, second.end, True, True),
        (third.start, third.samples, True, True),
    ]
    middle = stretches(segments, GRID, second.end - GRID)
    assert [(one.start, one.samples, one.opens, one.closes) for one in middle] == [
        (GRID, second.end - 2 * GRID, False, False)
    ]
    (only,) = stretches(segments, 0, first.end)
    assert (only.opens, only.closes) == (True, False)
    (inside,) = stretches(segments, GRID, 2 * GRID)
    assert (inside.opens, inside.closes) == (False, False)
    (from_the_second,) = stretches(segments, second.start, second.end)
    assert (from_the_second.opens, from_the_second.closes) == (False, True)
    assert stretches(segments, third.end, third.end + GRID) == ()


def test_a_cut_of_the_recording_waits_while_its_item_has_a_take() -> None:
    edits = Edits(takes=(take("i1", 6),), cuts=(cut("i1", 11 * RATE, 13 * RATE),))
    without = replace(edits, cuts=())
    assert edit_list(as_run(*THREE), (), edits) == edit_list(as_run(*THREE), (), without)


def test_a_cut_in_a_take_shortens_the_take_and_nothing_else() -> None:
    edits = Edits(takes=(take("i1", 6),), cuts=(cut("i1", 44_100, 2 * 44_100, OTHER, rate=44_100),))
    first, second, third = edit_list(as_run(*THREE), (), edits)
    plain = edit_list(as_run(*THREE), (), replace(edits, cuts=()))
    assert second.samples == pytest.approx(5 * RATE, abs=2 * GRID)
    assert first == plain[0]
    assert third == replace(plain[2], start=third.start)
