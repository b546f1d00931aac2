"""What a listing shows: columns that fit their room, whatever it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bobine.tui.ideas.rows import COLUMNS as IDEAS
from bobine.tui.kit.lists.drawing import filled
from bobine.tui.kit.lists.rows import GAP, Column, fitted
from bobine.tui.kit.screens.keys_line import told
from bobine.tui.rundown.rows import COLUMNS as RUNDOWN
from bobine.tui.season.rows import COLUMNS as SEASON
from bobine.tui.team.rows import ROLE_COLUMNS, SKILL_COLUMNS


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, ...]:
    def column(number: int) -> Column:
        width = draw(st.integers(1, 30))
        return Column(f"c{number}", width, draw(st.integers(0, 4)), most=draw(st.integers(width, 80)),
                      from_width=draw(st.sampled_from([0, 0, 0, 60])))  # fmt: skip

    return (Column("first", draw(st.integers(1, 30))), *(column(n) for n in range(draw(st.integers(0, 8)))))


WIDTHS = st.integers(1, 300)
OURS = st.sampled_from([RUNDOWN, SEASON, IDEAS, ROLE_COLUMNS, SKILL_COLUMNS])


@given(columns() | OURS, WIDTHS)
def test_widths_never_exceed_the_room(all_columns: tuple[Column, ...], width: int) -> None:
    shown = fitted(all_columns, width)
    assert shown[0][0] == 0, "the first column is always there"
    assert sum(size for _, size in shown) + GAP * (len(shown) - 1) <= width
    assert [index for index, _ in shown] == sorted({index for index, _ in shown})
    assert all(size <= all_columns[index].most for index, size in shown)


@given(columns(), WIDTHS)
def test_each_has_what_it_needs_and_room_is_not_left_while_any_may_grow(
    all_columns: tuple[Column, ...], width: int
) -> None:
    shown = fitted(all_columns, width)
    if len(shown) > 1:
        assert all(size >= all_columns[index].width for index, size in shown)
    left = width - sum(size for _, size in shown) - GAP * (len(shown) - 1)
    growing = [i for i, size in shown if all_columns[i].share and size < all_columns[i].most]
    assert left == 0 or not growing


@given(columns(), WIDTHS)
def test_a_wider_room_shows_no_less_of_what_comes_first(all_columns: tuple[Column, ...], width: int) -> None:
    plain = tuple(Column(one.title, one.width, one.share, most=one.most) for one in all_columns)

    def shown(room: int) -> list[bool]:
        there = {index for index, _ in fitted(plain, room)}
        return [index in there for index in range(len(plain))]

    assert shown(width + 1) >= shown(width)


@given(st.text(max_size=40), st.integers(0, 30), st.booleans())
def test_a_cell_fills_its_columns_exactly(text: str, size: int, right: bool) -> None:
    assert cell_len(filled(text, size, right=right)) == size


def test_what_does_not_fit_says_so() -> None:
    assert filled("Politique locale", 9, right=False) == "Politiqu…"
    assert filled("3'30", 6, right=True) == "  3'30"
    assert filled("音楽の時間", 6, right=False) == "音楽 …", "wide characters are not cut in half"


@given(OURS, st.integers(40, 300), st.integers(1, 5))
def test_the_cursor_s_column_is_always_there(all_columns: tuple[Column, ...], width: int, cursor: int) -> None:
    cursor = min(cursor, len(all_columns) - 1)
    shown = fitted(all_columns, width, cursor)
    assert {0, cursor} <= {index for index, _ in shown}
    assert sum(size for _, size in shown) + GAP * (len(shown) - 1) <= width


@given(st.lists(st.tuples(st.sampled_from(["explain", "undo", "quit"]), st.integers(3, 20)), max_size=12), WIDTHS)
def test_the_keys_line_tells_whole_keys_and_always_help(keys: list[tuple[str, int]], width: int) -> None:
    shown = told(keys, width)
    others = [place for place in sorted(shown) if keys[place][0] != "explain"]
    assert any(action == "explain" for action, _ in keys) == any(keys[place][0] == "explain" for place in shown)
    if others:
        assert sum(keys[place][1] for place in shown) + len(shown) - 1 <= width
    places = [place for place, (action, _) in enumerate(keys) if action != "explain"]
    assert others == places[: len(others)], "from the left, none left out between two"
