"""A table that fits its room: one line a row, a cursor, drawn line by line so that a keystroke costs little."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bobine.french import typeset
from bobine.tui.kit.lists.drawing import line_of
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone, fitted


class Listing(ScrollView, can_focus=True):
    """Rows under headings.

    Text is shown as it is, control characters made visible; what does not fit ends with « … ».

    Args:
        columns: its columns.
        empty: what it says when it has no row.
        heading: whether the columns' titles are shown.
        first_cell: where the cursor is on one cell of its row, the first column that it may be in; None where it is
            on the row.
        moved: called when a key or a click has put the cursor on another row or cell: at once rather than by a message,
            so that what is shown of that row is painted in the same frame.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "listing--heading",
        "listing--cursor",
        "listing--cursor-away",
        "listing--rule",
        *(f"listing--{tone}" for tone in Tone),
    }
    DEFAULT_CSS = """
    Listing {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .listing--heading { color: $tone-muted; text-style: bold; background: $panel; }
        & > .listing--cursor { background: $cursor-background; color: $cursor-foreground; text-style: bold; }
        & > .listing--cursor-away { background: $cursor-away; color: $foreground; text-style: bold; }
        & > .listing--rule { color: $tone-muted; }
        & > .listing--plain { color: $foreground; }
        & > .listing--strong { color: $foreground; text-style: bold; }
        & > .listing--muted { color: $tone-muted; }
        & > .listing--good { color: $tone-good; }
        & > .listing--warn { color: $tone-warn; }
        & > .listing--alert { color: $tone-alert; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Monter", show=False),
        Binding("down", "step(1)", "Descendre", show=False),
        Binding("pageup", "page(-1)", "Page d'avant", show=False),
        Binding("pagedown", "page(1)", "Page d'après", show=False),
        Binding("home", "edge(0)", "Première ligne", show=False),
        Binding("end", "edge(1)", "Dernière ligne", show=False),
        Binding("left", "cell(-1)", "Colonne d'avant", show=False),
        Binding("right", "cell(1)", "Colonne d'après", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A row was asked for by a click on the cursor's; what Enter does is the screen's binding."""

        listing: Listing
        key: str

        @property
        def control(self) -> Listing:
            """The listing, for ``@on`` selectors."""
            return self.listing

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        heading: bool = True,
        first_cell: int | None = None,
        moved: Callable[[], None] = lambda: None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._empty = empty
        self._unread = False
        self._heading = heading
        self._cursor = 0
        self._first_cell = first_cell
        self._cell = first_cell
        self._moved = moved
        self._lines: list[int | None] = []
        self._styles: dict[str, Style] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return self._rows

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self._rows[self._cursor].key if self._rows else None

    @property
    def cell(self) -> int | None:
        """The column of the cursor, where it is on a cell."""
        return self._cell

    def show(self, rows: Sequence[Row], *, key: str | None = None) -> None:
        """Show other rows; the cursor stays on the same key, or goes to ``key``, or stays where it was."""
        wanted = key if key is not None else self.key
        was, lines = self._rows, self._lines
        cursor = self._cursor
        self._rows = tuple(rows)
        places = {row.key: index for index, row in enumerate(self._rows)}
        self._cursor = places.get(wanted or "", min(self._cursor, max(0, len(self._rows) - 1)))
        self._lines = []
        for index, row in enumerate(self._rows):
            if row.rule:
                self._lines.append(None)
            self._lines.append(index)
        if lines == self._lines and was:
            changed = {index for index, row in enumerate(self._rows) if row != was[index]}
            self._redraw(changed | ({cursor, self._cursor} if cursor != self._cursor else set()))
        else:
            self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines) + self._heading)
            self.refresh()
        self._follow()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have other columns; the rows for them are shown next."""
        self._columns = tuple(columns)
        self.refresh()

    def unread(self, unread: bool) -> None:
        """Whether what it would show could not be read: without a row, it then does not say that there is nothing."""
        self._unread = unread
        if not self._rows:
            self.refresh()

    def go(self, key: str) -> None:
        """Put the cursor on a row, if it is there."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self._move(index)

    def action_step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._move(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self._move(self._cursor + by * max(1, self.size.height - 2))

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first row or the last."""
        self._move(len(self._rows) if last else 0)

    def action_choose(self) -> None:
        """Ask for the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def action_cell(self, by: int) -> None:
        """Move the cursor to another column, where it is on a cell."""
        if self._cell is not None and self._first_cell is not None:
            self._cell = max(self._first_cell, min(self._cell + by, len(self._columns) - 1))
            self.refresh()
            self._moved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Columns are for cursors on a cell."""
        return action != "cell" or self._cell is not None

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; one on the cursor's row asks for it."""
        line = event.y + round(self.scroll_y) - self._heading
        if event.y < self._heading or not 0 <= line < len(self._lines):
            return
        index = self._lines[line]
        if index is None:
            return
        if index == self._cursor and (event.chain > 1 or self.has_focus):
            self.action_choose()
        self._move(index)

    def on_resize(self) -> None:
        """The width of the columns follows."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines) + self._heading)
        self._follow()
        self.refresh()

    def _move(self, index: int) -> None:
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor or not self._rows:
            return
        self._redraw({self._cursor, index})
        self._cursor = index
        self._follow()
        self._moved()

    def _redraw(self, indexes: Collection[int]) -> None:
        """Draw some rows again, and nothing else."""
        for line, index in enumerate(self._lines):
            if index in indexes:
                self.refresh_lines(line + self._heading, 1)

    def _follow(self) -> None:
        """Scroll so that the cursor is seen, under the heading."""
        if not self._rows or not self.size.height:
            return
        line = self._lines.index(self._cursor)
        top = 0 if line <= 1 else line
        self.scroll_to_region(
            Region(0, top, 1, line - top + 1 + self._heading), animate=False, force=True, immediate=True
        )

    def notify_style_update(self) -> None:
        """The theme or the focus changed: styles are made anew."""
        self._styles = {}
        super().notify_style_update()

    def _style(self, name: str = "") -> Style:
        """The style of a component over the widget's own; made once, since a table asks for it hundreds of times."""
        if name not in self._styles:
            component = self.get_component_rich_style(f"listing--{name}", partial=True) if name else Style()
            self._styles[name] = self.rich_style + component
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """One line of the table, as wide as the widget."""
        width = self.scrollable_content_region.width
        base = self._style()
        columns = fitted(self._columns, width, self._cell)
        if y < self._heading:
            style = self._style("heading")
            titles = [(self._columns[index], Cell(self._columns[index].title), size) for index, size in columns]
            return line_of([(column, cell, size, style) for column, cell, size in titles], width, style)
        line = y + round(self.scroll_y) - self._heading
        if not self._rows:
            style = self._style("muted")
            text = self._empty_line(line, width)
            return Strip([Segment(set_cell_size(text, width), style)], width)
        if not 0 <= line < len(self._lines):
            return Strip.blank(width, base)
        index = self._lines[line]
        if index is None:
            style = self._style("rule")
            return Strip([Segment("─" * width, style)], width)
        return self._row(index, columns, width)

    def _empty_line(self, line: int, width: int) -> str:
        """A line of what an empty listing says, broken between words."""
        from textwrap import wrap

        lines = wrap(typeset(self._empty), max(1, width - 2)) if self._empty and not self._unread else []
        return f" {lines[line]}" if 0 <= line < len(lines) else ""

    def _row(self, index: int, columns: tuple[tuple[int, int], ...], width: int) -> Strip:
        row = self._rows[index]
        cursor = index == self._cursor
        over = self._style("cursor" if self.has_focus else "cursor-away")
        parts = []
        row_over = over
        if self._cell is not None:
            row_over = self._style("cursor-away")
        for place, size in columns:
            raw = row.cells[place] if place < len(row.cells) else ""
            cell = Cell(raw, row.tone) if isinstance(raw, str) else raw
            tone = cell.tone if cell.tone is not Tone.PLAIN else row.tone
            style = self._style(tone)
            if cursor:
                style = over if self._cell in (None, place) else row_over
            parts.append((self._columns[place], cell, size, style))
        return line_of(parts, width, row_over if cursor else self._style())
