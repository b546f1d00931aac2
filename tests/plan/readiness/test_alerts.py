"""Alerts on an item: a kind decides how they are shown, whatever their words are."""

from __future__ import annotations

from datetime import time

from bobine.model.episode import ItemKind, PodcastRights
from bobine.model.people import Person, Role
from bobine.plan.sheet.alerts import Alert, AlertKind
from bobine.plan.sheet.content import Row
from bobine.plan.sheet.make import make_sheet
from bobine.plan.timing.rundown import time_rundown
from bobine.tui.kit.lists.rows import Cell, Tone
from bobine.tui.rundown.rows import about_lines, marks_of, rundown_rows
from tests.plan.episodes import a_show as the_show
from tests.plan.episodes import an_episode, an_item

MISLEADING = Person(id="a", name="attend, chevauché, à rebours : impossible", role=Role.GUEST, confirmed=True)
ITEMS = (
    an_item("early", minutes=1),
    an_item("fixed", minutes=40, fixed_start=time(18, 5)),
    an_item("late", minutes=5, fixed_start=time(18, 44)),
    an_item("song", ItemKind.MUSIC, minutes=90),
    an_item("named", people=("a",)),
)
EPISODE = an_episode(ITEMS, (MISLEADING,))


def made() -> dict[str, Row]:
    show = the_show()
    timing = time_rundown(ITEMS, show.slot.bounds(EPISODE.date))
    return {row.item.id: row for row in make_sheet(show, EPISODE, timing).rows}


def test_each_alert_has_its_kind() -> None:
    rows = made()
    found = {item_id: {alert.kind for alert in row.alerts} for item_id, row in rows.items()}
    assert AlertKind.WAIT in found["fixed"]
    assert AlertKind.OVERLAP in found["late"]
    assert AlertKind.BACK_TIME in found["early"]
    assert ITEMS[3].podcast_rights is PodcastRights.UNKNOWN
    assert AlertKind.RIGHTS in found["song"]
    assert AlertKind.CONSENT in found["named"]
    assert Alert(AlertKind.WAIT, "attend 4'00 avant") in rows["fixed"].alerts


def test_words_that_look_like_an_alert_colour_nothing() -> None:
    row = made()["named"]
    (alert,) = row.alerts
    assert alert.words.startswith("attend")
    assert marks_of(row, ()) == []
    assert not [text for text, tone in about_lines(row, EPISODE, ()) if tone is Tone.ALERT]


def test_what_is_wrong_with_the_hours_is_coloured() -> None:
    rows = made()
    assert marks_of(rows["fixed"], ())[0] == "!"
    assert ("! attend 4'00 avant", Tone.ALERT) in about_lines(rows["fixed"], EPISODE, ())
    show = the_show()
    sheet = make_sheet(show, EPISODE, time_rundown(ITEMS, show.slot.bounds(EPISODE.date)))
    cells = {row.key: row.cells for row in rundown_rows(sheet, ())}
    back = cells["early"][3]
    assert isinstance(back, Cell)
    assert back.tone is Tone.ALERT
