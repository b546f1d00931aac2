"""A Tuesday show's screens say Tuesday."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import make_app
from tests.tui.hands import run, seat


def test_a_tuesday_show_says_tuesday(empty_atelier: Path) -> None:
    shows = empty_atelier / "shows.toml"
    text = shows.read_text("utf-8")
    assert 'day = "thursday"' in text
    shows.write_text(text.replace('day = "thursday"', 'day = "tuesday"'), encoding="utf-8")

    async def test() -> None:
        async with seat(make_app(empty_atelier), (120, 40)) as hands:
            for keys, words in ((("f2", "question_mark"), "mardi par mardi"), (("f4", "question_mark"), "d'un mardi")):
                await hands.press(*keys)
                assert words in hands.text()
                assert "jeudi" not in hands.text()
                await hands.press("escape")
            await hands.press("f2")
            assert "mardi" in hands.text()
            assert "jeudi" not in hands.text()

    run(test)
