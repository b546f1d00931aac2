"""A show's settings changed in place: every other byte stays, whatever the file looks like."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bobine.errors import PlanError, WorkspaceError
from bobine.model.carts import ShowCart
from bobine.model.podcast import License
from bobine.model.show import Chronique, Election, Show, Weekday
from bobine.plan.files.new_file import shows_text
from bobine.store.documents.edit_show import edit_show, read_show
from tests.conftest import ATELIER

TODAY = date(2026, 11, 25)

CHANGES: dict[str, Callable[[Show], Show]] = {
    "title": lambda show: replace(show, title='Les "Voix" \\ là'),
    "description": lambda show: replace(show, description="Une ligne.\nUne autre."),
    "slot": lambda show: replace(show, slot=replace(show.slot, day=Weekday.TUESDAY, start=time(17, 30))),
    "tolerance": lambda show: replace(show, slot=replace(show.slot, tolerance=timedelta(minutes=1))),
    "holidays": lambda show: replace(show, season=replace(show.season, holidays=show.season.holidays[1:])),
    "sound": lambda show: replace(
        show, sound=replace(show.sound, integrated_lufs=-18.0, dead_air=timedelta(seconds=4))
    ),
    "recording": lambda show: replace(show, recording=replace(show.recording, input="pulse:default", channels=1)),
    "license": lambda show: replace(show, podcast=replace(show.podcast, license=License(name="cc-by-4.0"))),
    "no license": lambda show: replace(show, podcast=replace(show.podcast, license=None)),
    "a chronique more": lambda show: replace(
        show, chroniques=(*show.chroniques, Chronique(id="potager", title="Le potager", every_weeks=3))
    ),
    "template turned": lambda show: replace(show, template=tuple(reversed(show.template))),
    "template shorter": lambda show: replace(show, template=show.template[1:-1]),
    "election": lambda show: replace(show, elections=(Election(name="Régionales", start=TODAY, end=TODAY),)),
    "cart": lambda show: replace(show, carts=(ShowCart(title="Virgule", file="sons/virgule.wav"),)),
    "nothing": lambda show: show,
}


def write(root: Path, text: str) -> None:
    (root / "shows.toml").write_bytes(text.encode())


def texts() -> dict[str, tuple[str, str]]:
    """Workspaces as they come: new, the association's, with Windows' line ends, with hardly a table."""
    new = shows_text("Essai", TODAY)
    bare = (
        '[shows.essai]\ntitle = "Essai"\ndescription = "Ici."\nstation = { name = "Radio" }\n'
        '[shows.essai.slot]\nday = "monday"\nstart = 18:00:00\nend = 19:00:00\n'
        '[shows.essai.podcast]\nlink = "https://essai.org/"\nauthor = "Nous"'
    )
    return {
        "new": ("essai", new),
        "own": ("bobine-romanaise", (ATELIER / "shows.toml").read_text("utf-8")),
        "crlf": ("essai", new.replace("\n", "\r\n")),
        "bare": ("essai", bare),
    }


@pytest.mark.parametrize("kind", ["new", "own", "crlf", "bare"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_written_and_taken_back_in_place(tmp_path: Path, kind: str, name: str) -> None:
    slug, text = texts()[kind]
    write(tmp_path, text)
    before = read_show(tmp_path, slug)
    wanted = CHANGES[name](before)
    assert edit_show(tmp_path, slug, CHANGES[name]) == wanted
    assert read_show(tmp_path, slug) == wanted
    written = (tmp_path / "shows.toml").read_bytes().decode()
    assert ("\r\n" in written) == ("\r\n" in text)
    assert written.count("\r\n") in (0, written.count("\n"))
    if name != "template turned":
        kept = [line for line in text.splitlines() if line.startswith("# ") and "works" not in line]
        assert all(line in written for line in kept), "a comment was lost"
    edit_show(tmp_path, slug, lambda _: before)
    assert read_show(tmp_path, slug) == before


def test_one_value_changes_one_line(tmp_path: Path) -> None:
    text = (ATELIER / "shows.toml").read_text("utf-8")
    write(tmp_path, text)
    edit_show(tmp_path, "bobine-romanaise", CHANGES["tolerance"])
    changed = (tmp_path / "shows.toml").read_text("utf-8")
    turned = [(a, b) for a, b in zip(text.splitlines(), changed.splitlines(), strict=True) if a != b]
    assert len(turned) == 1
    assert turned[0][1].startswith('tolerance = "1\'00" # une émission')


def test_a_change_that_could_not_be_read_leaves_the_file(tmp_path: Path) -> None:
    write(tmp_path, shows_text("Essai", TODAY))
    before = (tmp_path / "shows.toml").read_bytes()
    with pytest.raises(PlanError, match="chronique « agenda » inconnue"):
        edit_show(tmp_path, "essai", lambda show: replace(show, chroniques=()))
    assert (tmp_path / "shows.toml").read_bytes() == before


def test_a_show_written_in_an_unusual_way_is_refused_and_stays(tmp_path: Path) -> None:
    text = 'shows.essai = { title = "Essai", description = "Ici.", station = { name = "R" }, slot = { day = "monday", '
    text += 'start = 18:00:00, end = 19:00:00 }, podcast = { link = "https://essai.org/", author = "Nous" } }\n'
    write(tmp_path, text)
    with pytest.raises(WorkspaceError, match="d'une façon qui ne permet pas"):
        edit_show(tmp_path, "essai", CHANGES["sound"])
    assert (tmp_path / "shows.toml").read_bytes() == text.encode()


def test_a_show_that_is_gone_says_so(tmp_path: Path) -> None:
    write(tmp_path, shows_text("Essai", TODAY))
    with pytest.raises(WorkspaceError, match="n'est plus dans"):
        edit_show(tmp_path, "autre", lambda show: show)
    (tmp_path / "shows.toml").unlink()
    with pytest.raises(WorkspaceError, match="n'est plus là"):
        read_show(tmp_path, "essai")


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    write(tmp_path, shows_text("Essai", TODAY))

    def add(number: int) -> None:
        edit_show(
            tmp_path,
            "essai",
            lambda show: replace(show, chroniques=(*show.chroniques, Chronique(id=f"c{number}", title=f"C {number}"))),
        )

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_show(tmp_path, "essai").chroniques) == 9
