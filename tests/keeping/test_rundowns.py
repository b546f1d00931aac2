"""The real rundown beside the planned one, and the archive of both."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state import events as e
from bobine.errors import SoundError, WorkspaceError
from bobine.evening.rundowns import ARCHIVE, archive, realised
from bobine.model.aired.as_run import MarksSource, NamedPoint
from bobine.plan.paper.realised import realised_pdf
from bobine.plan.realised.page import realised_html
from bobine.plan.realised.table import realised_csv, realised_json
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.records.recordings import read_as_run, write_as_run
from tests.conftest import Atelier
from tests.keeping.conftest import BEGAN, DAY, LATER, Studio


def test_what_was_aired_stands_beside_what_was_planned(studio: Studio) -> None:
    studio.air()
    items = studio.items
    sheet = realised(studio.workspace, studio.show, DAY, LATER)
    assert [row.item.id for row in sheet.rows] == [
        items[0].id, items[1].id, items[4].id, "chanson", items[3].id, items[0].id
    ]  # fmt: skip
    assert [row.remarks for row in sheet.rows] == [
        (), (), (), ("ajouté pendant le direct",), ("déplacé",), ("repris",)
    ]  # fmt: skip
    assert [row.number for row in sheet.rows] == [1, 2, 5, None, 4, 1]
    first = sheet.rows[0]
    assert f"{first.planned_start:%H:%M:%S} {first.start:%H:%M:%S %z}" == "18:00:00 18:00:12 +0100"
    assert (first.shift, first.length, first.planned) == (
        timedelta(seconds=12), timedelta(minutes=1), items[0].duration
    )  # fmt: skip
    assert sheet.left_out[0].item.id == items[2].id
    assert sheet.left_out[0].remarks == ("sauté",)
    assert sheet.left_out[1].remarks == ("pas passé",)
    assert {row.item.id for row in (*sheet.rows, *sheet.left_out)} == {item.id for item in items} | {"chanson"}
    assert sheet.speech == (("Liste A", timedelta(seconds=90)),)
    assert sheet.headline == "antenne prise à 18:00:12, rendue à 18:06:12 (−48'48), 6'00 en tout"


def test_the_plan_is_the_one_of_the_beginning(studio: Studio) -> None:
    studio.air()
    before = studio.folder.plan.read_bytes()
    planned, seven = studio.items[1].duration, timedelta(seconds=7)
    edit_episode(
        studio.workspace, studio.show, DAY,
        lambda plan: replace(plan, items=(plan.items[0], replace(plan.items[1], duration=seven, min=None, max=None))),
        BEGAN + timedelta(minutes=2),
    )  # fmt: skip
    assert archive(studio.workspace, studio.show, DAY, LATER)[0].read_bytes() == before
    for _ in range(2):
        sheet = realised(studio.workspace, studio.show, DAY, LATER)
        assert sheet.rows[1].planned == planned
        assert len(sheet.left_out) > 10
        studio.folder.plan.write_text("cassé", "utf-8")
        studio.folder.plan.write_bytes(before)


def test_the_archive_is_written_once_and_never_replaced(studio: Studio) -> None:
    assert archive(studio.workspace, studio.show, DAY, LATER) == ()
    studio.air()
    place = studio.folder.path / ARCHIVE
    written = archive(studio.workspace, studio.show, DAY, LATER)
    assert [path.name for path in written] == ["conducteur-prevu.toml", "conducteur-realise.csv"]
    assert (place / "conducteur-prevu.toml").read_bytes() == studio.folder.plan.read_bytes()
    before = (place / "conducteur-realise.csv").read_bytes()
    assert archive(studio.workspace, studio.show, DAY, LATER) == ()
    journal = Journal(studio.folder.path / JOURNAL_FILE)
    journal.append(e.Undone(at=BEGAN + timedelta(minutes=7)))
    assert archive(studio.workspace, studio.show, DAY, LATER) == ()
    assert len(archive(studio.workspace, studio.show, DAY, LATER, long_over=True)) == 1
    journal.append(e.Ended(at=BEGAN + timedelta(minutes=9)))
    again = archive(studio.workspace, studio.show, DAY, LATER)
    assert [path.name for path in again] == ["conducteur-realise-3.csv"]
    assert (place / "conducteur-realise.csv").read_bytes() == before
    assert archive(studio.workspace, studio.show, DAY, LATER) == ()


def test_every_form_holds_the_same(studio: Studio) -> None:
    studio.air()
    sheet = realised(studio.workspace, studio.show, DAY, LATER)
    rows = list(csv.reader(io.StringIO(realised_csv(sheet).decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {13}
    assert rows[1][:7] == ["1", "18:00:00", "18:00:12", "18:01:12", "retard 0'12", "0'40", "1'00"]
    assert [row[7:9] for row in rows[-2:]] == [["Liste A", "temps de parole"], ["'=micro 3 muet", "note"]]
    found = realised_json(sheet)
    assert found["items"][0]["start"] == "2026-11-26T18:00:12+01:00"
    assert found["items"][0]["shift_s"] == 12
    page = realised_html(replace(sheet, title="<b>"))
    pdf = realised_pdf(sheet)
    paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    for row in (*sheet.rows, *sheet.left_out):
        assert row.item.title.split()[0] in page
        assert row.item.title.split()[0] in paper
    assert "&lt;b&gt;" in page
    for text in (page, paper):
        assert "18:00:12" in text
        assert "sauté" in text
    assert realised_pdf(sheet) == pdf


def test_marks_and_gaps_are_told_in_every_form(studio: Studio) -> None:
    studio.air()
    journal = Journal(studio.folder.path / JOURNAL_FILE)

    def note(event: type[e.Event], seconds: float, **fields: object) -> None:
        position = None if event is e.RecordingStarted else round(seconds * 100)
        journal.append(event(at=BEGAN + timedelta(seconds=seconds), position=position, **fields))

    note(e.RecordingStarted, 0, file="antenne.wav", rate=100, channels=1)
    note(e.Marked, 30)
    note(e.Marked, 61.5, label="=à couper")
    note(e.RecordingGap, 40, start=3660, end=4000)
    note(e.RecordingGap, 121, start=11_900, end=12_100)
    note(e.RecordingGap, 150, start=14_500, end=15_000)
    items = studio.items
    sheet = realised(studio.workspace, studio.show, DAY, LATER)
    assert [(mark.text, mark.item, mark.file, mark.position_s) for mark in sheet.marks] == [
        ("Repère 1", items[0], "antenne.wav", 30), ("=à couper", items[1], "antenne.wav", 61.5)
    ]  # fmt: skip
    assert [row.remarks for row in sheet.rows[:3]] == [
        ("trou de 3,4 s",), ("trou de 1,0 s",), ("2 trous, 6,0 s en tout",)
    ]  # fmt: skip
    found = realised_json(sheet)
    assert found["marks"][0] == {
        "at": "2026-11-26T18:00:42+01:00", "text": "Repère 1", "item": items[0].id, "file": "antenne.wav",
        "position_s": 30.0,
    }  # fmt: skip
    assert [item["lost_s"] for item in found["items"][:4]] == [3.4, 1.0, 6.0, 0.0]
    rows = list(csv.reader(io.StringIO(realised_csv(sheet).decode("utf-8-sig")), delimiter=";"))
    assert [(row[2], row[7], row[8]) for row in rows if row[8] == "repère"] == [
        ("18:00:42", f"Repère 1, pendant « {items[0].title} »", "repère"),
        ("18:01:13", f"'=à couper, pendant « {items[1].title} »", "repère"),
    ]
    paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(realised_pdf(sheet))).pages)
    out = Atelier(studio.root).run("conducteur", DAY.isoformat(), "--realise").stdout
    for text in (realised_html(sheet), paper, out):
        assert "Repère 1, pendant" in text
        assert "trou de 3,4" in " ".join(text.split())


def test_marks_of_a_recording_stand_on_a_sheet_without_a_journal(studio: Studio) -> None:
    studio.record()
    points = (NamedPoint(position=150, text="Repère 1", item=studio.items[1].id), NamedPoint(position=950, text="Fin"))
    write_as_run(studio.folder.as_run, replace(read_as_run(studio.folder.as_run), points=points))
    sheet = realised(studio.workspace, studio.show, DAY, LATER)
    assert [(f"{mark.at:%H:%M:%S.%f}", mark.words, mark.position_s) for mark in sheet.marks] == [
        ("18:00:01.500000", f"Repère 1, pendant « {studio.items[1].title} »", 1.5), ("18:00:09.500000", "Fin", 9.5)
    ]  # fmt: skip


def test_marks_without_a_journal_give_order_and_lengths(studio: Studio) -> None:
    studio.record()
    sheet = realised(studio.workspace, studio.show, DAY, LATER)
    assert [f"{row.start:%H:%M:%S}" for row in sheet.rows[:3]] == ["18:00:00", "18:00:01", "18:00:02"]
    assert sheet.remark.startswith("Sans journal du direct")
    write_as_run(studio.folder.as_run, replace(read_as_run(studio.folder.as_run), source=MarksSource.PLANNED))
    with pytest.raises(SoundError, match="Rien ne dit ce qui est passé à l'antenne"):
        realised(studio.workspace, studio.show, DAY, LATER)


def test_a_show_that_was_not_aired_has_none(studio: Studio) -> None:
    with pytest.raises(WorkspaceError, match="Rien n'a été noté du direct"):
        realised(studio.workspace, studio.show, DAY, LATER)
    with pytest.raises(WorkspaceError, match="n'est pas encore passée à l'antenne"):
        realised(studio.workspace, studio.show, DAY, LATER - timedelta(days=90))


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_command(studio: Studio, columns: int) -> None:
    studio.air()
    atelier = Atelier(studio.root)
    out = atelier.run("conducteur", DAY.isoformat(), "--realise", env={"COLUMNS": str(columns)}).stdout
    assert "Conducteur réalisé\u00a0: antenne prise à 18:00:12" in " ".join(out.split("\n"))
    assert max(map(len, out.split("Réelle", 1)[1].splitlines()[1:])) <= columns
    assert "Une chanson de plus" in " ".join(out.split())
    written = atelier.json("conducteur", DAY.isoformat(), "--realise", "--csv", "--pdf", cwd=studio.root)["written"]
    assert written == [f"conducteur-realise-bobine-romanaise-{DAY}.{kind}" for kind in ("pdf", "csv")]
