"""The peer of ``screens``: the smallest Textual application that shows a rundown of 40 items, in a ``DataTable``."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable

ROWS, COLUMNS = 40, 9


class PlainTable(App[None]):
    """40 rows of 9 columns; up and down move the cursor, ``+`` writes the cells of its row anew."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("plus", "rewrite", "Rewrite")]

    def compose(self) -> ComposeResult:
        """Nothing but the table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        self._turn = 0
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns(*(f"Column {column}" for column in range(COLUMNS)))
        for row in range(ROWS):
            table.add_row(*(f"cell {row}.{column}" for column in range(COLUMNS)))

    def action_rewrite(self) -> None:
        """Write other texts of the same width into the cursor's row."""
        self._turn += 1
        table: DataTable[str] = self.query_one(DataTable)
        for column in range(COLUMNS):
            table.update_cell_at(Coordinate(table.cursor_row, column), f"cell {self._turn % 10}.{column}")


if __name__ == "__main__":
    PlainTable().run()
