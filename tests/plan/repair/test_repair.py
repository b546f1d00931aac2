from dataclasses import replace
from datetime import time, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.model.aired.progress import OnAir, Progress, closing_items
from bobine.model.episode import Item, ItemKind
from bobine.plan.repair.changes import Advice, Change, ChangeKind, Repair, apply_repair
from bobine.plan.repair.repairs import STEP_S, advise, step_within
from bobine.plan.repair.words import advice_sentence, landing_words, repair_sentence
from bobine.plan.timing.rundown import Timing, time_rundown
from tests.plan.rundowns import SECOND, SLOT, at_length, item, live, paris, rundowns, worked_example

ZERO = timedelta()


def example(live_1: int) -> tuple[Item, ...]:
    """The worked example with so many seconds of « Live 1 » in place of 240."""
    return tuple(at_length(one, live_1) if one.id == "live-1" else one for one in worked_example())


def changes(repair: Repair) -> list[tuple[str, str, int]]:
    return [(str(one.kind), one.item, one.seconds) for one in repair.changes]


def lands(before: Timing, after: Timing, step: int = 1) -> bool:
    """Whether a show ends on time, or early by less than a step.

    For one too long, dead air grows by less than a step too; for one too short, dead air and what is left at its end
    are less than a step together.
    """
    early = after.slot_end - after.expected_end
    if before.expected_end > before.slot_end:
        return ZERO <= early < step * SECOND and after.waits < before.waits + step * SECOND
    return early >= ZERO and early + after.waits < step * SECOND


# The worked example


def test_a_show_that_fits_needs_nothing() -> None:
    advice = advise(time_rundown(worked_example(), SLOT))
    assert advice == Advice(needed=ZERO)
    assert advice_sentence(advice) == "L'émission tombe juste : rien à changer."


def test_two_minutes_too_long_squeezes_before_it_drops() -> None:
    advice = advise(time_rundown(example(360), SLOT))
    assert changes(advice.repairs[0]) == [("squeeze", "portrait", 120)]
    assert {one.kind for one in advice.repairs[1].changes} == {ChangeKind.SQUEEZE}
    assert sum(one.seconds for one in advice.repairs[1].changes) == 120
    assert changes(advice.repairs[2]) == [("stretch", "portrait", 60), ("drop", "agenda", 180)]
    assert repair_sentence(advice.repairs[2]) == "Enlever « Agenda » (3'00), puis allonger « Portrait » de 1'00."


def test_too_long_for_the_elastic_items_drops_as_few_as_it_must() -> None:
    advice = advise(time_rundown(example(240 + 390 + 150), SLOT))
    assert changes(advice.repairs[0])[-1] == ("drop", "live-3", 210)
    assert all(sum(one.kind.decides for one in repair.changes) == 1 for repair in advice.repairs)


def test_too_long_for_everything_says_by_how_much() -> None:
    advice = advise(time_rundown(example(240 + 900), SLOT))
    assert advice.repairs == ()
    assert advice.best is not None
    assert advice.best.saved == 780 * SECOND
    assert advice.missing == 120 * SECOND
    assert advice_sentence(advice).endswith("Il y a encore 2'00 de trop.")


def test_a_hole_is_stretched_into_then_filled_from_the_reserve() -> None:
    plan = tuple(one for one in worked_example() if not one.standby)
    plan = (*plan, item("reserve", 180, standby=True))  # written after the closing theme
    short = advise(time_rundown([replace(one, title=one.title) for one in plan if one.id != "virgule-1"], SLOT))
    assert changes(short.repairs[0]) == [("stretch", "portrait", 10)]
    hole = [at_length(one, 60) if one.id == "live-1" else one for one in plan]
    advice = advise(time_rundown(hole, SLOT))
    assert changes(advice.repairs[0]) == [("take-in", "reserve", 180)]
    filled, _ = apply_repair(hole, advice.repairs[0])
    assert [one.id for one in filled[-3:]] == ["reserve", "remerciements", "generique-de-fin"]
    assert time_rundown(filled, SLOT).expected_end == SLOT[1]
    assert repair_sentence(advice.repairs[0]) == "Prendre dans la réserve « Reserve » (3'00, sans personne ni son)."


def test_an_empty_show_says_what_is_missing() -> None:
    advice = advise(time_rundown((), SLOT))
    assert (advice.repairs, advice.best, advice.missing) == ((), None, -3300 * SECOND)
    assert "Il manque encore 55'00." in advice_sentence(advice)


