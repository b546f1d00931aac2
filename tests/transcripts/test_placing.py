"""A transcript follows its sound: what is cut or withdrawn takes its words along, and the rest moves with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from bobine.evening.transcripts.placing import anchored, heard_stretches, placed, without_item
from bobine.master.edit import RATE, edit_list
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, WithdrawnItem
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.publish.transcripts.reading import Cue
from tests.master.edits import OWN, as_run, cut, edited_shows, take

THREE = as_run((0, 20 * RATE), (20 * RATE, 40 * RATE), (40 * RATE, 60 * RATE))
"""Three items of twenty seconds."""


def said(run: AsRun, left_out: set[str], edits: Edits, cues: list[Cue]) -> tuple[SpokenCue, ...]:
    return tuple(anchored(cues, heard_stretches(edit_list(run, left_out, edits))))


def heard(run: AsRun, left_out: set[str], edits: Edits, cues: tuple[SpokenCue, ...]) -> list[Cue]:
    return list(placed(cues, heard_stretches(edit_list(run, left_out, edits))))


EVERY_FIVE = [Cue(at + 0.5, at + 4.5, "Nadia", f"à {at}") for at in range(0, 60, 5)]
SPOKEN = said(THREE, set(), NO_EDITS, EVERY_FIVE)


def starts(cues: list[Cue]) -> dict[str, float]:
    return {cue.text: cue.start_s for cue in cues}


def test_it_is_where_it_was_while_nothing_changes() -> None:
    assert heard(THREE, set(), NO_EDITS, SPOKEN) == EVERY_FIVE


def test_an_item_that_leaves_takes_its_words_along_and_the_others_move_up() -> None:
    withdrawn = Edits(withdrawn=(WithdrawnItem(item="i1", at=datetime.now(UTC), reason="accord retiré"),))
    after = starts(heard(THREE, {"i1"}, withdrawn, SPOKEN))
    assert after == pytest.approx(
        {cue.text: cue.start_s - (20 if cue.start_s > 40 else 0) for cue in EVERY_FIVE if not 20 < cue.start_s < 40},
        abs=0.1,
    )


def test_it_comes_back_with_the_item() -> None:
    assert heard(THREE, set(), NO_EDITS, SPOKEN) == EVERY_FIVE
    only = said(THREE, {"i0", "i2"}, NO_EDITS, [Cue(5, 9, "", "au milieu")])
    assert starts(heard(THREE, set(), NO_EDITS, only)) == pytest.approx({"au milieu": 25}, abs=0.1)


def test_a_cut_drops_what_is_said_in_it_and_in_part_of_it() -> None:
    edits = Edits(cuts=(cut("i1", 26 * RATE, 32 * RATE),))
    after = starts(heard(THREE, set(), edits, SPOKEN))
    assert not after.keys() & {"à 25", "à 30"}
    assert after["à 20"] == pytest.approx(20.5, abs=0.1)
    assert after["à 35"] == pytest.approx(29.5, abs=0.1)
    assert after["à 55"] == pytest.approx(49.5, abs=0.1)


def test_another_take_has_other_words() -> None:
    edits = Edits(takes=(take("i1", 12),))
    after = starts(heard(THREE, set(), edits, SPOKEN))
    assert not after.keys() & {"à 20", "à 25", "à 30", "à 35"}
    assert after["à 40"] == pytest.approx(32.5, abs=0.15)
    own = said(THREE, set(), edits, [Cue(22, 25, "", "repris")])
    assert own[0].parts[0].take == "i1.wav"
    assert heard(THREE, set(), NO_EDITS, own) == []
    assert starts(heard(THREE, {"i0"}, edits, own)) == pytest.approx({"repris": 2}, abs=0.1)


def test_words_that_two_items_share_leave_with_either() -> None:
    across = said(THREE, set(), NO_EDITS, [Cue(18, 22, "", "merci, et maintenant")])
    for item in ("i0", "i1"):
        assert heard(THREE, {item}, NO_EDITS, across) == []
    (whole,) = heard(THREE, {"i2"}, NO_EDITS, across)
    assert (whole.start_s, whole.end_s) == pytest.approx((18, 22), abs=0.1)


def test_what_comes_between_its_parts_is_none_of_its_own() -> None:
    over_a_gap = said(THREE, {"i1"}, NO_EDITS, [Cue(17, 22, "", "a. b")])
    assert len(over_a_gap[0].parts) == 2
    (cue,) = heard(THREE, set(), NO_EDITS, over_a_gap)
    assert (cue.start_s, cue.end_s) == pytest.approx((17, 20), abs=0.1)


@given(edited_shows())
def test_what_is_heard_now_was_said_in_that_sound(show: tuple[AsRun, set[str], Edits]) -> None:
    run, left_out, edits = show
    every = [one for one in run.items if one.id not in left_out]
    stretches = heard_stretches(edit_list(run, left_out, edits))
    end_s = sum(one.length_ms for one in stretches) / 1000
    cues = [Cue(at, at + 2.0, "", str(at)) for at in range(0, max(1, int(end_s) - 2), 3)]
    spoken = tuple(anchored(cues, stretches))
    assert starts(list(placed(spoken, stretches))) == pytest.approx({cue.text: cue.start_s for cue in cues}, abs=0.32)
    gone = every[-1].id
    if len(every) > 1:
        after = heard_stretches(edit_list(run, {*left_out, gone}, edits))
        length_s = max(one.at_ms + one.length_ms for one in after) / 1000
        assert all(0 <= cue.start_s < cue.end_s <= length_s + 0.001 for cue in placed(spoken, after))


def test_the_words_of_a_withdrawn_item_are_kept_nowhere() -> None:
    edits = Edits(takes=(take("i1", 12),))
    replaced = said(THREE, set(), edits, [Cue(22, 25, "", "repris")])
    across = said(THREE, set(), NO_EDITS, [Cue(19.8, 22, "", "presque à elle"), Cue(18, 20.2, "", "presque à lui")])
    kept = Transcript(origin="a.vtt", recording=OWN, cues=(*SPOKEN, *replaced, *across))
    left = {cue.text for cue in without_item(kept, THREE, edits, "i1").cues}
    assert left == {"presque à lui", *(cue.text for cue in EVERY_FIVE if not 20 < cue.start_s < 40)}
    assert without_item(kept, THREE, edits, "inconnu") == kept
    assert without_item(replace(kept, recording="b" * 64), THREE, edits, "i1").cues == ()


def test_a_short_word_at_an_edge_leaves_with_its_sound() -> None:
    (yes,) = said(THREE, set(), NO_EDITS, [Cue(20.1, 20.3, "", "Oui")])
    assert yes.parts == (SoundPart(start_ms=20_100, end_ms=20_300),)
    assert heard(THREE, {"i1"}, NO_EDITS, (yes,)) == []
    kept = Transcript(origin="a", recording=OWN, cues=(yes,))
    assert without_item(kept, THREE, NO_EDITS, "i1").cues == ()
