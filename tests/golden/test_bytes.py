"""The bytes of what other machines and older versions read: they stay as they are, and are read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from bobine.air.live.journal_lines import event_of, line_of
from bobine.air.live.state import events as e
from bobine.air.recorder.levels import Levels
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.status import Copy, Publisher, State, Status, read
from bobine.model.counted.objectives import Objective
from bobine.model.episode import Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.published.release import Chapter
from bobine.model.recording import InputKind, SoundInput
from bobine.publish.chapters import chapters_json
from bobine.publish.records import decode, encode
from tests.publish.samples import release

HERE = Path(__file__).parent
AT = datetime(2026, 11, 26, 17, 0, 0, 120, tzinfo=UTC)
FULL_ITEM = Item(
    id="fil-rouge",
    title="Le « fil rouge » — n° 3 🎉",
    kind=ItemKind.LIVE_MUSIC,
    duration=timedelta(minutes=4, seconds=30),
    min=timedelta(minutes=2),
    droppable=True,
    fixed_start=time(18, 5),
    people=("samira", "claire"),
    notes="un\ndeux",
    podcast=PodcastRights.CLEARED,
    objectives=(Objective.VOICES,),
    works=(Work(title="W", composer="C", use=WorkUse.LIVE), Work(title="X")),
)
ITEM = Item(id="accueil", title="Accueil", kind=ItemKind.TALK, duration=timedelta(minutes=3))
EVENTS = (
    e.RecordingStarted(at=AT, position=0, file="antenne.wav", rate=48_000, channels=2),
    e.Taken(at=AT, position=0, item=FULL_ITEM),
    e.Taken(at=AT.astimezone(timezone(timedelta(hours=1))), item=ITEM),
    e.Chosen(at=AT, position=5, item_id=None),
    e.Chosen(at=AT, position=5, item_id="accueil"),
    e.Skipped(at=AT, item_id="accueil"),
    e.Restored(at=AT, item_id="accueil"),
    e.TakenIn(at=AT, item_id="accueil"),
    e.PutBack(at=AT, item_id="accueil"),
    e.Lengthened(at=AT, seconds=-30),
    e.MovedBack(at=AT, seconds=3),
    e.Marked(at=AT, position=1 << 40, label='été " \\ \x00'),
    e.Noted(at=AT, text="une\nnote"),
    e.StopwatchTurned(at=AT, of="claire", running=True),
    e.StopwatchCleared(at=AT),
    e.CartStarted(at=AT, position=7, sound="sons/virgule.wav", bed=False, seconds=5),
    e.CartStopped(at=AT),
    e.RecordingGap(at=AT, position=9, start=1, end=8),
    e.Ended(at=AT),
    e.Undone(at=AT),
    e.BegunAgain(at=AT),
    e.GoneOnWith(at=AT),
    e.Redone(at=datetime(2026, 1, 1, tzinfo=UTC)),
    e.RecordingStopped(at=AT, position=10),
)
STATUS = Status(
    run="a1",
    state=State.RECORDING,
    file="antenne.wav",
    rate=48_000,
    channels=2,
    position=123_456,
    epoch=None,
    pace=48_000.0,
    at=12.5,
    boot="b",
    utc=AT,
    levels=Levels(peaks_dbfs=(-3.25, None), momentary_lufs=-23.0, dead_side=1),
    copies=(Copy(path="/é/antenne.wav", samples=123_456, minutes_left=None, fault="plein"),),
    lost_s=0.25,
)
RELEASE = release(
    title="Fête & <b>« é »</b>\n 🎉", published=datetime(2026, 11, 26, 20, 5, 0, 7, timezone(timedelta(hours=2)))
)
CHAPTERS = (Chapter(start_ms=0, end_ms=40_250, title="Été"), Chapter(start_ms=40_250, end_ms=60_000, title="B"))


def order(recording: Path) -> Order:
    return Order(
        run="r",
        source=SoundInput(kind=InputKind.FILE, name="/tmp/a.wav"),
        rate=48_000,
        channels=1,
        silence_s=20.0,
        journal=str(recording.parent / "journal.jsonl"),
        pair=(1, 2),
    )


def test_a_record() -> None:
    golden = (HERE / "record.json").read_bytes()
    assert encode(RELEASE) == golden
    assert decode(golden, "ici") == RELEASE


def test_the_lines_of_a_journal() -> None:
    golden = (HERE / "journal.jsonl").read_bytes()
    assert "".join(map(line_of, EVENTS)).encode() == golden
    assert tuple(map(event_of, golden.splitlines())) == EVENTS
    assert {type(event) for event in EVENTS} == set(e.KINDS.values())


def test_a_status(tmp_path: Path) -> None:
    golden = (HERE / "status.txt").read_bytes()
    Publisher(tmp_path / "status").publish(STATUS)
    assert (tmp_path / "status").read_bytes().strip(b"\0 \n") == golden.strip()
    assert read(tmp_path / "status") == STATUS


def test_an_order(tmp_path: Path) -> None:
    place = RecorderFolder(tmp_path)
    place.make()
    (tmp_path / ".recorder" / "order.json").write_bytes((HERE / "order.json").read_bytes())
    assert place.read_order() == order(Path("/e/recording"))


def test_chapters() -> None:
    assert chapters_json(CHAPTERS, title="É", podcast="B") == (HERE / "chapters.json").read_bytes()


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(1900, 1, 1)])
def test_a_records_day(day: date) -> None:
    assert f'"date": "{day}"'.encode() in encode(release(date=day))
