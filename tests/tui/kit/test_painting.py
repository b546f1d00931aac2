"""What is painted, and how often: a key costs one frame, and a screen on which nothing happens none."""

from pathlib import Path

import pytest
from textual._compositor import Compositor

from bobine.tui.app import BobineApp
from bobine.tui.kit.screens.desk_screen import LOOK_EVERY_S
from tests.tui.conftest import DAY, make_app
from tests.tui.hands import run, seat

RENDER = Compositor.render_update


def count_frames(app: BobineApp, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is painted from now on, a frame an element."""
    monkeypatch.setattr(Compositor, "render_update", RENDER)  # as it is where somebody sees it
    frames: list[object] = []
    display = app._display

    def counted(screen: object, renderable: object) -> None:
        frames.append(renderable)
        display(screen, renderable)  # type: ignore[arg-type]

    monkeypatch.setattr(app, "_display", counted)
    return frames


def test_a_row_and_what_is_known_of_it_are_painted_in_one_frame(atelier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        app = make_app(atelier, day=DAY)
        async with seat(app, (120, 40)) as hands:
            frames = count_frames(app, monkeypatch)
            await hands.press("down")
            assert hands.text().count("Accueil, sommaire") == 2, "in the list, and beside it"
            assert len(frames) == 1

    run(test)


@pytest.mark.parametrize("keys", [(), ("question_mark",), ("c",), ("f2",)], ids=("rundown", "help", "repair", "season"))
def test_nothing_is_painted_while_nothing_happens(
    atelier: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async def test() -> None:
        app = make_app(atelier, day=DAY)
        async with seat(app, (120, 40)) as hands:
            await hands.press(*keys)
            await hands.pilot.pause(LOOK_EVERY_S)
            frames = count_frames(app, monkeypatch)
            await hands.pilot.pause(3 * LOOK_EVERY_S)
            assert not frames

    run(test)
