"""What an event may hold: each field at its bounds, and one step past them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bobine.air.live.state import events as e
from tests.air.test_session import ITEMS, START

DAY_S = 86_400
STEP = timedelta(microseconds=1)
EVENTS: dict[str, e.Event] = {
    "mark": e.Marked(at=START, position=5, label="ici"),
    "note": e.Noted(at=START, text="noté"),
    "take": e.Taken(at=START, item=ITEMS[0]),
    "choice": e.Chosen(at=START, item_id="i1"),
    "skip": e.Skipped(at=START, item_id="i1"),
    "time": e.Lengthened(at=START, seconds=30),
    "move": e.MovedBack(at=START, seconds=5),
    "watch": e.StopwatchTurned(at=START, of="claire", running=True),
    "sound": e.RecordingStarted(at=START, position=0, file="antenne.wav", rate=48_000, channels=2),
    "gap": e.RecordingGap(at=START, start=10, end=20),
}
INSTANTS_IN = (e.EARLIEST, e.LATEST, datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=2))))
INSTANTS_OUT = (e.EARLIEST - STEP, e.LATEST + STEP, datetime(2026, 1, 1), "2026-01-01", None, 0)  # noqa: DTZ001
NUMBERS_OUT = (True, 1.0, "1", 1 << 80)
TEXTS_OUT = (None, 5, b"ici", "\ud800", "a\udfff", "\udbff?")
NAMES_IN = ("a", "antenne.wav", "...", ".x", "é" * 255, "X-x")
NAMES_OUT = ("", ".", "..", "é" * 256, "a/b", "a\\b", "C:x", "a\nb", "\ud800", None, 5, ["antenne.wav"], ("a",), b"a")
IN: list[tuple[str, str, tuple[Any, ...]]] = [
    ("mark", "at", INSTANTS_IN),
    ("mark", "position", (None, 0, 1, 1 << 40)),
    ("mark", "label", ("", "é" * 10_000, "\ud7ff\ue000")),
    ("note", "text", ("", "é" * 10_000)),
    ("take", "item", (ITEMS[3],)),
    ("choice", "item_id", (None, "", "i" * 255)),
    ("skip", "item_id", ("", "i" * 255)),
    ("time", "seconds", (-DAY_S, 0, DAY_S)),
    ("move", "seconds", (1, DAY_S)),
    ("watch", "of", ("", "é" * 255)),
    ("watch", "running", (True, False)),
    ("sound", "file", NAMES_IN),
    ("sound", "rate", (1, 768_000)),
    ("sound", "channels", (1, 64)),
    ("gap", "start", (0, 20)),
    ("gap", "end", (10, 1 << 40)),
]
OUT: list[tuple[str, str, tuple[Any, ...]]] = [
    ("mark", "at", INSTANTS_OUT),
    ("mark", "position", (-1, (1 << 40) + 1, *NUMBERS_OUT)),
    ("mark", "label", ("é" * 10_001, *TEXTS_OUT)),
    ("note", "text", ("é" * 10_001, *TEXTS_OUT)),
    ("take", "item", (None, "i0")),
    ("choice", "item_id", ("i" * 256, *TEXTS_OUT[1:])),
    ("skip", "item_id", ("i" * 256, *TEXTS_OUT)),
    ("time", "seconds", (-DAY_S - 1, DAY_S + 1, None, *NUMBERS_OUT)),
    ("move", "seconds", (0, -1, DAY_S + 1, None, *NUMBERS_OUT)),
    ("watch", "of", ("é" * 256, *TEXTS_OUT)),
    ("watch", "running", (1, 0, None, "oui")),
    ("sound", "file", NAMES_OUT),
    ("sound", "rate", (0, 768_001, None, *NUMBERS_OUT)),
    ("sound", "channels", (0, 65, None, *NUMBERS_OUT)),
    ("gap", "start", (-1, (1 << 40) + 1, None, *NUMBERS_OUT)),
    ("gap", "end", (-1, 9, (1 << 40) + 1, None, *NUMBERS_OUT)),
]


def with_field(name: str, field: str, value: Any) -> e.Event:
    changed: dict[str, Any] = {field: value}
    return replace(EVENTS[name], **changed)


@pytest.mark.parametrize(("name", "field", "values"), IN, ids=str)
def test_what_is_within_bounds_is_well(name: str, field: str, values: tuple[object, ...]) -> None:
    for value in values:
        assert e.fault_of(with_field(name, field, value)) == "", repr(value)


@pytest.mark.parametrize(("name", "field", "values"), OUT, ids=str)
def test_what_is_out_of_bounds_is_named(name: str, field: str, values: tuple[object, ...]) -> None:
    for value in values:
        event = with_field(name, field, value)
        assert e.fault_of(event) == f"{type(event).__name__}.{field}", repr(value)


def test_all_fields_that_are_wrong_are_named() -> None:
    gap = e.RecordingGap(at=START, position=-1, start=20, end=-2)
    assert e.fault_of(gap) == "RecordingGap.position, RecordingGap.end"
    assert e.fault_of(replace(gap, start=-1)) == "RecordingGap.position, RecordingGap.start, RecordingGap.end"
    assert e.fault_of(e.RecordingGap(at=START, start=-1, end=-2)) == "RecordingGap.start, RecordingGap.end"


def test_a_class_that_is_no_event_is_named() -> None:
    class Whispered(e.Event):
        pass

    assert e.fault_of(Whispered(at=datetime(2026, 1, 1, tzinfo=UTC))) == "Whispered is no kind of event"
    assert e.fault_of(e.Event(at=START)) == "Event is no kind of event"
