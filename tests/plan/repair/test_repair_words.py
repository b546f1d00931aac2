"""Proposals in French, word by word, and what their acceptance does while the show is on air."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.plan.repair.changes import Advice, Change, ChangeKind, Repair, apply_repair
from bobine.plan.repair.repairs import advise
from bobine.plan.repair.words import advice_sentence, landing_words, repair_sentence
from bobine.plan.timing.rundown import time_rundown
from tests.plan.rundowns import SECOND, SLOT, item, paris


def change(kind: ChangeKind, name: str, seconds: int, *, bare: bool = False) -> Change:
    return Change(item=name, title=name.capitalize(), kind=kind, seconds=seconds, bare=bare)


DROP = change(ChangeKind.DROP, "agenda", 180)
SQUEEZE = change(ChangeKind.SQUEEZE, "jeu", 30)
STRETCH = change(ChangeKind.STRETCH, "portrait", 60)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((), "Ne rien changer."),
        ((DROP,), "Enlever « Agenda » (3'00)."),
        ((SQUEEZE, DROP), "Enlever « Agenda » (3'00), puis raccourcir « Jeu » de 0'30."),
        (
            (SQUEEZE, change(ChangeKind.SQUEEZE, "cinéma", 15)),
            "Raccourcir « Jeu » de 0'30 et « Cinéma » de 0'15.",
        ),
        (
            (STRETCH, change(ChangeKind.TAKE_IN, "pad", 90)),
            "Prendre dans la réserve « Pad » (1'30), puis allonger « Portrait » de 1'00.",
        ),
        (
            (change(ChangeKind.TAKE_IN, "nu", 90, bare=True),),
            "Prendre dans la réserve « Nu » (1'30, sans personne ni son).",
        ),
    ],
)
def test_a_repair_in_words(changes: tuple[Change, ...], sentence: str) -> None:
    assert repair_sentence(Repair(changes)) == sentence


@pytest.mark.parametrize(
    ("needed_s", "repairs", "best", "missing_s", "sentence"),
    [
        (0, (), None, 0, "L'émission tombe juste : rien à changer."),
        (-7, (), None, 0, "L'émission tombe juste, à 0'07 près : rien à changer."),
        (180, (Repair((DROP,)),), None, 0, "Pour finir à l'heure, il faut gagner 3'00."),
        (-60, (Repair((STRETCH,)),), None, 0, "Pour finir à l'heure, il faut remplir 1'00."),
        (
            60,
            (),
            None,
            60,
            "Pour finir à l'heure, il faut gagner 1'00 : aucun élément ne le permet. Il y a encore 1'00 de trop.",
        ),
        (
            -60,
            (),
            None,
            -60,
            "Pour finir à l'heure, il faut remplir 1'00 : aucun élément ne le permet. Il manque encore 1'00.",
        ),
        (
            200,
            (),
            Repair((DROP,)),
            20,
            (
                "Pour finir à l'heure, il faut gagner 3'20 : rien ne tombe juste. Au mieux : enlever « Agenda » (3'00)."
                " Il y a encore 0'20 de trop."
            ),
        ),
        (
            -100,
            (),
            Repair((STRETCH,)),
            -40,
            (
                "Pour finir à l'heure, il faut remplir 1'40 : rien ne tombe juste. Au mieux : allonger « Portrait » de "
                "1'00. Il manque encore 0'40."
            ),
        ),
    ],
)
def test_advice_in_words(
    needed_s: int, repairs: tuple[Repair, ...], best: Repair | None, missing_s: int, sentence: str
) -> None:
    advice = Advice(needed=needed_s * SECOND, repairs=repairs, best=best, missing=missing_s * SECOND)
    assert advice_sentence(advice) == sentence


@pytest.mark.parametrize(
    ("needed_s", "sentence"),
    [
        (180, "L'émission finira à 18:55:00."),
        (220, "L'émission dépassera 18:55:00 de 0'40."),
        (175, "Il restera 0'05 à meubler avant 18:55:00."),
    ],
)
def test_the_landing_in_words(needed_s: int, sentence: str) -> None:
    assert landing_words(Advice(needed=needed_s * SECOND), Repair((DROP,)), SLOT[1]) == sentence


def test_on_air_what_was_decided_before_stays_decided() -> None:
    items = (item("un", 60), item("deux", 60, droppable=True), item("trois", 60), item("pad", 60, standby=True))
    before = Progress(skipped=frozenset({"un"}), taken_in=frozenset({"ancien"}), next="trois")
    repair = Repair((
        change(ChangeKind.DROP, "deux", 60),
        change(ChangeKind.TAKE_IN, "pad", 60),
        change(ChangeKind.STRETCH, "pad", 10),
        change(ChangeKind.SQUEEZE, "trois", 20),
    ))  # fmt: skip
    found, after = apply_repair(items, repair, before)
    assert after == replace(before, skipped=frozenset({"un", "deux"}), taken_in=frozenset({"ancien", "pad"}))
    assert [one.duration // SECOND for one in found] == [60, 60, 40, 70]
    assert [one.standby for one in found] == [False, False, False, True], "live, the plan keeps its standbys"


def test_only_what_is_taken_in_is_told_as_bare() -> None:
    items = (item("un", 3000), item("deux", 600, droppable=True))
    (repair,) = advise(time_rundown(items, (SLOT[0], paris(18, 50)))).repairs
    assert repair.changes == (change(ChangeKind.DROP, "deux", 600),)


def test_what_was_chosen_as_next_comes_before_the_anchor() -> None:
    """A talk that was brought before a fixed hour has nothing to do with what is late after it."""
    first, guest, talk = item("a", 1200), item("invité", 1620, at=time(18, 30)), item("causerie", 300, low=60)
    items = (first, guest, talk)
    on_air = OnAir(item=first, started=SLOT[0])
    chosen = time_rundown(items, SLOT, Progress(on_air=on_air, next="causerie"), paris(18, 1))
    assert chosen.expected_end == paris(18, 57)
    advice = advise(chosen)
    assert (advice.repairs, advice.best, advice.missing) == ((), None, 120 * SECOND)
    in_order = advise(time_rundown(items, SLOT, Progress(on_air=on_air), paris(18, 1)))
    assert in_order.needed == 420 * SECOND
    assert in_order.best is not None
    assert [one.item for one in in_order.best.changes] == ["causerie"]


def test_once_it_is_over_nothing_is_taken_in() -> None:
    items = (item("un", 1800), item("pad", 600, standby=True))
    aired = (Airing(item=items[0], started=SLOT[0], ended=paris(18, 30)),)
    on_air = OnAir(item=items[0], started=SLOT[0])
    running = advise(time_rundown(items, SLOT, Progress(on_air=on_air), paris(18, 10)))
    assert running.best is not None
    assert [one.item for one in running.best.changes] == ["pad"]
    for progress in (Progress(aired=aired), Progress(aired=aired, ended=paris(18, 30))):
        advice = advise(time_rundown(items, SLOT, progress, paris(18, 30)))
        assert (advice.repairs, advice.best) == ((), None), progress
