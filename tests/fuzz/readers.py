"""Every reader of what comes from outside, with a good file: of any bytes it makes a value, or an error of our own."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.journal_lines import line_of
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
from bobine.model.recording import InputKind, SoundInput
from bobine.plan.files.csv_reading import read_csv
from bobine.plan.files.season_files import read_day
from bobine.plan.timing.rundown import time_rundown
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
from bobine.store.records.corrections import corrections_path, read_corrections
from bobine.store.records.edits import edits_path
from bobine.store.records.keeping import hold_path, purged_path, read_hold, read_purged
from bobine.store.records.manifests import read_manifest, write_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.records.transcripts import read_transcript, transcript_path
from bobine.store.workspace import EpisodeFolder, Workspace, open_workspace
from tests.conftest import ATELIER
from tests.fuzz import good_files
from tests.fuzz.good_files import DAY, NOW, RATE
from tests.fuzz.good_marks import CUE, WRITTEN_MARKS, wav_with_marks
from tests.fuzz.mutations import mutated_bytes, mutated_json, mutated_lines, mutated_toml
from tests.publish import samples


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
        good_files.write_records(self.folder, items)
        self.journal = self.folder.path / JOURNAL_FILE
        self.journal.write_text("".join(line_of(event) for event in good_files.events(items)), "utf-8")
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
        write_manifest(folder.manifest, good_files.manifest())
        people = read_episode(workspace, show, DAY).people
        edit_other_hours(workspace, show, lambda _: (good_files.HOURS,))
        csv = good_files.csv_sheet(workspace, DAY)
        purged, trail = purged_path(folder.recording), corrections_path(folder.path)

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
            Reader("status", good_files.STATUS, mutated_json, self._status),
            Reader("order", self.order.read_bytes(), mutated_json, self._file(self.order, order)),
            Reader("transcript", good_files.TRANSCRIPT, mutated_lines, _cues),
            Reader("feed", good_files.feed(), mutated_bytes, lambda c: check_bytes(c, NOW)),
            Reader("feed, words", good_files.feed(), mutated_lines, lambda c: check_bytes(c, NOW)),
            *(marks(*one) for one in WRITTEN_MARKS),
            Reader(
                "marks, WAV",
                wav_with_marks(),
                mutated_bytes,
                lambda c: parse_wav(wav_chunks(io.BytesIO(c)), Faults("a")),
            ),
            marks("CUE", CUE, mutated_lines),
            Reader("CSV", csv, mutated_lines, lambda c: read_csv(c, "a.csv", people, [x.id for x in show.chroniques])),
            Reader(
                "hours, CSV",
                write_hours(((DAY, good_files.HOURS), (None, good_files.HOURS))),
                mutated_lines,
                lambda c: read_hours_file(c, "a.csv", {DAY: (), None: (good_files.HOURS,)}),
            ),
            Reader("agenda", good_files.AGENDA, mutated_lines, self._agenda),
            Reader("WAV header", header(48000, 2, 1000) + bytes(4000), mutated_bytes, wav),
            Reader("RF64 header", header(48000, 2, 2**31) + bytes(400), mutated_bytes, wav),
        ]


def _cues(content: bytes) -> None:
    found = cues_of(content)
    assert len(cues_of(webvtt(found))) == len(found)
