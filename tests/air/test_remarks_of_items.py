"""What is said of each item's sound when a recording is attached."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from bobine.air.importing.remarks_of_items import remarks_of_items, told
from bobine.model.aired.as_run import AiredItem
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.episode import Item, ItemKind
from tests.sound.faults.sounds import RATE, Sound, blocks_of, noise, stereo, voice

LENGTH = 8


def whole(*parts: Sound) -> Sound:
    return np.concatenate(parts)


def talk(seed: int) -> Sound:
    mono = voice(LENGTH, seed) + noise(LENGTH, -65, seed)
    return stereo(mono, mono)


def remarks(sound: Sound, *, removes_hum: bool = False) -> tuple[Remark, ...]:
    count = len(sound) // (LENGTH * RATE)
    items = {
        f"i{n}": Item(id=f"i{n}", title=f"Sujet {n}", kind=ItemKind.TALK, duration=timedelta(seconds=LENGTH))
        for n in range(count)
    }
    aired = [AiredItem(id=f"i{n}", start=n * LENGTH * RATE, end=(n + 1) * LENGTH * RATE) for n in range(count)]
    return remarks_of_items(blocks_of(sound), RATE, aired, items, removes_hum=removes_hum)


def with_hole() -> Sound:
    sound = talk(2)
    sound[3 * RATE : 3 * RATE + RATE // 2] = 0
    return sound


def with_spike() -> Sound:
    sound = talk(2)
    sound[3 * RATE] = 500.0
    return sound


def with_hum() -> Sound:
    t = np.arange(LENGTH * RATE) / RATE
    return talk(2) + 0.01 * np.sin(2 * np.pi * 50 * t)[:, None]


@pytest.mark.parametrize(
    ("sound", "kind", "at_s", "words"),
    [
        (talk(2) * [1, 0], RemarkKind.ONE_SIDED, 8, "« Sujet 1 » : le côté droit est muet"),
        (talk(2) * [1, -1], RemarkKind.INVERTED, 8, "« Sujet 1 » : les deux côtés sont inversés"),
        (talk(2) + 0.04, RemarkKind.DC, 8, "« Sujet 1 » : un courant continu (4 % de l'échelle)"),
        (with_hum(), RemarkKind.HUM, 8, "« Sujet 1 » : un ronflement du secteur (50 Hz, −43 dBFS)"),
        (with_hole(), RemarkKind.DROPOUT, 11, "« Sujet 1 » : le son manque pendant 500 ms à 0:11"),
        (with_spike(), RemarkKind.DAMAGE, 11, "« Sujet 1 » : une crête de +54,0 dBFS vers 0:11"),
    ],
)
def test_each_fault_is_said_with_its_item_and_its_place(sound: Sound, kind: str, at_s: float, words: str) -> None:
    (found,) = remarks(whole(talk(1), sound, talk(3)))
    assert (found.kind, found.item) == (kind, "i1")
    assert found.at_s == pytest.approx(at_s, abs=0.02)
    assert found.text.startswith(words)
    assert found.text.endswith(".")


def test_what_is_right_gives_no_word() -> None:
    assert remarks(whole(talk(1), talk(2))) == ()


def test_hum_that_is_taken_out_is_said_so() -> None:
    (left,), (taken,) = remarks(with_hum()), remarks(with_hum(), removes_hum=True)
    assert "remove_hum = true" in left.text
    assert taken.text.endswith("le montage le retire.")


def test_what_is_true_of_several_items_is_told_once() -> None:
    found = remarks(whole(talk(1) * [0, 1], talk(2), talk(3) * [0, 1]))
    assert [one.item for one in found] == ["i0", "i2"]
    general = Remark(kind=RemarkKind.DAMAGE, text="Le fichier est abîmé.")
    assert told([*found, general]) == [
        "« Sujet 0 » et « Sujet 2 » : le côté gauche est muet : le montage met le côté droit des deux côtés.",
        "Le fichier est abîmé.",
    ]


def test_a_title_is_named_once_where_it_is_true_of_it_twice() -> None:
    found = [
        Remark(kind=RemarkKind.DC, text=f"« {title} » : un courant continu est sous le son.", item=item)
        for item, title in [("virgule", "Virgule"), ("live", "Live"), ("virgule-2", "Virgule"), ("live", "Live")]
    ]
    assert told(found) == ["« Virgule » et « Live » : un courant continu est sous le son."]


def test_many_drop_outs_are_counted() -> None:
    sound = talk(2)
    for n in range(14):
        at = round((0.5 + 0.5 * n) * RATE)
        sound[at : at + RATE // 8] = 0
    found = remarks(sound)
    assert 4 <= len(found) <= 6
    assert all(one.kind == RemarkKind.DROPOUT for one in found)
