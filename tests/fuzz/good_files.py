"""Good files for the readers to be fuzzed, and the records that an episode can have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bobine.air.live.state import events as e
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.model.aired.edits import Cut, Edits, Take
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.model.episode import Item
from bobine.model.hours import HoursLine, Task
from bobine.model.published.corrections import Act, AuditTrail, Correction, Reply
from bobine.model.published.keeping import Hold, Purged, PurgedFile
from bobine.model.published.master import DeadAir, Manifest, MasteredItem, MasterFile
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.show import AudioFormat
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.csv import write_csv
from bobine.plan.timing.rundown import time_rundown
from bobine.plan.volunteers.agenda import agenda_ics
from bobine.plan.volunteers.dates import OwnDate
from bobine.publish.feed.write import feed_bytes
from bobine.store.documents.episodes import read_episode
from bobine.store.records.corrections import change_corrections, corrections_path
from bobine.store.records.edits import change_edits, edits_path
from bobine.store.records.keeping import hold_path, purged_path, put_hold, write_purged
from bobine.store.records.recordings import write_as_run
from bobine.store.records.releases import write_release
from bobine.store.records.transcripts import transcript_path, write_transcript
from bobine.store.workspace import EpisodeFolder, Workspace
from tests.conftest import ROOT
from tests.publish import samples

GOLDEN = ROOT / "tests" / "golden"
DAY = date(2026, 11, 26)
HOURS = HoursLine(id="ca", name="Ana", task=Task.BOARD, duration=timedelta(hours=2), date=DAY, notes="un")
NOW = datetime(2027, 2, 1, tzinfo=UTC)
RATE = 48000
STATUS = (GOLDEN / "status.txt").read_bytes().split(b" ", 2)[2]

AGENDA = agenda_ics(
    [OwnDate(day=DAY, show="a", title="é", call=NOW, on_air=NOW, end=NOW + timedelta(hours=1), tasks=("b",))],
    "Ana", "fil", NOW,
)  # fmt: skip


def write_records(folder: EpisodeFolder, items: Sequence[Item]) -> None:
    """Write what an episode has once its show was recorded, mastered and published."""
    aired = tuple(AiredItem(id=item.id, start=n * 1000, end=n * 1000 + 900) for n, item in enumerate(items))
    recording = Recording(file="antenne.wav", rate=48000, channels=2, samples=48000 * 60, sha256="0" * 64)
    points = (
        NamedPoint(position=500, text="Repère 1", item=items[0].id),
        NamedPoint(position=48_000, text="« là »"),
    )
    as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=aired, points=points)
    write_as_run(folder.as_run, as_run)
    put_hold(hold_path(folder.path), Hold(by="Nadia", at=NOW, reason="plainte"))
    purged = Purged(at=NOW, files=(PurgedFile(file="antenne.wav", bytes=3),))
    write_purged(purged_path(folder.recording), purged)
    change_edits(edits_path(folder.path), lambda _: _edits(items[0].id, items[1].id))
    release = LocalRelease(
        destination="local", feed_url=samples.FEED, status=ReleaseStatus.ONLINE, release=samples.release()
    )
    write_release(folder.release, release)
    change_corrections(corrections_path(folder.path), lambda _: _trail())
    write_transcript(transcript_path(folder.path), _SPOKEN)


def feed() -> bytes:
    return feed_bytes(samples.SHOW, [samples.release()], samples.BASE, samples.FEED, samples.IMAGE, samples.GUID)


def csv_sheet(workspace: Workspace, day: date) -> bytes:
    show, episode = workspace.shows[0], read_episode(workspace, workspace.shows[0], day)
    return write_csv(make_sheet(show, episode, time_rundown(episode.items, show.slot.bounds(day))))


def _trail() -> AuditTrail:
    change = Correction(
        at=NOW, act=Act.WITHDRAW, destination="local", reason="accord retiré", replaced=("s/audio/a.mp3",)
    )
    return AuditTrail(corrections=(change,), replies=(Reply(at=NOW, by="Nadia", text="Non."),))


_SPOKEN = Transcript(
    origin="dite.vtt",
    recording="0" * 64,
    cues=(
        SpokenCue(text="Bonsoir.", who="Nadia", parts=(SoundPart(start_ms=100, end_ms=2000),)),
        SpokenCue(
            text="Oui", parts=(SoundPart(start_ms=3, end_ms=4, take="prise.wav"), SoundPart(start_ms=5, end_ms=9))
        ),
    ),
)
TRANSCRIPT = b"WEBVTT\n\nNOTE relu\n\n00:01.000 --> 00:02.500 align:start\n<v Nadia>Bonsoir &amp; <i>oui</i>\n\n"


def _edits(cut: str, taken: str) -> Edits:
    take = Take(
        item=taken, file="prise.wav", rate=44100, channels=1, samples=99999, sha256="1" * 64, start=0, end=90000
    )
    cuts = (
        Cut(item=cut, sound="0" * 64, rate=48000, start=100, end=200),
        Cut(item=taken, sound="1" * 64, rate=44100, start=5, end=50),
    )
    return Edits(takes=(take,), cuts=cuts)


def manifest() -> Manifest:
    whole = {"integrated_lufs": -16.0, "true_peak_dbtp": -1.5, "lra_lu": 5.0, "duration_s": 120.0, "kbps": 128}
    file = MasterFile(format=AudioFormat.MP3, file="podcast.mp3", sha256="0" * 64, **whole)  # type: ignore[arg-type]
    items = (
        MasteredItem(id="generique", title="Générique", kept=True, start_s=0.0, end_s=40.0, lufs_before=-20.0),
        MasteredItem(id="live", title="Live", kept=False, reason="droits à demander"),
        MasteredItem(id="agenda", title="Agenda", kept=True, start_s=40.0, end_s=120.0),
    )
    hole = DeadAir(item="agenda", recording_s=3.5, duration_s=4.0)
    return Manifest(recording_sha256="0" * 64, files=(file,), items=items, dead_air=(hole,), warnings=("à réécouter",))


def events(items: Sequence[Item]) -> list[e.Event]:
    """A show with everything that can happen in one."""
    at: dict[str, Any] = {"at": NOW, "position": 9000}
    ids = [item.id for item in items]
    return [
        e.RecordingStarted(at=NOW, position=0, file="antenne.wav", rate=RATE, channels=2),
        e.Taken(**at, item=items[0]),
        e.Chosen(**at, item_id=ids[3]),
        e.Skipped(**at, item_id=ids[1]),
        e.Restored(**at, item_id=ids[1]),
        e.Taken(**at, item=items[1]),
        e.Lengthened(**at, seconds=30),
        e.MovedBack(**at, seconds=5),
        e.Marked(**at, label="fou rire"),
        e.Noted(**at, text="micro 3 muet"),
        e.StopwatchTurned(**at, of="Liste A", running=True),
        e.StopwatchTurned(**at, of="Liste A", running=False),
        e.StopwatchCleared(**at),
        e.RecordingGap(**at, start=100, end=200),
        e.TakenIn(**at, item_id=ids[-1]),
        e.PutBack(**at, item_id=ids[-1]),
        e.Undone(**at),
        e.Ended(**at),
        e.RecordingStopped(**at),
    ]
