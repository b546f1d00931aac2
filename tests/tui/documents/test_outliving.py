"""An unforeseen error in a handler of a screen: said once, reported, and the screen goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from textual.types import NoActiveAppError
from textual.widget import Widget

from bobine.errors import DiskError
from bobine.tui.rundown.screen import RundownScreen
from tests.conftest import ATELIER
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import run, seat

Attempt = Callable[[str], AbstractContextManager[None]]


@pytest.mark.boundary
@pytest.mark.parametrize("error", [KeyError("x"), OSError(5, "EIO"), OverflowError("int"), TypeError("t")])
def test_a_screen_outlives_a_handler(
    atelier: Path,
    outlived: list[Exception],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: Exception,
    attempt: Attempt,
) -> None:
    def broken(_self: RundownScreen) -> None:
        raise error

    async def test() -> None:
        with attempt("an unforeseen error in a screen"):
            async with seat(make_app(atelier, day=DAY)) as hands:
                monkeypatch.setattr(RundownScreen, "key_f9", broken, raising=False)
                for _ in range(3):
                    await hands.press("f9")
                assert len(outlived) == 3
                outlived.clear()
                assert hands.told().count(f"erreur imprévue ({type(error).__name__})") == 1
                await hands.press("+")
                await hands.settled()
                assert on_disk(atelier).items[0].duration.seconds == 50
            assert len(list((tmp_path / "state" / "bobine" / "rapports").iterdir())) == 1

    run(test)


@pytest.mark.boundary
@pytest.mark.parametrize("error", [KeyError("x"), OSError(5, "EIO"), DiskError("Le disque est plein."), TypeError("t")])
def test_a_screen_outlives_what_is_done_beside_it(
    atelier: Path, outlived: list[Exception], error: Exception, attempt: Attempt
) -> None:
    async def broken() -> None:
        raise error

    async def test() -> None:
        with attempt("an unforeseen error in a screen"):
            async with seat(make_app(atelier, day=DAY)) as hands:
                hands.place.run_worker(broken())
                await hands.idle()
                assert outlived == [error]
                outlived.clear()
                assert "Le disque est plein." in hands.told() or "erreur imprévue" in hands.told()
                await hands.press("+")
                await hands.settled()
            assert on_disk(atelier) != on_disk(ATELIER)

    run(test)


@pytest.mark.boundary
def test_a_folder_that_no_screen_shows_is_named_on_screen(atelier: Path, attempt: Attempt) -> None:
    folder = (atelier / PLAN).parent
    shutil.copytree(folder, folder.with_name(f"{folder.name}-Bonus"))

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.until(lambda: "que Bobine ne voit pas" in hands.told(), "the folder is named")
            assert f"{folder.name}-Bonus" in hands.told()

    with attempt("an episode's folder with a name that is none"):
        run(test)


@pytest.mark.boundary
def test_a_conflict_copy_is_named_on_screen(atelier: Path, attempt: Attempt) -> None:
    name = "episode.sync-conflict-20261125-101112-ABCDEF7.toml"
    (atelier / PLAN).with_name(name).write_bytes(b"x")

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.until(lambda: "copie en conflit" in hands.told(), "the copy is named")
            assert name in hands.told()

    with attempt("a conflict copy of a synchroniser"):
        run(test)


def test_a_screen_that_is_being_closed_is_in_use_no_more(atelier: Path) -> None:
    seen: list[tuple[bool, int]] = []

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            screen = hands.place
            assert screen.is_attached

            class Watch(Widget):
                def on_unmount(self) -> None:
                    seen.append((screen.is_attached, len(screen.children)))

            await screen.mount(Watch())

    run(test)
    assert [attached for attached, _ in seen] == [False]


def test_work_that_ends_after_its_screen_is_nobodys_error(atelier: Path) -> None:
    async def late() -> None:
        raise NoActiveAppError

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            hands.app.run_worker(late())
            await hands.idle()
            await hands.press("down")
            assert not hands.app._notifications

    run(test)
