"""« Réglages »: what shows.toml says, changed by keys; and a show planned from a new workspace alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.commands.nouveau import new_workspace
from bobine.model.episode import WorkUse
from bobine.model.show import Show, Weekday
from bobine.plan.settings.edits import record
from bobine.store.documents.edit_show import read_show
from bobine.store.workspace import open_workspace
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.show.rows import setting_rows
from tests.tui.conftest import make_app
from tests.tui.hands import Hands, run, seat

SLUG = "les-voix-du-vercors"
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    """The workspace of another association, as « bobine nouveau atelier » makes it."""
    new_workspace(tmp_path / "voix", "Les Voix du Vercors", NOW.date())
    return tmp_path / "voix"


def show_of(root: Path) -> Show:
    return read_show(root, open_workspace(root).shows[0].slug)


async def go(hands: Hands, place: str) -> None:
    """Put the cursor on a place, by keys."""
    listing = hands.app.screen.query_one("#settings-list", Listing)
    keys = [row.key for row in listing.rows]
    steps = keys.index(place) - keys.index(listing.key or "")
    await hands.press(*["down" if steps > 0 else "up"] * abs(steps))
    assert listing.key == place


async def fill(hands: Hands, field: str, text: str) -> None:
    hands.app.screen.query_one(f"#field-{field}").focus()
    await hands.idle()
    await hands.fill(text)


def test_the_slot_is_changed_by_keys_and_taken_back(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await go(hands, "slot")
            await hands.press("enter")
            assert "Le jour de l'émission." in hands.dialog()
            await hands.press("left", "left")
            await fill(hands, "start", "17h30")
            await fill(hands, "tolerance", "1 min")
            assert "n'est pas prête" in hands.dialog()
            await hands.press("escape")
            await hands.settled()
            slot = show_of(voices).slot
            assert (slot.day, slot.start.isoformat(), slot.tolerance) == (
                Weekday.TUESDAY, "17:30:00", timedelta(minutes=1))  # fmt: skip
            assert "mardi · 17:30:00 – 18:55:00 · à 1'00 près" in hands.line("Créneau")
            await hands.press("u")
            await hands.settled()
            assert show_of(voices).slot.day is Weekday.THURSDAY

    run(test)


def test_rows_are_added_moved_edited_and_dropped(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await go(hands, "chroniques")
            await hands.press("a")
            await hands.write("Le potager")
            await hands.press("enter")
            await fill(hands, "every_weeks", "2")
            await hands.press("escape")
            await hands.settled()
            potager = record(show_of(voices), "chroniques/le-potager")
            assert (potager.title, potager.every_weeks) == ("Le potager", 2)
            assert "une semaine sur deux" in hands.line("Le potager")
            await hands.press("<")
            await hands.settled()
            assert [one.id for one in show_of(voices).chroniques] == ["le-potager", "agenda"]
            await hands.press("x")
            await hands.settled()
            assert [one.id for one in show_of(voices).chroniques] == ["agenda"]
            await hands.press("x")
            await hands.settled()
            assert [one.id for one in show_of(voices).chroniques] == ["agenda"], "the template needs it"
            assert "chronique « agenda » inconnue" in hands.told()

    run(test)


def test_the_value_of_an_hour_is_added_by_keys(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await go(hands, "hourly_rates")
            await hands.press("a")
            await hands.write("SMIC horaire brut")
            await hands.press("enter")
            await fill(hands, "euros", "12,02")
            await hands.press("escape")
            await hands.settled()
            (rate,) = show_of(voices).hourly_rates
            assert (rate.start, rate.euros, rate.source) == (NOW.date(), 12.02, "SMIC horaire brut")
            assert "12,02 € l'heure" in hands.line("à partir du mardi 24")
            await hands.press("x")
            await hands.settled()
            assert show_of(voices).hourly_rates == ()

    run(test)


def test_themes_of_several_words_are_written_with_commas(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await go(hands, "chroniques/agenda")
            await hands.press("enter")
            await fill(hands, "themes", "vie locale, quartier")
            await hands.press("escape")
            await hands.settled()
            assert record(show_of(voices), "chroniques/agenda").themes == ("vie locale", "quartier")

    run(test)


def test_the_theme_says_its_works_once_for_all(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await go(hands, "template/generique")
            await hands.press("o", "enter")
            await hands.write("Le vent")
            await hands.press("enter")
            await fill(hands, "composer", "Ana Roux")
            await hands.press("escape", "escape")
            await hands.settled()
            (work,) = record(show_of(voices), "template/generique").works
            assert (work.title, work.composer, work.use) == ("Le vent", "Ana Roux", WorkUse.THEME)

    run(test)


def test_a_pair_of_a_mixers_channels_is_chosen(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW), (100, 40)) as hands:
            await hands.press("f8")
            await go(hands, "recording")
            await hands.press("enter")
            await fill(hands, "pair", "3, 4")
            await hands.press("escape")
            await hands.settled()
            assert show_of(voices).recording.pair == (3, 4)
            await hands.press("u")
            await hands.settled()
            assert show_of(voices).recording.pair == ()

    run(test)


def test_a_wrong_value_says_what_is_accepted_and_is_not_written(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW), (100, 40)) as hands:
            before = (voices / "shows.toml").read_bytes()
            for place, field, text, message in (
                ("recording", "input", "la console", "n'est pas une entrée son"),
                ("recording", "pair", "trois", "des nombres entiers séparés par des virgules"),
                ("recording", "pair", "3", "demande ici"),
                ("sound", "integrated_lufs", "fort", "un nombre est attendu"),
                ("sound", "integrated_lufs", "3", "hors limites"),
                ("podcast", "link", "mon site", "une adresse complète"),
                ("slot", "timezone", "Paris", "n'est pas un fuseau horaire connu"),
                ("season", "first_year", "26", "hors limites"),
            ):
                await hands.press("f8")
                await go(hands, place)
                await hands.press("enter")
                await fill(hands, field, text)
                await hands.press("tab")
                assert message in hands.dialog(), (place, field, hands.dialog())
                await hands.press("escape", "escape")
                await hands.settled()
            assert (voices / "shows.toml").read_bytes() == before

    run(test)


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 40)])
def test_every_row_opens_its_form(atelier: Path, size: tuple[int, int]) -> None:
    """One of each kind; on the usual screen also another and the last of each list, whose rows are alike."""
    rows = [row.key for row in setting_rows(show_of(atelier))]
    lists = [list(keys) for _, keys in groupby(rows, lambda key: key.partition("/")[0])]
    kept = slice(None) if size == (80, 24) else slice(1)
    chosen = [key for one in lists for key in [*dict.fromkeys((*one[:2], one[-1]))][kept]]

    async def test() -> None:
        async with seat(make_app(atelier), size) as hands:
            await hands.press("f8")
            before = (atelier / "shows.toml").read_bytes()
            for key in chosen:
                await go(hands, key)
                if record(show_of(atelier), key) is not None:
                    await hands.press("enter")
                    assert hands.dialog()
                    await hands.press("escape")
            await hands.settled()
            assert (atelier / "shows.toml").read_bytes() == before

    run(test)


def test_another_hand_in_the_file_is_followed(voices: Path) -> None:
    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            path = voices / "shows.toml"
            path.write_text(path.read_text("utf-8").replace('name = "Ma radio"', 'name = "Radio Vercors"'), "utf-8")
            await hands.look()
            assert "Radio Vercors" in hands.line("Radio")
            assert "Modifié ailleurs : radio : nom : « Ma radio » → « Radio Vercors »" in hands.told()
            path.write_text("[shows", "utf-8")
            await hands.look()
            assert "Radio Vercors" in hands.line("Radio  "), "the last good state stays"
            assert "shows.toml, ligne 1" in hands.text()

    run(test)


def test_a_show_is_planned_from_a_new_workspace_by_keys(voices: Path) -> None:
    """Settings, the first episode, its rundown: nothing but the screens."""

    async def test() -> None:
        async with seat(make_app(voices, lambda: NOW)) as hands:
            await hands.press("f8")
            await hands.sees("4 restent à remplir")
            await go(hands, "show")
            await hands.press("enter")
            await fill(hands, "description", "Le magazine du Vercors.")
            await hands.press("escape")
            await go(hands, "station")
            await hands.press("enter")
            await hands.fill("Radio Vercors")
            await hands.press("escape")
            await go(hands, "podcast")
            await hands.press("enter")
            await hands.fill("https://lesvoixduvercors.org/")
            await hands.press("escape")
            await go(hands, "template/chronique")
            await hands.press("enter")
            await hands.fill("La montagne")
            await hands.press("escape")
            await hands.settled()
            assert "à remplir" not in hands.text()
            await hands.press("f2", "enter", "enter")
            await hands.until((voices / f"episodes/{SLUG}/2026-11-26/episode.toml").exists, "the episode")
            await hands.sees("La montagne")
            assert hands.pressed <= 60, f"{hands.pressed} keys beside the text"

    run(test)
