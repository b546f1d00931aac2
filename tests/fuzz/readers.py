"""Every reader of what comes from outside, with a good file: of any bytes it makes a value, or an error of our own."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.journal_lines import line_of
from bobine.air.live.state import events as e
from bobine.air.live.state.session import fold
from bobine.air.marks.formats.wav import parse_wav
from bobine.air.marks.formats.written import Faults
from bobine.air.marks.inside import wav_chunks
from bobine.air.marks.reading import read_marks
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.status import read as read_status
from bobine.air.recorder.wav import header, layout
from bobine.errors import BobineError, MarksError
from bobine.evening.edits import read_edited
from bobine.evening.keeping import stock
from bobine.evening.seasons.volunteer import Coming, write_agenda
from bobine.evening.transcripts.placing import HeardStretch, placed
from bobine.master.edit import edit_list
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.model.aired.edits import Cut, Edits, Take
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.model.episode import Item
from bobine.model.hours import HoursLine, Task
from bobine.model.published.corrections import Act, AuditTrail, Correction, Reply
from bobine.model.published.keeping import Hold, Purged, PurgedFile
from bobine.model.published.master import DeadAir, Manifest, MasteredItem, MasterFile
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.recording import InputKind, SoundInput
from bobine.model.show import AudioFormat
from bobine.plan.files.csv_reading import read_csv
from bobine.plan.files.season_files import read_day
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.csv import write_csv
from bobine.plan.timing.rundown import time_rundown
from bobine.plan.volunteers.agenda import agenda_ics
from bobine.plan.volunteers.dates import OwnDate
from bobine.plan.volunteers.hours_csv import write_hours
from bobine.plan.volunteers.hours_reading import read_hours_file
from bobine.publish.chapters import chapter_list, chapters_json, timestamps
from bobine.publish.check.public import check_bytes
from bobine.publish.feed.write import feed_bytes
from bobine.publish.records import decode, encode
from bobine.publish.transcripts.reading import cues_of
from bobine.publish.transcripts.writing import subrip, webvtt
from bobine.sound.header_reading import read_header
from bobine.store.codec.encode import encode as encode_table
from bobine.store.codec.json_text import json_text
from bobine.store.codec.notation import JSON
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import read_state, states
from bobine.store.documents.hours import edit_other_hours, read_other_hours
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.records.corrections import change_corrections, corrections_path, read_corrections
from bobine.store.records.edits import change_edits, edits_path
from bobine.store.records.keeping import hold_path, purged_path, put_hold, read_hold, read_purged, write_purged
from bobine.store.records.manifests import read_manifest, write_manifest
from bobine.store.records.recordings import read_as_run, write_as_run
from bobine.store.records.releases import read_releases, write_release
from bobine.store.records.transcripts import read_transcript, transcript_path, write_transcript
from bobine.store.workspace import EpisodeFolder, Workspace, open_workspace
from tests.conftest import ATELIER, ROOT
from tests.fuzz.mutations import mutated_bytes, mutated_json, mutated_lines, mutated_toml
from tests.publish import samples

GOLDEN = ROOT / "tests" / "golden"
DAY = date(2026, 11, 26)
_HOURS = HoursLine(id="ca", name="Ana", task=Task.BOARD, duration=timedelta(hours=2), date=DAY, notes="un")
NOW = datetime(2027, 2, 1, tzinfo=UTC)
RATE = 48000
STATUS = (GOLDEN / "status.txt").read_bytes().split(b" ", 2)[2]


@dataclass(frozen=True)
class Reader:
    """A reader to be fuzzed.

    Attributes:
        name: what it reads.
        good: a file that it reads without a fault.
        by: the mutation that knows what such a file is made of.
        read: reads bytes in that file's place, and reckons with what they gave.
    """

    name: str
    good: bytes
    by: Callable[[bytes, random.Random], bytes]
    read: Callable[[bytes], object]


def survives(reader: Reader, content: bytes) -> Exception | None:
    """What came out of a reader that is not our own error; None where all is well."""
    try:
        reader.read(content)
    except BobineError as error:
        sentence = str(error)
        said = sentence.strip() and sentence == sentence.encode("utf-8", "replace").decode()
        return None if said else AssertionError(f"no sentence: {sentence!r}")
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        return error
    return None


class Place:
    """The workspace of the worked example in a folder, with every file that an episode can have."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ATELIER / "shows.toml", root)
        shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
        self.workspace: Workspace = open_workspace(root)
        self.show = self.workspace.shows[0]
        self.folder: EpisodeFolder = self.workspace.folder(self.show, DAY)
        items = read_episode(self.workspace, self.show, DAY).items
        aired = tuple(AiredItem(id=item.id, start=n * 1000, end=n * 1000 + 900) for n, item in enumerate(items))
        recording = Recording(file="antenne.wav", rate=48000, channels=2, samples=48000 * 60, sha256="0" * 64)
        points = (
            NamedPoint(position=500, text="Repère 1", item=items[0].id),
            NamedPoint(position=48_000, text="« là »"),
        )
        as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=aired, points=points)
        write_as_run(self.folder.as_run, as_run)
        put_hold(hold_path(self.folder.path), Hold(by="Nadia", at=NOW, reason="plainte"))
        purged = Purged(at=NOW, files=(PurgedFile(file="antenne.wav", bytes=3),))
        write_purged(purged_path(self.folder.recording), purged)
        change_edits(edits_path(self.folder.path), lambda _: _edits(items[0].id, items[1].id))
        release = LocalRelease(
            destination="local", feed_url=samples.FEED, status=ReleaseStatus.ONLINE, release=samples.release()
        )
        write_release(self.folder.release, release)
        change_corrections(corrections_path(self.folder.path), lambda _: _trail())
        write_transcript(transcript_path(self.folder.path), _SPOKEN)
        self.journal = self.folder.path / JOURNAL_FILE
        self.journal.write_text("".join(line_of(event) for event in _events(items)), "utf-8")
        self.recorder = RecorderFolder(self.root / "recording")
        self.recorder.make()
        self.recorder.write_order(
            Order(
                run="r",
                source=SoundInput(kind=InputKind.ALSA, name="hw:0"),
                rate=RATE,
                channels=2,
                silence_s=5,
                journal=str(self.recorder.recording.parent / JOURNAL_FILE),
            )
        )
        self.order = self.recorder.recording / ".recorder" / "order.json"
        self.folder.history.mkdir(exist_ok=True)
        self.state = self.folder.history / "20261126T180000.000000Z.toml"
        shutil.copy(self.folder.plan, self.state)

    def _file(self, path: Path, read: Callable[[], object]) -> Callable[[bytes], object]:
        good = path.read_bytes()

        def with_content(content: bytes) -> object:
            path.write_bytes(content)
            try:
                return read()
            finally:
                path.write_bytes(good)

        return with_content

    def _agenda(self, content: bytes) -> None:
        path = self.root / "agenda.ics"
        path.write_bytes(content)
        write_agenda(path, Coming(self.show, (), ()), "Ana", NOW - timedelta(days=1))

    def _toml(self, name: str, path: Path, read: Callable[[], object]) -> Reader:
        return Reader(name, path.read_bytes(), mutated_toml, self._file(path, read))

    def _status(self, content: bytes) -> None:
        told = b"1 " + content
        self.recorder.status.write_bytes(f"{zlib.crc32(told):08x} ".encode() + told)
        found = read_status(self.recorder.status)
        if found is not None:
            found.position_at(1.0)
            json_text(encode_table(found, notation=JSON))

    def readers(self) -> list[Reader]:
        """All of them; each is by itself, and leaves the folder as it was."""
        workspace, show, folder = self.workspace, self.show, self.folder
        write_manifest(folder.manifest, _manifest())
        people = read_episode(workspace, show, DAY).people
        edit_other_hours(workspace, show, lambda _: (_HOURS,))
        csv, purged, trail = _csv(workspace, DAY), purged_path(folder.recording), corrections_path(folder.path)

        by_json = mutated_json

        def shows() -> None:
            for one in open_workspace(self.root).shows:
                one.slot.bounds(DAY)
                one.season.number(DAY)

        def episode() -> None:
            read = read_episode(workspace, show, DAY)
            time_rundown(read.items, show.slot.bounds(DAY))
            read_day(workspace, show, DAY)

        def edits() -> None:
            found = read_edited(folder, read_episode(workspace, show, DAY))
            for one in found.edited:
                _ = [row.words for row in one.cuts]
            with contextlib.suppress(MarksError):  # the items of this show are too short for a podcast
                edit_list(found.as_run, (), found.edits)

        def chapters() -> None:
            found = read_manifest(folder.manifest)
            listed = chapter_list(found.items, found.files[0].duration_s if found.files else 0)
            chapters_json(listed, title="a")
            timestamps(listed)

        def transcript() -> None:
            found = read_transcript(transcript_path(folder.path))
            cues = placed(found.cues, (HeardStretch("", 0, 0, 60_000),)) if found is not None else ()
            subrip(cues)

        def journal() -> None:
            fold(Journal(self.journal).read())
            stock(workspace, show, DAY, NOW, seen=())

        order = self.recorder.read_own_order

        def record(content: bytes) -> None:
            feed_bytes(samples.SHOW, [decode(content, "x")], samples.BASE, samples.FEED, samples.IMAGE, samples.GUID)

        def wav(content: bytes) -> None:
            read_header(io.BytesIO(content), len(content))
            path = self.root / "essai.wav"
            path.write_bytes(content)
            layout(path)

        def marks(name: str, good: str, by: Callable[[bytes, random.Random], bytes]) -> Reader:
            return Reader(f"marks, {name}", good.encode(), by, lambda c: read_marks(c, "r.txt", 48000, 48000 * 3600))

        return [
            self._toml("shows.toml", self.root / "shows.toml", shows),
            self._toml("episode.toml", folder.plan, episode),
            self._toml("team.toml", workspace.team_file(show), lambda: read_team(workspace, show)),
            self._toml("hours.toml", workspace.hours_file(show), lambda: read_other_hours(workspace, show)),
            self._toml("ideas.toml", workspace.ideas_file(show), lambda: read_ideas(workspace, show)),
            self._toml("hold.toml", hold_path(folder.path), lambda: read_hold(hold_path(folder.path))),
            self._toml("purged.toml", purged, lambda: read_purged(purged)),
            self._toml("corrections.toml", trail, lambda: read_corrections(trail)),
            self._toml("edits.toml", edits_path(folder.path), edits),
            self._toml("transcript.toml", transcript_path(folder.path), transcript),
            self._toml("as_run.toml", folder.as_run, lambda: read_as_run(folder.as_run)),
            self._toml("manifest.toml", folder.manifest, chapters),
            self._toml("release.toml", folder.release, lambda: read_releases(folder.release)),
            self._toml("history", self.state, lambda: [read_state(workspace, show, DAY, s) for s in states(folder)]),
            Reader("journal.jsonl", self.journal.read_bytes(), by_json, self._file(self.journal, journal)),
            Reader("record", encode(samples.release()), by_json, record),
            Reader("status", STATUS, mutated_json, self._status),
            Reader("order", self.order.read_bytes(), mutated_json, self._file(self.order, order)),
            Reader("transcript", _TRANSCRIPT, mutated_lines, _cues),
            Reader("feed", _feed(), mutated_bytes, lambda c: check_bytes(c, NOW)),
            Reader("feed, words", _feed(), mutated_lines, lambda c: check_bytes(c, NOW)),
            marks(
                "JSON",
                '[{"title": "a", "start": 0, "end": 480}, {"title": "b", "start": 480, "end": 960}]',
                mutated_json,
            ),
            marks("Audacity", "0,5\t1.5\tGénérique\n1.5\t1.5\tAccueil\n\\\t100\t200\n90\t120\tFin\n", mutated_lines),
            marks(
                "podcast",
                '{"version": "1.2.0", "chapters": [{"startTime": 0.5, "title": "a", "endTime": 9}]}',
                mutated_json,
            ),
            marks("lines", "Bonsoir\n0:00 Générique\n[00:12:30.5] - Accueil\n1:02'03\" Fin\n", mutated_lines),
            marks("mp4chaps", "CHAPTER01=00:00:00.000\nCHAPTER01NAME=a\nCHAPTER02=00:01:02.5\n", mutated_lines),
            marks("table", "#,Name,Start,End,Length\nR1,a,0:01.5,0:09.0,0:07.5\nM1,b,12.5,,\n", mutated_lines),
            marks("Audition", "Name\tStart\tDuration\tTime Format\na\t0:01:10\t0:02:00\t75 fps\n", mutated_lines),
            marks("Reaper", '<REAPER_PROJECT 0.1\n  MARKER 1 0.5 "a" 1\n  MARKER 1 9 "" 1\n>\n', mutated_lines),
            marks(
                "SRT", "1\n00:00:01,000 --> 00:00:09,500\nUn\n\n2\n00:00:10,000 --> 00:00:19,000\nDeux\n", mutated_lines
            ),
            marks("VTT", "WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:09.500 line:0\n<v A>Un</v>\n", mutated_lines),
            marks(
                "ffmetadata", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=9\ntitle=a\\=b\n", mutated_lines
            ),
            Reader(
                "marks, WAV",
                _wav_with_marks(),
                mutated_bytes,
                lambda c: parse_wav(wav_chunks(io.BytesIO(c)), Faults("a")),
            ),
            marks("CUE", 'FILE "a.wav" WAVE\n TRACK 01 AUDIO\n  TITLE "a"\n  INDEX 01 00:00:00\n', mutated_lines),
            Reader("CSV", csv, mutated_lines, lambda c: read_csv(c, "a.csv", people, [x.id for x in show.chroniques])),
            Reader(
                "hours, CSV",
                write_hours(((DAY, _HOURS), (None, _HOURS))),
                mutated_lines,
                lambda c: read_hours_file(c, "a.csv", {DAY: (), None: (_HOURS,)}),
            ),
            Reader("agenda", _AGENDA, mutated_lines, self._agenda),
            Reader("WAV header", header(48000, 2, 1000) + bytes(4000), mutated_bytes, wav),
            Reader("RF64 header", header(48000, 2, 2**31) + bytes(400), mutated_bytes, wav),
        ]