def test_live_only_what_comes_is_changed_and_a_fraction_of_a_second_is_left() -> None:
    items = worked_example()
    portrait = next(one for one in items if one.id == "portrait")
    late = OnAir(item=portrait, started=paris(18, 23, 20) + timedelta(milliseconds=400))
    progress = Progress(on_air=late, skipped=frozenset(one.id for one in items[:8]))
    now = paris(18, 25)
    advice = advise(time_rundown(items, SLOT, progress, now))
    assert advice.needed == 120 * SECOND
    for repair in advice.repairs:
        assert repair.saved == 120 * SECOND
        assert "portrait" not in {one.item for one in repair.changes}
        plan, after = apply_repair(items, repair, progress)
        assert time_rundown(plan, SLOT, after, now).gap == timedelta(milliseconds=400)


# What always holds


@given(rundowns(), st.integers(-400, 400), st.data())
def test_every_repair_lands_exactly_and_touches_nothing_protected(
    items: tuple[Item, ...], gap: int, data: st.DataObject
) -> None:
    slot = SLOT[0], SLOT[0] + max(1, sum(one.duration // SECOND for one in items if not one.standby) + gap) * SECOND
    progress, now = data.draw(live(items)) if data.draw(st.booleans()) else (None, None)
    protected = {one.id for one in items if data.draw(st.integers(0, 5)) == 0}
    timing = time_rundown(items, slot, progress, now)
    step = data.draw(st.sampled_from([1, 10]))
    advice = advise(timing, protected, step_s=step)
    by_id = {one.id: one for one in items}
    coming = {line.item.id for line in timing.lines if line.remaining > ZERO and line is not timing.on_air}
    closing = {one.id for one in closing_items(items) if not one.standby}
    harms = [repair.harm for repair in advice.repairs]
    assert harms == sorted(harms)
    assert len(set(advice.repairs)) == len(advice.repairs) <= 4
    assert not advice.repairs or (advice.best is None and advice.missing == ZERO)
    for repair in (*advice.repairs, *([advice.best] if advice.best else [])):
        plan, after_run = apply_repair(items, repair, progress)
        after = time_rundown(plan, slot, after_run, now)
        over = repair.saved - (advice.needed - advice.missing)
        assert ZERO <= over < step * SECOND
        if repair in advice.repairs:
            assert lands(timing, after, step)
        else:
            assert over == ZERO
        assert not [one for one in repair.changes if not one.kind.decides and one.seconds % step]
        assert not {one.item for one in repair.changes} & closing
        for one in plan:
            assert one.duration >= (one.min or one.duration if one.duration < by_id[one.id].duration else ZERO)
            assert one.duration <= (one.max or one.duration if one.duration > by_id[one.id].duration else one.duration)
        for change in repair.changes:
            was = by_id[change.item]
            assert change.seconds > 0
            assert was.kind is not ItemKind.CLOSING_THEME
            if change.kind is ChangeKind.TAKE_IN:
                assert was.standby
            else:
                assert change.item in coming or was.standby
            if change.kind.decides:
                assert was.fixed_start is None
                assert change.kind is ChangeKind.TAKE_IN or was.droppable
            assert change.item not in protected


small = st.builds(
    lambda seconds, low, high, droppable, standby: (seconds, max(1, seconds - low), seconds + high, droppable, standby),
    st.integers(1, 7), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.sampled_from([False, False, True])
)  # fmt: skip


@st.composite
def small_rundowns(draw: st.DrawFn, *, anchored: bool) -> tuple[Item, ...]:
    made = []
    for n, (seconds, low, high, droppable, standby) in enumerate(draw(st.lists(small, max_size=3))):
        at = time(18, 0, draw(st.integers(0, 20))) if anchored and draw(st.integers(0, 3)) == 0 else None
        made.append(item(f"i{n}", seconds, low=low, high=high, droppable=droppable, standby=standby, at=at))
    if draw(st.booleans()):
        at = time(18, 0, draw(st.integers(5, 20))) if anchored else None
        made.append(item("fin", 2, kind=ItemKind.CLOSING_THEME, at=at, droppable=True, low=1, high=3))
    return tuple(made)


def all_repairs(items: tuple[Item, ...], step: int, *, adding: bool) -> list[Repair]:
    """Every set of changes that is allowed, by trying them all."""
    closing = {one.id for one in closing_items(items) if not one.standby}
    free = [one for one in items if one.id not in closing]
    deciding = [
        one
        for one in free
        if one.fixed_start is None and (one.standby if adding else one.droppable and not one.standby)
    ]
    found = []
    for count, squeezing in product(range(len(deciding) + 1), (True, False)):
        for chosen in combinations(deciding, count):
            elastic = [one for one in free if (one not in chosen if not one.standby else one in chosen)]
            limits = [
                one.duration - one.min if squeezing else one.max - one.duration
                for one in elastic
                if one.min and one.max
            ]
            decided = [
                Change(item=one.id, title="", seconds=one.duration // SECOND,
                       kind=ChangeKind.TAKE_IN if adding else ChangeKind.DROP)
                for one in chosen
            ]  # fmt: skip
            kind = ChangeKind.SQUEEZE if squeezing else ChangeKind.STRETCH
            for amounts in product(*(range(0, limit // SECOND + 1, step) for limit in limits)):
                bent = [
                    Change(item=one.id, title="", kind=kind, seconds=amount)
                    for one, amount in zip(elastic, amounts, strict=True) if amount
                ]  # fmt: skip
                found.append(Repair((*decided, *bent)))
    return found


@settings(max_examples=150)
@given(st.booleans().flatmap(lambda anchored: small_rundowns(anchored=anchored)), st.integers(3, 25), st.integers(1, 3))
def test_an_answer_is_found_whenever_there_is_one(items: tuple[Item, ...], length: int, step: int) -> None:
    slot = SLOT[0], SLOT[0] + length * SECOND
    timing = time_rundown(items, slot)
    advice = advise(timing, step_s=step)
    if -step * SECOND < advice.needed <= ZERO:
        assert advice == Advice(needed=advice.needed)
        assert lands(timing, timing, step)
        return
    tried = all_repairs(items, step, adding=advice.needed < ZERO)
    after = [time_rundown(apply_repair(items, repair)[0], slot) for repair in tried]
    exact = [repair for repair, timed in zip(tried, after, strict=True) if lands(timing, timed, step)]
    assert bool(advice.repairs) == bool(exact)
    if exact:
        fewest = min(sum(one.kind.decides for one in repair.changes) for repair in exact)
        assert advice.repairs[0].harm[0] == fewest
    elif not any(one.fixed_start for one in items):
        assert abs(advice.missing) == min(abs(timed.gap) for timed in after)
        assert advice.best is None or advice.best.saved == advice.needed - advice.missing


def test_what_stands_before_an_anchor_cannot_repair_what_comes_after_it() -> None:
    items = (
        item("avant", 600, low=300, droppable=True),
        item("invité", 1800, at=time(18, 10)),
        item("après", 1080, low=900),
    )
    advice = advise(time_rundown(items, SLOT))
    assert changes(advice.repairs[0]) == [("squeeze", "après", 180)]
    stuck = advise(time_rundown((*items[:2], item("après", 1080)), SLOT))
    assert (stuck.repairs, stuck.best, stuck.missing) == ((), None, 180 * SECOND)


@pytest.mark.parametrize("seconds", [-13, 13, 601])
def test_forty_items_of_every_sort_are_repaired(seconds: int) -> None:
    items = tuple(
        item(f"i{n}", 61 + n, droppable=n % 3 == 0, standby=n % 10 == 9, low=50 if n % 7 == 0 else None)
        for n in range(40)
    )
    total = sum((one.duration for one in items if not one.standby), ZERO)
    advice = advise(time_rundown(items, (SLOT[0], SLOT[0] + total - seconds * SECOND)))
    assert advice.needed == seconds * SECOND
    assert advice.repairs
    assert all(ZERO <= repair.saved - advice.needed < STEP_S * SECOND for repair in advice.repairs)


def test_what_people_cannot_do_is_not_asked_of_them() -> None:
    """A gap of 2'07 is squeezed by 2'10, and the rest is said; less than ten seconds is nobody's business."""
    timing = time_rundown(example(240 + 127), SLOT)
    advice = advise(timing)
    assert changes(advice.repairs[0]) == [("squeeze", "politique-locale", 40), ("squeeze", "portrait", 90)]
    assert landing_words(advice, advice.repairs[0], SLOT[1]) == "Il restera 0'03 à meubler avant 18:55:00."
    exact = advise(timing, step_s=1)
    assert landing_words(exact, exact.repairs[0], SLOT[1]) == "L'émission finira à 18:55:00."
    close = advise(time_rundown(example(240 - 7), SLOT))
    assert close == Advice(needed=-7 * SECOND)
    assert advice_sentence(close) == "L'émission tombe juste, à 0'07 près : rien à changer."
    assert (step_within(30 * SECOND), step_within(9 * SECOND), step_within(5 * SECOND)) == (10, 10, 1)


def test_what_is_ready_in_the_reserve_comes_before_what_is_not() -> None:
    bare, ready = item("nu", 180, standby=True), replace(item("pad", 180, standby=True), source="PAD")
    hole = (*(at_length(one, 60) if one.id == "live-1" else one for one in worked_example() if not one.standby),)
    for reserve in ((bare, ready), (ready, bare)):
        first = advise(time_rundown((*hole, *reserve), SLOT)).repairs[0]
        assert changes(first) == [("take-in", "pad", 180)]
    (only,) = advise(time_rundown((*hole, bare), SLOT)).repairs
    assert repair_sentence(only) == "Prendre dans la réserve « Nu » (3'00, sans personne ni son)."
