"""The station's file of a show of four minutes, made from its own recording: found again to 50 ms, or refused.

The sound is the demonstration's, synthesised; the station's way is an MP3 encoder, a gain, a compressor, an equaliser,
a filter that turns phases, noise, another rate, a drifting clock and another start.
"""

from __future__ import annotations

import hashlib
import json
import random
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import ffmpeg as graph
import pytest

from bobine import ffmpeg
from bobine.air.alignment.align import align
from bobine.air.importing.importer import import_recording
from bobine.air.live.journal import Journal
from bobine.air.live.state import events as e
from bobine.demo.show import ShowFiles
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.model.episode import Episode, Item, ItemKind
from bobine.sound.survey import survey
from bobine.store.records.recordings import as_run_path, read_as_run, write_as_run
from tests.conftest import made_once
from tests.demo.shows import made_show

pytestmark = pytest.mark.slow

RATE = 48_000
PROCESSED_FILE = "processed.wav"
TOLERANCE_S = 0.05
PROCESSED = (
    "volume=-6dB,acompressor=threshold=0.1:ratio=4:attack=5:release=80:makeup=2,"
    "equalizer=f=3000:t=q:w=1:g=6,allpass=f=400:t=q:w=0.7,allpass=f=1200:t=q:w=0.7"
)


@dataclass(frozen=True)
class Live:
    """A show of four minutes, as it leaves the station's processing too, its items where they were, and the plan."""

    recording: Path
    processed: Path
    items: tuple[AiredItem, ...]
    episode: Episode


def _process(show: ShowFiles, to: Path) -> None:
    processed = ffmpeg.read_file(show.recording).output(ffmpeg.local_file(to / PROCESSED_FILE), af=PROCESSED)
    ffmpeg.run(graph.get_args(processed))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    show = made_show(tmp_path_factory, 4, 3)
    processed = made_once(tmp_path_factory, "show that a station processed", lambda to: _process(show, to))
    marks = json.loads(show.marks.read_text("utf-8"))["items"]
    items = tuple(AiredItem(id=f"i{mark['n']}", start=mark["start"], end=mark["end"]) for mark in marks)
    planned = tuple(
        Item(
            id=f"i{mark['n']}",
            title=f"{mark['title']} {mark['n']}",
            kind=ItemKind.TALK,
            duration=timedelta(seconds=mark["planned_s"]),
        )
        for mark in marks
    )
    episode = Episode(show="demo", date=date(2026, 11, 26), season=1, number=1, title="Essai", items=planned)
    return Live(show.recording, processed / PROCESSED_FILE, items, episode)


@pytest.fixture
def folder(live: Live, tmp_path: Path) -> Path:
    """The episode's ``recording/`` as a live show leaves it."""
    found = tmp_path / "2026-11-26" / "recording"
    found.mkdir(parents=True)
    (found / "antenne.wav").hardlink_to(live.recording)
    info = survey(found / "antenne.wav")
    recording = Recording(
        file="antenne.wav", rate=RATE, channels=2, samples=info.samples, sha256="0" * 64, origin="antenne.wav"
    )
    points = tuple(NamedPoint(position=position, text="Repère", item=item) for item, position in marked(live).items())
    as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=live.items, points=points)
    write_as_run(as_run_path(found), as_run)
    return found