_AGENDA = agenda_ics(
    [OwnDate(day=DAY, show="a", title="é", call=NOW, on_air=NOW, end=NOW + timedelta(hours=1), tasks=("b",))],
    "Ana", "fil", NOW,
)  # fmt: skip


def _feed() -> bytes:
    return feed_bytes(samples.SHOW, [samples.release()], samples.BASE, samples.FEED, samples.IMAGE, samples.GUID)


def _wav_with_marks() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    cues = struct.pack("<I", 2) + b"".join(struct.pack("<II4sIII", n, n, b"data", 0, 0, n * 900) for n in (1, 2))
    labels = b"".join(chunk(b"labl", struct.pack("<I", n) + b"titre\0") for n in (1, 2))
    length = chunk(b"ltxt", struct.pack("<II4sHHHH", 1, 500, b"rgn ", 0, 0, 0, 0))
    point = "<SYNC_POINT><SYNC_POINT_TYPE>ABSOLUTE</SYNC_POINT_TYPE><SYNC_POINT_LOW>9</SYNC_POINT_LOW></SYNC_POINT>"
    chunks = (
        chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16)),
        chunk(b"bext", bytes(602)),
        chunk(b"iXML", point.encode()),
        chunk(b"data", bytes(100)),
        chunk(b"cue ", cues),
        chunk(b"LIST", b"adtl" + labels + length),
    )
    return b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WAVE" + b"".join(chunks)


