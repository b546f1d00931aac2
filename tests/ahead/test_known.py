"""What is known of a show that goes on is the beginning of what will be known of it; how it is paced and told."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.state import events as e
from bobine.air.live.state.session import fold
from bobine.air.recorder.wav import GrowingWav, synced
from bobine.evening.ahead.known import SETTLED_S, last_sample, recorded_file, so_far
from bobine.evening.ahead.pace import MOST_SHARE, Pace
from bobine.evening.ahead.sources import Growing
from bobine.evening.ahead.status import State, Status, read_status, words, write_status
from bobine.model.aired.edits import NO_EDITS, Edits, Take
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.people import Person

RATE = 48_000
BEGAN = datetime(2026, 11, 26, 17, tzinfo=UTC)
FILE = "antenne.wav"


def item(n: int, rights: PodcastRights | None = None) -> Item:
    return Item(id=f"i{n}", title=f"I {n}", kind=ItemKind.TALK, duration=timedelta(minutes=1), podcast=rights)


def plan(items: list[Item], people: tuple[Person, ...] = ()) -> Episode:
    day = date(2026, 11, 26)
    return Episode(show="s", date=day, season=1, number=1, title="t", items=tuple(items), people=people)


def show(items: list[Item], lengths: list[int], *, ended: bool = True) -> list[e.Event]:
    at, position = BEGAN, 0
    events: list[e.Event] = [e.RecordingStarted(at=at, position=0, file=FILE, rate=RATE, channels=2)]
    for one, length in zip(items, lengths, strict=True):
        events.append(e.Taken(at=at, position=position, item=one))
        position += length
        at += timedelta(seconds=length / RATE)
    return [*events, e.Ended(at=at, position=position)] if ended else events


LENGTHS = st.lists(st.integers(RATE // 10, 4 * RATE), min_size=1, max_size=6)


@given(LENGTHS, st.data())
def test_what_is_known_stays_as_the_show_goes_on(lengths: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.sets(st.integers(0, len(lengths) - 1)))
    items = [item(n, PodcastRights.CUT if n in cut else None) for n in range(len(lengths))]
    events = show(items, lengths)
    total = sum(lengths)
    whole = so_far(fold(events), plan(items), NO_EDITS, FILE, 2, total)
    assert whole.known == len(whole.segments)
    assert not whole.goes_on
    begun = data.draw(st.integers(1, len(lengths)))
    there = sum(lengths[: begun - 1]) + data.draw(st.integers(0, lengths[begun - 1]))
    now = so_far(fold(events[: begun + 1]), plan(items), NO_EDITS, FILE, 2, there)
    assert now.goes_on
    assert now.known < begun
    assert now.total <= len(items)
    assert last_sample(fold(events[: begun + 1]), FILE) <= there
    shortest = min(lengths)
    if shortest > RATE:  # none is passed over
        assert now.segments[: now.known] == whole.segments[: now.known]


def test_an_item_is_known_once_the_next_one_is_heard() -> None:
    items = [item(n) for n in range(3)]
    session = fold(show(items[:2], [4 * RATE, RATE], ended=False))
    soon = int(SETTLED_S * RATE)
    assert recorded_file(session) == FILE
    assert so_far(session, plan(items), NO_EDITS, FILE, 2, 4 * RATE + soon - 1).known == 0
    found = so_far(session, plan(items), NO_EDITS, FILE, 2, 4 * RATE + soon)
    assert (found.known, found.total) == (1, 3)
    later = so_far(session, plan(items), NO_EDITS, FILE, 2, 40 * RATE)
    assert later.signature == found.signature != ()


def test_rights_that_are_unknown_leave_nothing_out_and_forbidden_ones_do() -> None:
    items = [item(0), item(1, PodcastRights.UNKNOWN), item(2, PodcastRights.CUT), item(3)]
    found = so_far(fold(show(items, [3 * RATE] * 4)), plan(items), NO_EDITS, FILE, 2, 12 * RATE)
    assert [one.item for one in found.segments] == ["i0", "i1", "i3"]
    assert found.total == 3


def test_an_edit_waits_for_its_item() -> None:
    items = [item(0), item(1), item(2)]
    edits = Edits(takes=(Take(item="i2", file="t.wav", rate=RATE, channels=2, samples=RATE, sha256="0" * 64, start=0,
                              end=RATE),))  # fmt: skip
    session = fold(show(items[:2], [4 * RATE, 4 * RATE], ended=False))
    assert so_far(session, plan(items), edits, FILE, 2, 8 * RATE).edits == NO_EDITS
    whole = so_far(fold(show(items, [4 * RATE] * 3)), plan(items), edits, FILE, 2, 12 * RATE)
    assert whole.segments[2].pieces[0].sound == "t.wav"
    assert whole.signature


@given(st.integers(0, 9), st.integers(0, 1 << 20), st.sampled_from(list(State)))
def test_what_is_said_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, pid: int, beat: int, state: State
) -> None:
    path = tmp_path_factory.mktemp("said") / "status.json"
    write_status(path, Status(pid, beat, 3, 14, state))
    assert read_status(path) == Status(pid, beat, 3, 14, state)
    path.unlink()


SAID = '{"pid":1,"beat":0,"ready":0,"total":0,"state":"working"}'


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"pid": 1}', SAID.replace("1", "-1"), SAID.replace("0", "true"), SAID[:-9] + '?"}', "9" * 5000],
)
def test_nonsense_is_not_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "status.json").write_text(text)
    assert read_status(tmp_path / "status.json") is None


def test_the_words() -> None:
    assert words(Status(1, 0, 11, 14)) == "podcast : 11 éléments sur 14 prêts"
    assert words(Status(1, 0, 1, 14)) == "podcast : 1 élément sur 14 prêt"
    assert "48 kHz" in words(Status(1, state=State.OTHER_RATE))
    assert all(len(words(Status(1, 0, 100, 100, state))) < 78 for state in State)


class Clock:
    def __init__(self) -> None:
        self.s = self.spent_s = 0.0
        self.beats = 0

    def beat(self) -> None:
        self.beats += 1

    def wait(self, s: float) -> bool:
        self.s += max(s, 0.001)
        return False


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=30), st.sampled_from([0, 1000]))
def test_the_share_of_a_core_is_kept_since_it_began(turns: list[tuple[float, float]], before_s: float) -> None:
    clock, cancel = Clock(), threading.Event()
    clock.spent_s = before_s
    cancel.wait = lambda timeout=None: clock.wait(timeout or 0.0)  # type: ignore[method-assign]
    pace = Pace(clock.beat, lambda: False, cancel, lambda: clock.s, lambda: clock.spent_s)
    for work_s, idle_s in turns:
        clock.spent_s += work_s
        clock_s = clock.s
        clock.s += work_s + idle_s
        pace.progress("", 0.0)
        spent_s = clock.spent_s - before_s
        assert spent_s <= MOST_SHARE * clock.s + 1e-6
        assert clock.s <= clock_s + max(work_s + idle_s, spent_s / MOST_SHARE) + 1
    assert clock.beats >= clock.s // 4
    pace.hurries = True
    clock.spent_s += 100
    before = clock.s
    pace.progress("", 0.0)
    assert clock.s == before


def test_work_of_no_more_use_is_cancelled() -> None:
    clock, cancel = Clock(), threading.Event()
    pace = Pace(clock.beat, lambda: True, cancel, lambda: clock.s, lambda: clock.spent_s)
    pace.progress("", 0.0)
    assert not cancel.is_set()
    clock.s += 1
    pace.progress("", 0.0)
    assert cancel.is_set()


def test_only_what_the_header_counts_is_there(tmp_path: Path) -> None:
    path = tmp_path / FILE
    wav = GrowingWav(path, RATE, 2)
    growing = Growing(path)
    wav.append(bytes(4000))
    assert growing.look()
    assert (growing.rate, growing.channels, growing.samples) == (RATE, 2, 0)
    wav.sync()
    assert synced(path) == (RATE, 2, 1000)
    assert growing.look()
    assert growing.samples == 1000
    wav.close()
    path.rename(tmp_path / "old.wav")
    assert growing.samples == 1000
    with pytest.raises(FileNotFoundError):
        growing.look()
    GrowingWav(path, RATE, 2).close()
    assert not growing.look()
    growing.close()
