"""Time stamps of frames: holes filled, jitter left alone, damage placed."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bobine.sound.timeline import Cut, Incident, Timeline, apart, lasting, merged

RATE = 48_000
NB = 1024


def line(stamp_s: float | None, samples: int = NB, rate: int = RATE, channels: int = 2) -> str:
    stamp = "NOPTS" if stamp_s is None else str(round(stamp_s * 1e6))
    return (
        f"[Parsed_ashowinfo_1 @ 0x1] [info] n:0 pts:{stamp} pts_time:0 fmt:fltp channels:{channels} "
        f"chlayout:stereo rate:{rate} nb_samples:{samples} checksum:00 plane_checksums: [ 00 ]"
    )


ERROR = "[aac @ 0x1] [error] Reserved bit set."
TWICE = "[error] Error while decoding stream #0:0: Invalid data found when processing input"


def taken(lines: Iterable[str], *, timed: bool = True) -> Timeline:
    found = Timeline(RATE, timed)
    for one in lines:
        found.take(one)
    found.finish()
    return found


def frames(count: int, start_s: float = 0, jitter_s: float = 0) -> list[str]:
    return [line(start_s + n * NB / RATE + (jitter_s if n % 2 else 0)) for n in range(count)]


@given(hole=st.integers(RATE // 5, RATE * 3600), before=st.integers(1, 50))
def test_a_hole_is_filled_to_the_sample(hole: int, before: int) -> None:
    found = taken([*frames(before), *frames(20, (before * NB + hole) / RATE)])
    assert len(found.cuts) == 1
    assert abs(found.cuts[0].silence - hole) <= 1
    assert found.cuts[0].at == before * NB
    assert found.placed == found.decoded + found.cuts[0].silence
    assert [place.at_s for place in found.holes] == [before * NB / RATE]
    assert not found.damage


@given(st.floats(-0.09, 0.09))
def test_jitter_is_not_a_hole(jitter_s: float) -> None:
    found = taken(frames(100, jitter_s=jitter_s))
    assert (found.cuts, found.holes) == ([], [])


@pytest.mark.parametrize("start_s", [0.2, 1.0, 2.5, 12.0, 600.0])
def test_sound_that_begins_late_is_put_where_it_is(start_s: float) -> None:
    found = taken(frames(10, start_s))
    assert found.cuts == [Cut(0, silence=round(start_s * RATE))]
    assert found.holes == [Incident(0.0, start_s)]


@pytest.mark.parametrize("restart_s", [0.0, -5.0, 90_000.0])
def test_a_clock_that_begins_anew_loses_nothing(restart_s: float) -> None:
    found = taken([*frames(200), *frames(200, restart_s)])
    assert (found.cuts, found.placed) == ([], 400 * NB)


def test_a_frame_lost_to_an_error_is_put_back_at_once() -> None:
    found = taken([*frames(10), ERROR, TWICE, *frames(10, 11 * NB / RATE)])
    assert found.cuts == [Cut(10 * NB, silence=NB)]
    assert found.damage == [Incident(10 * NB / RATE, NB / RATE, 1, "Reserved bit set.")]
    assert not found.holes


def test_errors_before_the_sound_and_of_the_output_are_no_damage() -> None:
    muxer = "[f32le @ 0x1] [error] Application provided invalid, non monotonically increasing dts to muxer in stream 0"
    assert taken([ERROR, *frames(3), muxer, *frames(3, 3 * NB / RATE)]).damage == []


def test_stamps_are_not_believed_after_the_rate_has_changed() -> None:
    stamps = [line(n * NB / RATE, rate=44_100) for n in range(5)]
    found = taken([*frames(5), *stamps, line(500, rate=44_100)])
    assert found.cuts == []
    assert [(one.rate, one.channels) for one in found.formats] == [(48_000, 2), (44_100, 2)]
    assert found.decoded == 5 * NB + 6 * NB * RATE // 44_100


@given(st.lists(st.one_of(st.none(), st.floats(-10, 100_000)), max_size=60), st.booleans())
@example([1.0, 0.0], True)
def test_whatever_the_stamps_all_sound_is_kept_or_overlaps(stamps: list[float | None], timed: bool) -> None:
    found = taken([line(stamp) for stamp in stamps], timed=timed)
    assert found.decoded == len(stamps) * NB
    assert found.placed == found.decoded + sum(cut.silence - cut.drop for cut in found.cuts)
    assert sum(cut.drop for cut in found.cuts) <= sum(cut.silence for cut in found.cuts)
    assert timed or not found.cuts


def test_a_hole_next_to_damage_is_damage() -> None:
    damage, holes = apart([Incident(10, 0, 2, "CRC")], [Incident(10.5, 2), Incident(40, 5)], any_hole=False)
    assert damage == (Incident(10.5, 2, 2, "CRC"),)
    assert holes == (Incident(40, 5),)
    assert apart([], [Incident(1, 2)], any_hole=True) == ((Incident(1, 2),), ())


def test_damage_that_follows_closely_is_one() -> None:
    places = [Incident(1, 0.5, 2), Incident(2, 0, 1), Incident(30, 0, 1)]
    assert [(place.at_s, place.errors) for place in merged(places)] == [(1, 3), (30, 1)]


def test_a_format_of_a_moment_is_none() -> None:
    found = taken([*frames(20), line(None, channels=1), *(line(None, channels=6) for _ in range(20))])
    assert [one.channels for one in lasting(found.formats)] == [2, 6]
    assert lasting([]) == ()


@given(st.data())
def test_lines_taken_together_say_the_same_as_one_by_one(data: st.DataObject) -> None:
    lines, stamp = [], data.draw(st.sampled_from([0.0, -0.02, 0.5]))
    for _ in range(data.draw(st.integers(1, 12))):
        kind = data.draw(
            st.sampled_from(["frames", "frames", "jitter", "hole", "error", "twice", "untimed", "mono", "rate"])
        )
        count, jitter = data.draw(st.integers(1, 40)), 0.0
        if kind == "hole":
            stamp += data.draw(st.floats(0.01, 3))
        elif kind == "jitter":
            jitter = data.draw(st.floats(-0.12, 0.12))
        elif kind in ("error", "twice"):
            lines.append(ERROR if kind == "error" else TWICE)
        for n in range(count):
            at = None if kind == "untimed" else stamp + jitter * (n % 2)
            lines.append(line(at, rate=44_100 if kind == "rate" else RATE, channels=1 if kind == "mono" else 2))
            stamp += NB / RATE
    timed = data.draw(st.booleans())
    together = Timeline(RATE, timed)
    rest = lines
    while rest:
        size = data.draw(st.integers(1, 60))
        together.take_all("\n".join(rest[:size]))
        rest = rest[size:]
    together.finish()
    assert together == taken(lines, timed=timed)
