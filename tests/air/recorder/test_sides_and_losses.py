"""What is told of a side that brings nothing, and of what was lost; how a server's answers are read."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.state.sound import Sound
from bobine.air.preflight.input_check import Signal, signal_check
from bobine.air.preflight.machine import Verdict
from bobine.air.recorder.inputs.ffmpeg_options import Wanted, arguments, widths
from bobine.air.recorder.inputs.sources import Source, default_in, sources_in, streams_in
from bobine.air.recorder.levels import Meter, dead_side
from bobine.air.recorder.link.alarms import alarms, lost
from bobine.air.recorder.link.folder import Order
from bobine.air.recorder.link.status import State
from bobine.air.recorder.resume import lost_before, source_before
from bobine.model.recording import parse_input
from bobine.tui.onair.words import level_words, lost_words
from tests.air.recorder.test_parts import said

RATE = 8000


def heard(seconds: list[tuple[int, int]]) -> Meter:
    """A meter that heard so many seconds, of these highest samples on the left and on the right."""
    meter = Meter(RATE, 2)
    for left, right in seconds:
        meter.hear(array("h", [left, right] * RATE).tobytes())
    return meter


@pytest.mark.parametrize(
    ("seconds", "side"),
    [
        ([(8000, 0)] * 12, 1),
        ([(0, 8000)] * 12, 0),
        ([(8000, 30)] * 12, 1),
        ([(8000, 0)] * 8, None),
        ([(8000, 0)] * 30 + [(8000, 4000)], None),
        ([(8000, 4000)] + [(8000, 0)] * 12, 1),
        ([(8000, 400)] * 12, None),
        ([(8000, 8000)] * 12, None),
        ([(0, 0)] * 12, None),
        ([(20, 0)] * 12, None),
    ],
)
def test_a_side_that_brings_nothing_for_ten_seconds_is_dead(seconds: list[tuple[int, int]], side: int | None) -> None:
    assert heard(seconds).levels().dead_side == side


def test_a_mono_recording_has_no_side() -> None:
    meter = Meter(RATE, 1)
    for _ in range(12):
        meter.hear(array("h", [8000] * RATE).tobytes())
    assert meter.levels().dead_side is None


peaks = st.none() | st.floats(-96, 0)


@given(peaks, peaks)
def test_both_sides_are_judged_alike(left: float | None, right: float | None) -> None:
    found, turned = dead_side([left, right]), dead_side([right, left])
    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert found == 1 - turned
        assert (left, right)[1 - found] is not None


def test_a_dead_side_is_told_before_and_during_the_show() -> None:
    before = signal_check(Signal(peak_dbfs=-12, lufs=-20, dead_side=1))
    assert before.verdict is Verdict.BAD
    assert before.words.startswith("rien n'arrive à droite (crête −12,0 dBFS de l'autre côté) : vérifiez le câble")
    status = said()
    status = replace(status, levels=replace(status.levels, dead_side=0))
    assert "Rien n'arrive à gauche depuis 10 s." in alarms(status)
    assert not any("gauche" in one for one in alarms(replace(status, state=State.WAITING)))


@pytest.mark.parametrize(
    ("gaps", "lost_s", "strays", "words"),
    [
        (0, 0.0, 0, ""),
        (1, 0.4, 0, "Il manque 0,4 s (1 trou)"),
        (2, 12.3, 0, "Il manque 0'12 (2 trous)"),
        (3, 400.0, 1, "Il manque 6'40 (3 trous) · une autre source a été entendue"),
    ],
)
def test_what_was_lost_stays_said(gaps: int, lost_s: float, strays: int, words: str) -> None:
    assert lost(said(gaps=gaps, lost_s=lost_s, strays=strays)) == words
    assert lost_words(Sound(lost=words)) == (f"! {words}" if words else "")


def test_what_was_lost_is_not_forgotten_by_who_takes_over_nor_by_who_goes_on() -> None:
    status = said(gaps=2, lost_s=3.5, strays=1)
    assert lost_before(status, status.file) == (2, 3.5, 1)
    assert lost_before(status, "antenne-2.wav") == lost_before(None, status.file) == (0, 0.0, 0)


def test_a_settled_source_stays_until_the_recording_was_stopped() -> None:
    order = Order(run="new", source=parse_input("pulse:default"), rate=RATE, channels=2, silence_s=5, journal="/j")
    status = said(asked="pulse:default", source="mixer")
    assert source_before(status, order) == "mixer"
    assert source_before(replace(status, state=State.STOPPED), order) == ""
    assert source_before(replace(status, asked="pulse:other"), order) == ""
    assert source_before(None, order) == ""


def test_the_source_is_named_beside_the_levels() -> None:
    assert level_words(Sound(running=True, source="Mixer USB")).endswith(" · entrée Mixer USB")
    assert "entrée" not in level_words(Sound(running=True))


SOURCES = """Source #3
\tState: RUNNING
\tName: alsa_input.usb-Mixer.multichannel-input
\tDescription: Mixer à « quatre » voies
\tChannel Map: aux0,aux1,aux2,aux3
\tMonitor of Sink: n/a
\tProperties:
\t\tdevice.description = "Name: forged"

Source #4
\tName: out.monitor
\tDescription: Monitor of Out
\tChannel Map: front-left,front-right
\tMonitor of Sink: out
"""

STREAMS = """Source Output #7
\tDriver: protocol-native.c
\tSource: 3
\tProperties:
\t\tmedia.name = "Source: 4"
\t\tbobine.run = "abcd"

Source Output #8
\tSource: 4
\tProperties:
\t\tapplication.name = "another"
"""


def test_what_a_server_says_is_read() -> None:
    mixer, out = sources_in(SOURCES)
    assert mixer == Source(
        index=3,
        name="alsa_input.usb-Mixer.multichannel-input",
        words="Mixer à « quatre » voies",
        channel_map=("aux0", "aux1", "aux2", "aux3"),
    )
    assert out.monitor
    assert [(one.source, one.run) for one in streams_in(STREAMS)] == [(3, "abcd"), (4, "")]
    assert default_in("Server Name: x\nDefault Source: out.monitor\n") == "out.monitor"
    assert default_in("Default Source: @DEFAULT_SOURCE@\n") == default_in("") == ""


@given(st.text() | st.text(alphabet="Source Output#12:\n\tName= \"'", max_size=200))
def test_whatever_a_server_says_is_read_without_an_error(text: str) -> None:
    for one in sources_in(text):
        assert one.name
    streams_in(text)
    default_in(text)
    assert sources_in(SOURCES + text)[0].index == 3


@pytest.mark.parametrize("text", ["alsa:hw:0", "jack:x", "openal:x"])
def test_a_card_is_asked_for_as_many_channels_as_it_may_have(text: str) -> None:
    source, wanted = parse_input(text), Wanted(rate=48000, channels=2, pair=(3, 4))
    asked = widths(source, wanted)
    assert asked[0] == 4
    assert {8, 10, 18, 32} < set(asked)
    found = arguments(source, wanted, width=8)
    assert found[found.index("-channels") + 1] == "8"
    assert "pan=stereo|c0=c2|c1=c3," in found[found.index("-filter_complex") + 1]
    assert widths(source, Wanted(rate=48000, channels=2)) == (None,)