def marked(live: Live) -> dict[str, int]:
    """A mark in the middle of each item: its position in the recording, samples."""
    return {item.id: (item.start + item.end) // 2 for item in live.items}


def station(
    live: Live, to: Path, *, start_s: float = 0, sound: Path | None = None, filters: str = "anull", **output: Any
) -> Path:
    """What the station recorded; it begins ``start_s`` into the show, or that long before it where below 0.

    Args:
        sound: what reached it, its processing unless it is another.
        filters: what becomes of that.
    """
    shift = f"atrim=start={start_s},asetpts=PTS-STARTPTS" if start_s >= 0 else f"adelay={round(-start_s * 1000)}:all=1"
    if to.suffix == ".mp3":
        output["compression_level"] = 9  # the quickest
    reached = ffmpeg.read_file(sound or live.processed)
    ffmpeg.run(["-y", *graph.get_args(reached.output(ffmpeg.local_file(to), af=f"{shift},{filters}", **output))])
    return to


def errors_s(live: Live, as_run: AsRun, start_s: float, drift: float) -> dict[str, float]:
    """By how much each bound of each item is off, seconds; bounds outside of the file should be its ends."""
    known = {item.id: item for item in live.items}
    rate, last = as_run.recording.rate, as_run.recording.samples / as_run.recording.rate
    return {
        f"{item.id} {side}": found / rate - min(max((was / RATE - start_s) * (1 + drift), 0), last)
        for item in as_run.items
        for side, found, was in (
            ("start", item.start, known[item.id].start),
            ("end", item.end, known[item.id].end),
        )
    }


@pytest.mark.parametrize(
    ("name", "start_s", "clock", "output"),
    [
        ("early.mp3", -12.34, 48_000, {"audio_bitrate": "128k", "ar": 44_100}),
        ("late.mp3", 20.5, 48_002, {"audio_bitrate": "128k"}),
        ("short.mp3", 75.25, 47_998, {"audio_bitrate": "64k", "ac": 1, "t": 120}),
        ("fast.flac", -3.21, 48_005, {"ar": 32_000}),
        ("slow.wav", 7.77, 47_995, {"ar": 44_100}),
    ],
)
def test_every_item_is_found_again(
    live: Live, folder: Path, tmp_path: Path, name: str, start_s: float, clock: int, output: dict[str, Any]
) -> None:
    drift = RATE / clock - 1
    filters = f"asetrate={clock},aresample={RATE}"
    source = station(live, tmp_path / name, start_s=start_s, filters=filters, **output)
    found = import_recording(live.episode, folder, source)
    assert found.as_run.source is MarksSource.MARKS
    assert found.aligned is not None
    assert found.aligned.own
    errors = errors_s(live, found.as_run, start_s, drift)
    worst = max(errors.values(), key=abs)
    alignment = found.aligned.alignment
    print(  # noqa: T201 - the measured errors
        f"{name}: {len(found.as_run.items)} items, worst error {1000 * worst:.1f} ms, "
        f"drift {drift * 1e6:.1f} ppm found as {(alignment.drift or 0) * 1e6:.1f}, agreement {alignment.agreement:.2f}"
    )
    assert abs(worst) <= TOLERANCE_S, errors
    assert alignment.agreement > 0.6
    assert read_as_run(as_run_path(folder)) == found.as_run
    rate = found.as_run.recording.rate
    last = found.as_run.recording.samples / rate
    wanted = {item: (position / RATE - start_s) * (1 + drift) for item, position in marked(live).items()}
    points = {point.item: point.position / rate for point in found.as_run.points}
    assert points == pytest.approx({item: at for item, at in wanted.items() if 0 <= at <= last}, abs=TOLERANCE_S)
    for item in live.items:
        bounds = [(at / RATE - start_s) * (1 + drift) for at in (item.start, item.end)]
        if bounds[0] > 0.1 and bounds[1] < last - 0.1:
            assert item.id in {aired.id for aired in found.as_run.items}


BROKEN = {
    "7 s dropped.mp3": ((100.0, -7.0),),
    "20 s inserted.flac": ((140.0, 20.0),),
    "0.5 s dropped.wav": ((80.0, -0.5),),
    "dropped and inserted.mp3": ((70.0, -3.0), (170.0, 12.0)),
    "twice dropped.mp3": ((60.0, -1.2), (150.0, -40.0)),
}
"""Where in the recording, and by how many seconds, the station's file has less or more."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_with_a_hole_is_placed_in_pieces(live: Live, folder: Path, tmp_path: Path, name: str) -> None:
    breaks, start_s = BROKEN[name], -4.2
    broken = _broken(live.processed, tmp_path / "broken.wav", breaks)
    found = import_recording(live.episode, folder, station(live, tmp_path / name, start_s=start_s, sound=broken))
    assert found.aligned is not None
    alignment = found.aligned.alignment
    assert [one.shift_s for one in alignment.breaks] == pytest.approx([shift for _, shift in breaks], abs=0.03)
    assert [one.at_s for one in alignment.breaks] == pytest.approx([at for at, _ in breaks], abs=1.0)
    worst = 0.0
    bounds = {item.id: (item.start / RATE, item.end / RATE) for item in live.items}
    for item in found.as_run.items:
        for at, was in zip((item.start, item.end), bounds[item.id], strict=True):
            if all(not at_s - 1 < was < at_s + max(0, -shift) + 1 for at_s, shift in breaks):
                true = was - start_s + sum(shift for at_s, shift in breaks if at_s < was)
                worst = max(worst, abs(at / found.as_run.recording.rate - true))
    print(f"{name}: breaks {[(round(b.at_s, 2), round(b.shift_s, 3)) for b in alignment.breaks]}, worst {worst:.3f} s")  # noqa: T201
    assert worst <= TOLERANCE_S
    said = [one.text for one in found.remarks if "s à ce fichier" in one.text or "s de plus" in one.text]
    assert len(said) == len(breaks)


def _broken(whole: Path, to: Path, breaks: Sequence[tuple[float, float]]) -> Path:
    """A sound without some of its seconds, or with noise between them."""
    with wave.open(str(whole)) as source:
        layout, content = source.getparams(), source.readframes(source.getnframes())
    frame = layout.nchannels * layout.sampwidth
    rng = random.Random(4)
    for at_s, shift_s in reversed(breaks):
        at, length = round(at_s * RATE) * frame, round(abs(shift_s) * RATE) * frame
        added = b"" if shift_s < 0 else rng.randbytes(length)
        content = content[:at] + added + content[at + (length if shift_s < 0 else 0) :]
    with wave.open(str(to), "wb") as target:
        target.setparams(layout)
        target.writeframes(content)
    return to


@pytest.mark.parametrize(
    "sides",
    ["c0=-1*c0|c1=-1*c1", "c0=c0|c1=-1*c1", "c0=-1*c0|c1=c1", "c0=c1|c1=-1*c0", "c0=c0|c1=-1*c0"],
)
def test_an_inverted_file_is_found_as_well(live: Live, tmp_path: Path, sides: str) -> None:
    filters = f"pan=stereo|{sides},volume=-3dB"
    source = station(live, tmp_path / "a.flac", start_s=3.3, sound=live.recording, filters=filters, t=120)
    found = align(live.recording, source)
    assert found is not None
    assert found.breaks == ()
    assert found.there(60) == pytest.approx(56.7, abs=TOLERANCE_S)


def test_the_live_recording_stays_whatever_is_attached(live: Live, folder: Path, tmp_path: Path) -> None:
    own = folder / "antenne.wav"
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    first = import_recording(live.episode, folder, station(live, tmp_path / "a.mp3")).as_run.recording
    later = station(live, tmp_path / "b.flac", start_s=5, t=120)
    second = import_recording(live.episode, folder, later).as_run.recording
    assert first.file != second.file
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["antenne.wav", "as_run.toml", first.file, second.file]
    )
    assert hashlib.sha256(own.read_bytes()).hexdigest() == digest


def test_a_longer_file_gets_back_what_a_shorter_one_had_not(live: Live, folder: Path, tmp_path: Path) -> None:
    journal = Journal(folder.parent / "journal.jsonl")
    at = datetime(2026, 11, 26, 18, tzinfo=UTC)
    journal.append(e.RecordingStarted(at=at, position=0, file="antenne.wav", rate=RATE, channels=2))
    for item, aired in zip(live.episode.items, live.items, strict=True):
        journal.append(e.Taken(at=at + timedelta(seconds=aired.start / RATE), position=aired.start, item=item))
    journal.append(e.Ended(at=at + timedelta(minutes=7), position=live.items[-1].end))
    short = import_recording(live.episode, folder, station(live, tmp_path / "a.mp3", start_s=100))
    assert len(short.as_run.items) < len(live.items)
    assert any("ne contient pas" in note for note in short.notes)
    whole = import_recording(live.episode, folder, station(live, tmp_path / "b.mp3"))
    assert [item.id for item in whole.as_run.items] == [item.id for item in live.items]
    assert max(map(abs, errors_s(live, whole.as_run, 0, 0).values())) <= TOLERANCE_S


@pytest.mark.parametrize("what", ["another show", "noise", "hum", "the show backwards"])
def test_what_does_not_agree_is_refused(
    live: Live, folder: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    source = tmp_path / "autre.wav"
    if what == "another show":
        source = made_show(tmp_path_factory, 2, 7).recording
    elif what == "the show backwards":
        station(live, source, sound=live.recording, filters="areverse")
    else:
        sound = {"noise": "anoisesrc=d=300:a=0.1:seed=1", "hum": "sine=f=50:d=300"}[what]
        ffmpeg.run(["-y", *graph.get_args(ffmpeg.read_source(sound).output(ffmpeg.local_file(source)))])
    before = read_as_run(as_run_path(folder))
    with pytest.raises(MarksError, match="ne s'accorde pas") as caught:
        import_recording(live.episode, folder, source)
    assert "--reperes" in str(caught.value)
    assert read_as_run(as_run_path(folder)) == before
    assert sorted(path.name for path in folder.iterdir()) == ["antenne.wav", "as_run.toml"]


def test_a_recorder_that_heard_nothing_aligns_nothing(live: Live, folder: Path, tmp_path: Path) -> None:
    own = folder / "antenne.wav"
    own.unlink()
    silent = ffmpeg.read_source("anullsrc=r=48000").output(ffmpeg.local_file(own), t=380)
    ffmpeg.run(graph.get_args(silent))
    with pytest.raises(MarksError, match=r"antenne\.wav"):
        import_recording(live.episode, folder, station(live, tmp_path / "a.mp3"))


def test_what_the_station_left_out_is_said(live: Live, folder: Path, tmp_path: Path) -> None:
    item = max(live.items, key=lambda item: item.end - item.start)
    begin, end = item.start / RATE, item.end / RATE
    left_out = f"volume=0:enable='between(t,{begin},{end})'"
    other = station(live, tmp_path / "a.flac", sound=live.recording, filters=left_out)
    found = import_recording(live.episode, folder, other)
    title = next(planned.title for planned in live.episode.items if planned.id == item.id)
    assert any("s'écarte" in note and title in note for note in found.notes)
