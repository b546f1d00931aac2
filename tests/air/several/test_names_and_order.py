"""What names and times tell of the order of files, and when they tell nothing."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.importing.several.names import are_numbered, clocks, natural_key
from bobine.air.importing.several.order import By, Told, by_sound, in_order

NUMBERED = [
    ("ZOOM0001.WAV", "ZOOM0002.WAV", "ZOOM0010.WAV"),
    ("show.wav", "show-1.wav", "show-2.wav", "show-10.wav"),
    ("émission (1).wav", "émission (2).wav"),
    ("partie-a.flac", "partie-b.flac", "partie-c.flac"),
    ("a.wav", "b.wav", "c.wav"),
    ("260101_0007.wav", "260101_0008.wav", "260101_0011.wav"),
    ("studio_9.mp3", "studio_10.mp3", "studio_100.mp3"),
]


@pytest.mark.parametrize("names", NUMBERED)
def test_numbered_names_tell_an_order(names: tuple[str, ...]) -> None:
    assert are_numbered(names)
    shuffled = random.Random(4).sample(names, len(names))
    assert sorted(shuffled, key=natural_key) == list(names)
    found = in_order([Told(name=name, duration_s=60) for name in shuffled])
    assert [shuffled[place] for place in found.places] == list(names)


@pytest.mark.parametrize(
    "names",
    [
        ("debut.wav", "fin.wav"),
        ("rec.wav", "rec.wav"),
        ("studio.wav", "studio.mp3"),
        ("emission.wav", "jingle3.wav"),
        ("un.wav", "deux.wav", "trois.wav"),
    ],
)
def test_other_names_tell_nothing(names: tuple[str, ...]) -> None:
    assert not are_numbered(names)
    found = in_order([Told(name=name, duration_s=60) for name in names])
    assert (found.places, found.by) == (tuple(range(len(names))), By.GIVEN)


@pytest.mark.parametrize(
    ("names", "seconds"),
    [
        (("20261126_180000.wav", "20261126_183005.wav"), 1805),
        (("2026-11-26 18-00-00.mp3", "2026-11-26 18-30-00.mp3"), 1800),
        (("log_2026-11-26_17h30.mp3", "log_2026-11-26_18h00.mp3"), 1800),
        (("261126-175959.WAV", "261126-181500.WAV"), 901),
        (("18h00.ogg", "18h30m10.ogg"), 1810),
        (("20261231T233000.wav", "20270101T000000.wav"), 1800),
    ],
)
def test_names_that_hold_an_hour(names: tuple[str, str], seconds: int) -> None:
    found = clocks(names)
    assert found is not None
    assert found[1] - found[0] == seconds


@pytest.mark.parametrize(
    "names",
    [
        ("260101_0001.wav", "260101_0002.wav"),
        ("ZOOM0001.wav", "ZOOM0002.wav"),
        ("20261126.wav", "20261127.wav"),
        ("20261326_180000.wav", "20261126_183000.wav"),
        ("20261126_246000.wav", "20261126_183000.wav"),
        ("émission.wav", "20261126_183000.wav"),
    ],
)
def test_names_that_hold_no_hour(names: tuple[str, str]) -> None:
    assert clocks(names) is None


@given(st.permutations(range(5)), st.sampled_from(["count", "began", "names", "written"]))
def test_whatever_tells_the_times_gives_the_order(shuffled: list[int], by: str) -> None:
    starts = [1800 * place for place in range(5)]
    files = [
        Told(
            name=f"2026112618{starts[place] // 60:02}00.wav" if by == "names" else f"fichier {'abcde'[place] * 3}.wav",
            duration_s=1800,
            began_s=64_800 + starts[place] if by == "began" else None,
            reference_s=64_800 + Fraction(starts[place]) if by == "count" else None,
            changed_s=starts[place] + 1800 if by == "written" else 0,
        )
        for place in shuffled
    ]
    if by == "names":
        files = [
            Told(name=f"studio_20261126_{18 + starts[place] // 3600:02}{starts[place] % 3600 // 60:02}00.wav",
                 duration_s=1800) for place in shuffled
        ]  # fmt: skip
    found = in_order(files)
    assert [shuffled[place] for place in found.places] == [0, 1, 2, 3, 4]
    assert (found.starts_s is None) == (by == "written")


@pytest.mark.parametrize(
    ("began", "counts"),
    [
        ((None, None, None), (None, None, None)),
        ((0, 0, 0), (0, 0, 0)),
        ((0, 5, 10), (None, None, None)),
        ((0, 1800, None), (0, 1800, None)),
        ((0, 0, 0), (7, 7, 7)),
    ],
)
def test_times_that_cannot_be_true_are_left(began: tuple[int | None, ...], counts: tuple[int | None, ...]) -> None:
    """Recorders that write the same instant in each file, or none, or a clock that ran backwards."""
    files = [
        Told(name=f"take{3 - n}.wav", duration_s=1800, began_s=one, reference_s=None if two is None else Fraction(two))
        for n, (one, two) in enumerate(zip(began, counts, strict=True))
    ]
    found = in_order(files)
    assert (found.places, found.by) == ((2, 1, 0), By.NAMES)


def test_a_counter_that_began_anew_is_put_right_by_the_times() -> None:
    files = [Told(name="ZOOM0001.WAV", duration_s=600, began_s=7200), Told(name="ZOOM9999.WAV", duration_s=600,
             began_s=6600)]  # fmt: skip
    assert in_order(files).places == (1, 0)


def test_a_show_past_midnight_is_in_order() -> None:
    files = [Told(name=f"{n}.wav", duration_s=1800, reference_s=Fraction(s)) for n, s in enumerate((1800, 84_600, 0))]
    assert in_order(files).places == (1, 2, 0)


@given(st.permutations(range(6)))
def test_sound_alone_gives_the_order(order: list[int]) -> None:
    pairs = set(pairwise(order))
    assert by_sound(6, lambda one, other: 1 if (one, other) in pairs else None) == tuple(order)


@pytest.mark.parametrize("pairs", [[], [(0, 1)], [(0, 1), (1, 0)], [(0, 1), (0, 2)], [(0, 1), (1, 2), (2, 0)]])
def test_sound_that_does_not_tell_gives_none(pairs: list[tuple[int, int]]) -> None:
    assert by_sound(3, lambda one, other: 1 if (one, other) in pairs else None) is None
