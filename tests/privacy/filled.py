"""A workspace in which one person is named in every field that the tables declare, and everywhere else that can be."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mutagen import id3

from bobine.air.live.held_journal import spare_of
from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.journal_lines import line_of
from bobine.air.live.state.events import KINDS, Event
from bobine.model.episode import Episode, Item, ItemKind, Work
from bobine.model.fields.field import Field, FieldType
from bobine.model.fields.tables import FIELDS
from bobine.model.hours import HoursLine
from bobine.model.ideas import Idea
from bobine.model.people import Person
from bobine.model.team import Member
from bobine.store.local_state import state_folder
from tests.conftest import ATELIER

NAME = "Loïc Chastel"
"""Of the team of the worked example, where the person's short name is ``loic``."""

SLUG = "loic-chastel"
DAY = date(2026, 11, 26)
PLACES = {Episode: "episode", Item: "episode", Work: "episode", Person: "episode", Idea: "ideas", HoursLine: "hours",
          Member: "team"}  # fmt: skip
"""The file that each table's fields stand in."""

_TEXTS: dict[FieldType, Any] = {
    FieldType.TEXT: f"avec {NAME} au micro",
    FieldType.LINES: f"Appeler\n{NAME.upper()}, puis les autres.",
    FieldType.NAMES: ["Fil rouge", NAME],
    FieldType.PATH: f"pad/{SLUG}.mp3",
    FieldType.ADDRESS: "https://exemple.fr/?q=Lo%C3%AFc%20Chastel",
    FieldType.PERSON: "loic",
    FieldType.PEOPLE: ["loic", "samira"],
    FieldType.ID: f"chez-{SLUG}",
}
"""What is written in a field of each type that can hold a name."""

_NO_NAME = frozenset({FieldType.ISRC, FieldType.EAN, FieldType.LENGTH,
                      FieldType.CLOCK, FieldType.DAY, FieldType.INSTANT,
                      FieldType.COUNT, FieldType.FLAG, FieldType.YES_OR_NO, FieldType.CHOICE, FieldType.CHOICES,
                      FieldType.MICS, FieldType.CHRONIQUE, FieldType.WORKS, FieldType.ROWS})  # fmt: skip
"""Types of fields that hold no name: numbers, words of Bobine's own, and rows, whose fields are in a table."""


def row(cls: type) -> dict[str, Any]:
    """A row in which each field of a table that can names the person."""
    found = {}
    for name, field in FIELDS[cls].items():
        assert field.holds in _TEXTS or field.holds in _NO_NAME, f"{name}: can a {field.holds} hold a name?"
        value = text_of(cls, field)
        if value is not None:
            found[name] = value
    return found


def text_of(cls: type, field: Field) -> Any:
    if (cls, field.name) in {(Person, "id"), (Member, "id")}:
        return "loic"
    if (cls, field.name) in {(Person, "name"), (Member, "name"), (HoursLine, "name")}:
        return NAME
    return _TEXTS.get(field.holds)


def toml(rows: dict[str, list[dict[str, Any]]], own: dict[str, Any] | None = None) -> str:
    """Rows as TOML, as a person might write them: strings of JSON are strings of TOML."""
    lines = [f"# De {NAME}.", *_lines(own or {})]
    for key, tables in rows.items():
        for table in tables:
            lines += ["", f"[[{key}]]", *_lines(table)]
    return "\n".join(lines) + "\n"


def _lines(table: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value, ensure_ascii=key == 'notes')}" for key, value in table.items()]


def documents() -> dict[str, str]:
    """The text of each kind of document, by the name of its place."""
    assert set(PLACES) == set(FIELDS), "a new table of fields: in which file does it stand?"
    return {
        "episode": toml({"people": [row(Person)], "items": [row(Item)], "items.works": [row(Work)]}, row(Episode)),
        "ideas": toml({"ideas": [row(Idea)]}),
        "hours": toml({"hours": [row(HoursLine)]}),
        "team": toml({"members": [row(Member), {"id": "ana", "name": "Ana Autre"}]}),
    }


def events() -> list[Event]:
    """An event of each kind, the person named in each of its texts."""
    item = Item(id=f"portrait-{SLUG}", title=f"Portrait de {NAME}", kind=ItemKind.TALK, duration=timedelta(minutes=3),
                people=("loic",), notes=f"avec {NAME}", works=(Work(title="Air", performer=NAME),))  # fmt: skip
    found = []
    for number, cls in enumerate(KINDS.values()):
        values: dict[str, Any] = {"at": datetime(2026, 11, 26, 17, number, tzinfo=UTC)}
        for field in dataclasses.fields(cls):
            kind = str(field.type)
            if field.name == "item":
                values["item"] = item
            elif "str" in kind and field.name != "at":
                values[field.name] = "loic" if field.name == "of" else SLUG if field.name.endswith("id") else NAME
            elif field.default is dataclasses.MISSING and field.name not in values:
                values[field.name] = False if "bool" in kind else 7
        found.append(cls(**values))
    return found


