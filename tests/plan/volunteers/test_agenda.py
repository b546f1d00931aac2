"""One person's dates as a calendar file: the bytes, what is read back, and what changes when it is rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bobine.cli import main
from bobine.errors import WorkspaceError
from bobine.evening.seasons.volunteer import Coming, write_agenda
from bobine.model.episode import Episode
from bobine.model.people import Person, Role
from bobine.model.team import Member
from bobine.plan.volunteers.agenda import NotOurs, agenda_ics, former_events
from bobine.plan.volunteers.dates import OwnDate, own_dates
from tests.plan.episodes import DAY, a_show, an_episode, an_item

GOLDEN = Path(__file__).parents[2] / "golden" / "agenda.ics"
NOW = datetime(2026, 11, 20, 9, 30, 15, 250, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
SUMMER = DAY.replace(month=7)
CLAIRE = Person(id="claire", name="Claire, dite « la Voix »", role=Role.HOST, also=(Role.EDITOR,),
                understudy=(Role.TECHNICIAN,))  # fmt: skip
BO = Person(id="bo", name="Bo", role=Role.TECHNICIAN)


def show() -> Any:
    base = a_show()
    return replace(
        base,
        slot=replace(base.slot, arrival=timedelta(minutes=45)),
        station=replace(base.station, address="12, rue des Tanneurs ; 2e étage"),
    )


def episodes() -> tuple[Episode, ...]:
    shown = an_episode(
        (
            replace(an_item("accueil", people=("claire",)), title="Accueil, sommaire"),
            replace(an_item("long", people=("claire",)), title="Un titre très long, qui plie la ligne : " + "é" * 60),
            an_item("autre", people=("bo",)),
        )
    )
    first = replace(shown, people=(CLAIRE, BO), title="Une ville\\qui coud")
    return (
        replace(first, date=SUMMER, cancelled=True),
        first,
        replace(first, date=DAY + timedelta(weeks=1), people=(BO,), items=()),
        replace(first, date=DAY + timedelta(weeks=2), replay=DAY),
    )


def of_claire(which: Sequence[Episode] | None = None) -> tuple[OwnDate, ...]:
    return own_dates(show(), episodes() if which is None else which, lambda person: person.id == "claire")


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_bytes() -> None:
    content = agenda_ics(of_claire(), CLAIRE.name, "fil", NOW)
    assert content == GOLDEN.read_bytes()
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert content.endswith(b"END:VCALENDAR\r\n")


def test_the_library_reads_what_is_meant() -> None:
    summer, winter = events(GOLDEN.read_bytes())
    bounds = show().slot.bounds(DAY)
    assert winter.decoded("DTSTART") == bounds[0] - timedelta(minutes=45)
    assert winter.decoded("DTEND") == bounds[1]
    assert summer.decoded("DTSTART").hour == winter.decoded("DTSTART").hour - 1, "summer time"
    assert (str(winter["STATUS"]), str(summer["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert str(winter["LOCATION"]).endswith("12, rue des Tanneurs ; 2e étage")
    said = str(winter["DESCRIPTION"]).replace("\u00a0", " ")
    assert "Une ville\\qui coud\n" in said
    assert "Au conducteur : Accueil, sommaire, Un titre" in said
    assert "animation et montage (en doublure : technique)" in str(winter["SUMMARY"]).replace("\u00a0", " ")
    assert winter.decoded("DTSTAMP") == NOW.replace(microsecond=0)
    assert len({str(one["UID"]) for one in (summer, winter)}) == 2


def test_what_did_not_change_keeps_its_bytes() -> None:
    content = agenda_ics(of_claire(), CLAIRE.name, "fil", NOW)
    assert agenda_ics(of_claire(), CLAIRE.name, "fil", LATER, former_events(content)) == content


def test_what_changed_is_the_next_version_of_the_same_event() -> None:
    content = agenda_ics(of_claire(), CLAIRE.name, "fil", NOW)
    first, second, *_ = episodes()
    cancelled = of_claire((first, replace(second, cancelled=True)))
    again = agenda_ics(cancelled, CLAIRE.name, "fil", LATER, former_events(content))
    before, after = events(content), events(again)
    assert [str(one["UID"]) for one in before] == [str(one["UID"]) for one in after]
    assert [int(one["SEQUENCE"]) for one in after] == [0, 1]
    assert [one.decoded("LAST-MODIFIED") for one in after] == [NOW.replace(microsecond=0), LATER.replace(microsecond=0)]
    assert str(after[1]["STATUS"]) == "CANCELLED"


def test_who_is_expected_no_more_is_told_so_and_the_past_is_left() -> None:
    content = agenda_ics(of_claire(), CLAIRE.name, "fil", NOW)
    again = agenda_ics((), CLAIRE.name, "fil", LATER, former_events(content))
    (gone,) = events(again)
    assert (str(gone["STATUS"]), int(gone["SEQUENCE"])) == ("CANCELLED", 1)
    assert gone.decoded("DTSTART").date() == DAY
    assert agenda_ics((), CLAIRE.name, "fil", LATER + timedelta(hours=1), former_events(again)) == again
    back = events(agenda_ics(of_claire(), CLAIRE.name, "fil", LATER, former_events(again)))[1]
    assert (str(back["STATUS"]), int(back["SEQUENCE"])) == ("CONFIRMED", 2)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=100)


@settings(max_examples=60)
@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_any_words_come_back(title: str, place: str, items: list[str]) -> None:
    one = OwnDate(day=DAY, show="Le Fil", title=title, call=NOW, on_air=NOW, end=LATER, place=place, tasks=("a",),
                  items=tuple(items))  # fmt: skip
    content = agenda_ics([one], "Ana", "fil", NOW)
    (event,) = events(content)
    assert str(event.get("LOCATION", "")) == place
    assert len(str(event["DESCRIPTION"]).split("\n")) == 2 + bool(items)
    assert agenda_ics([one], "Ana", "fil", LATER, former_events(content)) == content


@pytest.mark.parametrize(
    "content", [b"", b"bonjour", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"]
)
def test_another_file_is_never_written_over(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotOurs):
        former_events(content)
    path = tmp_path / "a.ics"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="donnez un autre nom"):
        write_agenda(path, Coming(show(), episodes(), ()), "Bo", NOW)
    assert path.read_bytes() == content


def test_a_name_corrected_in_the_team_leaves_the_events_what_they_are(tmp_path: Path) -> None:
    spelled = Member(id="claire", name="Claire")
    renamed = replace(spelled, name="Claire Dumollard", aliases=("Claire", CLAIRE.name))
    uids = []
    for member in (replace(spelled, aliases=(CLAIRE.name,)), renamed):
        path = tmp_path / f"{member.name}.ics"
        assert write_agenda(path, Coming(show(), episodes(), (member,)), member.name, NOW)
        uids.append([str(one["UID"]) for one in events(path.read_bytes())])
    assert uids[0] == uids[1]


def test_the_command(atelier: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(atelier)
    assert main(["agenda", "samira"]) == 0
    assert "Samira Benhaddou" in capsys.readouterr().out
    (one,) = events((atelier / "agenda-samira-benhaddou.ics").read_bytes())
    assert one.decoded("DTSTART").date() == date(2026, 11, 26)
    assert main(["agenda", "a"]) == 1
    assert "ne désigne pas une seule personne" in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    from tests.tui.conftest import copy_atelier

    copy_atelier(tmp_path)
    return tmp_path
