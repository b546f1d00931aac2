"""« Son », after the show: what is cut out of an item and what is heard in its place, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import Edits
from bobine.store.records.edits import change_edits, read_edits
from bobine.store.records.recordings import write_as_run
from bobine.tui.messages import Wish
from bobine.tui.rundown.path_completion import complete_path
from tests.commands.test_couper import RATE, write
from tests.master.edits import cut
from tests.tui.conftest import DAY, PLAN, make_app
from tests.tui.hands import Hands, run, seat

SIZES = [(80, 24), (120, 40)]
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def record(atelier: Path) -> Path:
    """The générique for 10 s, then the welcome for 20 s; gives where the edits are noted."""
    folder = (atelier / PLAN).parent
    write(folder / "recording" / "recording-1.wav", 30)
    items = (
        AiredItem(id="generique-debut", start=0, end=10 * RATE),
        AiredItem(id="accueil", start=10 * RATE, end=30 * RATE),
    )
    recording = Recording(file="recording-1.wav", rate=RATE, channels=1, samples=30 * RATE, sha256="a" * 64)
    write_as_run(
        folder / "recording" / "as_run.toml", AsRun(recording=recording, source=MarksSource.MARKS, items=items)
    )
    return folder / "edits.toml"


def bounds(edits: Path) -> list[tuple[str, float, float]]:
    return [(one.item, one.start / RATE, one.end / RATE) for one in read_edits(edits).cuts]


async def to_the_welcome(hands: Hands) -> None:
    await hands.look()
    await hands.press("down")
    assert hands.rundown.item is not None
    assert hands.rundown.item.id == "accueil"


@sizes
def test_the_key_is_there_once_something_was_recorded(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            await hands.look()
            assert "Son" not in hands.lines()[-1].split()
            await hands.press("t")
            assert hands.app.screen is hands.place
            record(atelier)
            await hands.look()
            assert "Son" in hands.lines()[-1].split()
            await hands.press("question_mark", "pagedown")
            await hands.sees("Après l'émission")

    run(test)


@sizes
def test_a_passage_is_cut_shown_and_given_back(atelier: Path, size: tuple[int, int]) -> None:
    edits = record(atelier)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            await to_the_welcome(hands)
            await hands.press("t")
            assert "À l'antenne : 0:20." in hands.dialog()
            await hands.press("enter")
            await hands.write("hier")
            await hands.press("enter")
            assert "n'est pas une position" in hands.dialog()
            await hands.fill("20")
            await hands.press("enter")
            assert "L'élément finit à 0:20" in hands.dialog()
            await hands.fill("1,5")
            await hands.press("enter")
            assert "Couper de 0:01,5 à" in hands.dialog()
            await hands.write("1")
            await hands.press("enter")
            assert "La fin vient après le début" in hands.dialog()
            await hands.fill("0:25")
            await hands.press("enter")
            assert "L'élément finit à 0:20" in hands.dialog()
            await hands.fill("0:03")
            await hands.press("enter")
            assert bounds(edits) == [("accueil", 11.5, 13.0)]
            assert "Dans le podcast : 0:18,5" in hands.dialog()
            assert "Coupe 1 : 0:01,5 à 0:03 (1,5 s)" in hands.dialog()
            await hands.press("end", "enter")
            assert bounds(edits) == []
            assert "Dans le podcast" not in hands.dialog()
            await hands.press("escape")
            assert "rendue" in hands.told()

    run(test)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("5", "7", "en recouvre une autre"),
        ("0", "20", "en recouvre"),
        ("4", "6,5", "recouvre"),
    ],
)
def test_a_cut_that_cannot_be_is_said_and_the_list_stays(atelier: Path, start: str, end: str, words: str) -> None:
    edits = record(atelier)
    change_edits(edits, lambda _: Edits(cuts=(cut("accueil", 16 * RATE, 18 * RATE),)))

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await to_the_welcome(hands)
            await hands.press("t", "enter")
            await hands.write(start)
            await hands.press("enter")
            await hands.write(end)
            await hands.press("enter")
            assert words in hands.told()
            assert "Coupe 1" in hands.dialog()
            assert bounds(edits) == [("accueil", 16.0, 18.0)]

    run(test)


@sizes
def test_another_file_is_taken_and_given_back(atelier: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    edits = record(atelier)
    take = write(tmp_path / "prise de Léa.wav", 12, 700)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            await to_the_welcome(hands)
            await hands.press("t", "down", "enter")
            await hands.write(f"{tmp_path}/nulle part.wav")
            await hands.press("enter")
            assert "n'est pas un fichier" in hands.dialog()
            await hands.fill(str(take)[:-6])
            await hands.press("tab", "enter")
            await hands.until(lambda: read_edits(edits).take("accueil") is not None, "the take is noted")
            await hands.sees("Lui rendre")
            assert "Dans le podcast : 0:12" in hands.dialog()
            assert "« prise de Léa.wav », 0:12" in hands.dialog()
            await hands.press("home", "down", "down", "enter")
            assert read_edits(edits).takes == ()
            assert "Lui rendre" not in hands.dialog()

    run(test)


def test_a_file_that_cannot_be_used_is_said(atelier: Path) -> None:
    edits = record(atelier)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await to_the_welcome(hands)
            await hands.press("t", "down", "enter")
            await hands.write(str(atelier / "shows.toml"))
            await hands.press("enter")
            await hands.until(lambda: "fichier son" in hands.told(), "it is said")
            assert "Prendre un autre fichier" in hands.dialog()
            assert not edits.exists()

    run(test)


def test_what_waits_and_what_no_longer_fits_is_marked(atelier: Path) -> None:
    edits = record(atelier)
    change_edits(edits, lambda _: Edits(cuts=(cut("accueil", 5, 9, "d" * 64), cut("accueil", 80_000, 96_000))))

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 40)) as hands:
            await to_the_welcome(hands)
            await hands.press("t")
            assert "! Coupe 1 : 0:00 à 0:00 de l'autre fichier" in hands.dialog()
            assert "un autre enregistrement" in hands.dialog()
            await hands.press("end", "up", "enter")
            assert bounds(edits) == [("accueil", 10.0, 12.0)]

    run(test)


def test_a_damaged_file_or_an_item_that_was_not_aired_is_told(atelier: Path) -> None:
    edits = record(atelier)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.look()
            await hands.press("end", "t")
            assert "n'est pas dans l'enregistrement" in hands.told()
            edits.write_text("cuts = 3\n", "utf-8")
            await hands.press("t")
            assert "edits.toml, ligne 1" in hands.told()

    run(test)


def test_the_rest_of_a_path_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "prise de Léa.wav").touch()
    (tmp_path / "prises").mkdir()
    (tmp_path / ".caché").touch()
    assert complete_path(f"{tmp_path}/pr") == f"{tmp_path}/prise de Léa.wav"
    assert complete_path(f"{tmp_path}/prises") == f"{tmp_path}/prises/"
    for text in ("", f"{tmp_path}/", f"{tmp_path}/.", f"{tmp_path}/x", f"{tmp_path}/nulle/x", "'a"):
        assert complete_path(text) is None


def test_the_master_is_asked_for_from_there(atelier: Path) -> None:
    record(atelier)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await to_the_welcome(hands)
            await hands.press("t", "down", "down")
            assert "Monter l'émission" in hands.dialog()
            await hands.press("enter")
            assert hands.app.wish == Wish(f"bobine-romanaise/{DAY}", publish=False)

    run(test)