def fill(root: Path) -> Path:
    """A copy of the worked example in which the person is everywhere; gives the folder of a second, odd episode.

    The first episode stays as strictly readable as it was; the second one holds all that the tables have.
    """
    shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    shows = (ATELIER / "shows.toml").read_text("utf-8")
    shows = shows.replace('copyright = "Association', f'copyright = "{NAME}, Association')
    (root / "shows.toml").write_text(shows, "utf-8")
    show = root / "episodes" / "bobine-romanaise"
    first, odd = show / DAY.isoformat(), show / "2025-10-02"
    texts = documents()
    for folder in (first, odd):
        (folder / "history").mkdir(parents=True, exist_ok=True)
        (folder / "archive").mkdir()
        (folder / "recording").mkdir(exist_ok=True)
        (folder / "history" / "20251001T100000.000000Z.toml").write_text(texts["episode"], "utf-8")
        (folder / "archive" / "conducteur-prevu.toml").write_text(texts["episode"], "utf-8")
        (folder / "archive" / "conducteur-realise.csv").write_bytes(f"1;Portrait de {NAME}\r\n".encode("utf-8-sig"))
        (folder / "episode.sync-conflict-20261120-101112-ABCDEFG.toml").write_text(texts["episode"], "utf-8")
        (folder / "episode (copie en conflit).toml").write_text(f'title = "{NAME}" <<<', "utf-8")
        (folder / "hours.toml").write_text(texts["hours"], "utf-8")
        (folder / "recording" / "reperes.txt").write_bytes(f"0.0\t1.0\t{NAME}\n".encode("latin-1"))
        (folder / "recording" / "as_run.toml").write_text(f'file = "a.wav"\norigin = "{SLUG}.wav"\n', "utf-8")
        (folder / "corrections.toml").write_text(f'replies = [{{ by = "{NAME}", text = "Non." }}]\n', "utf-8")
        cue = f'{{ who = "{NAME}", text = "Moi, {NAME}.", parts = [{{ start_ms = 0, end_ms = 900 }}] }}'
        transcript = f'origin = "{SLUG}.vtt"\nrecording = "{"a" * 64}"\ncues = [\n    {cue},\n]\n'
        (folder / "transcript.toml").write_text(transcript, "utf-8")
        (folder / "hold.toml").write_text("", "utf-8")
        (folder / "hold.toml").unlink()
        journal = "".join(map(line_of, events()))
        (folder / JOURNAL_FILE).write_text(journal + '{"type":"noted","text":"Loïc Chastel a dit', "utf-8")
        spare = spare_of(folder / JOURNAL_FILE)
        spare.parent.mkdir(parents=True, exist_ok=True)
        spare.write_text(journal, "utf-8")
    (odd / "episode.toml").write_text(texts["episode"], "utf-8")
    (odd / "pad").mkdir()
    sound = odd / "pad" / f"{SLUG}.mp3"
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=1, text=[f"Portrait de {NAME}"]))
    tags.add(id3.COMM(encoding=3, lang="fra", desc=NAME, text=[NAME]))
    chapter = id3.CHAP(element_id="c", start_time=0, end_time=9, sub_frames=[id3.TIT2(encoding=1, text=[NAME])])
    tags.add(chapter)
    sound.write_bytes(b"")
    tags.save(sound, v2_version=3)
    with sound.open("ab") as stream:
        stream.write(b"\xff\xfb\x90\x00" + bytes(413))
    (show / "ideas.toml").write_text(texts["ideas"], "utf-8")
    (show / "team.toml").write_text(texts["team"], "utf-8")
    (show / "hours.toml").write_text(texts["hours"], "utf-8")
    (show / "liste.csv").write_bytes(f"nom;tel\r\n{NAME};06\r\n".encode("utf-16"))
    (state_folder() / "direct.log").write_text(f"publier : {NAME}", "utf-8")
    began = datetime(2026, 11, 19, tzinfo=UTC)
    for path in root.rglob("*"):
        os.utime(path, (began.timestamp(),) * 2)
    for week in range(15):  # work goes on, as the dates of files tell: else no clock is believed
        note = show / f"semaine-{week}.txt"
        note.write_bytes(b"")
        os.utime(note, ((began + timedelta(days=7 * week)).timestamp(),) * 2)
    plan = first / "episode.toml"
    os.utime(plan, (plan.stat().st_mtime - 9999,) * 2)
    return odd
