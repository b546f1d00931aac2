"""Every control of a form says what it holds with ``text``, and shows another text with ``put``, telling nobody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from textual.app import App, ComposeResult

from bobine.tui.kit.forms.controls import FormControl, control_for
from bobine.tui.kit.forms.fields import Control, FieldSpec

OPTIONS = (("a", "Un"), ("b", "Deux"))


@dataclass
class Record:
    value: Any = None


def spec_of(control: Control) -> FieldSpec:
    return FieldSpec(name="value", label="Valeur", control=control, options=OPTIONS, show=lambda _: "")


class OneControl(App[None]):
    def __init__(self, held: FormControl) -> None:
        super().__init__()
        self.held = held
        self.told: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        names = ("cursor-background", "cursor-foreground", "field", "tone-muted")
        return dict.fromkeys(names, "#888888")

    def compose(self) -> ComposeResult:
        yield self.held

    def on_event_of_a_control(self, message: object) -> None:
        self.told.append(type(message).__name__)

    on_entry_changed = on_input_changed = on_text_area_changed = on_event_of_a_control
    on_tick_changed = on_pick_picked = on_event_of_a_control


@pytest.mark.parametrize("control", Control)
def test_what_is_put_is_held(control: Control) -> None:
    empty: dict[Control, Any] = {Control.WORDS: (), Control.FLAGS: (), Control.PICK: "a", Control.FLAG: False}
    held = control_for(spec_of(control), Record(empty.get(control, "")))
    other = {Control.FLAG: "1", Control.PICK: "b", Control.FLAGS: "a b"}.get(control, "un mot")
    app = OneControl(held)

    async def test() -> None:
        async with app.run_test() as pilot:
            await pilot.pause()
            before, app.told = held.text, []
            for text in (other, before, other):
                held.put(text)
                await pilot.pause()
                assert held.text == text
            assert app.told == []

    asyncio.run(test())
