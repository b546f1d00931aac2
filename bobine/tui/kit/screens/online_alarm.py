"""The line of every screen that says what is online and may no longer be heard; there only while something is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset


class OnlineAlarm(Static):
    """The first alarm, and how many more there are."""

    DEFAULT_CSS = """
    OnlineAlarm { display: none; height: auto; max-height: 3; padding: 0 1; background: $tone-alert; color: $background;
        text-style: bold; }
    OnlineAlarm.-said { display: block; }
    .-low OnlineAlarm { max-height: 2; }
    .-tiny OnlineAlarm { max-height: 1; }
    """

    def show(self, alarms: Sequence[str]) -> None:
        """Show alarms, or none."""
        more = f" (et {len(alarms) - 1} autre{'s' if len(alarms) > 2 else ''})" if len(alarms) > 1 else ""
        text = typeset(printable(f"✗ {alarms[0]}{more}")) if alarms else ""
        if text != self._text:
            self._text = text
            self.update(Content(text))
            self.set_class(bool(alarms), "-said")

    _text = ""