def _csv(workspace: Workspace, day: date) -> bytes:
    show, episode = workspace.shows[0], read_episode(workspace, workspace.shows[0], day)
    return write_csv(make_sheet(show, episode, time_rundown(episode.items, show.slot.bounds(day))))


def _trail() -> AuditTrail:
    change = Correction(
        at=NOW, act=Act.WITHDRAW, destination="local", reason="accord retiré", replaced=("s/audio/a.mp3",)
    )
    return AuditTrail(corrections=(change,), replies=(Reply(at=NOW, by="Nadia", text="Non."),))


def _cues(content: bytes) -> None:
    found = cues_of(content)
    assert len(cues_of(webvtt(found))) == len(found)


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
_TRANSCRIPT = b"WEBVTT\n\nNOTE relu\n\n00:01.000 --> 00:02.500 align:start\n<v Nadia>Bonsoir &amp; <i>oui</i>\n\n"


def _edits(cut: str, taken: str) -> Edits:
    take = Take(
        item=taken, file="prise.wav", rate=44100, channels=1, samples=99999, sha256="1" * 64, start=0, end=90000
    )
    cuts = (
        Cut(item=cut, sound="0" * 64, rate=48000, start=100, end=200),
        Cut(item=taken, sound="1" * 64, rate=44100, start=5, end=50),
    )
    return Edits(takes=(take,), cuts=cuts)


def _manifest() -> Manifest:
    whole = {"integrated_lufs": -16.0, "true_peak_dbtp": -1.5, "lra_lu": 5.0, "duration_s": 120.0, "kbps": 128}
    file = MasterFile(format=AudioFormat.MP3, file="podcast.mp3", sha256="0" * 64, **whole)  # type: ignore[arg-type]
    items = (
        MasteredItem(id="generique", title="Générique", kept=True, start_s=0.0, end_s=40.0, lufs_before=-20.0),
        MasteredItem(id="live", title="Live", kept=False, reason="droits à demander"),
        MasteredItem(id="agenda", title="Agenda", kept=True, start_s=40.0, end_s=120.0),
    )
    hole = DeadAir(item="agenda", recording_s=3.5, duration_s=4.0)
    return Manifest(recording_sha256="0" * 64, files=(file,), items=items, dead_air=(hole,), warnings=("à réécouter",))


def _events(items: Sequence[Item]) -> list[e.Event]:
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
