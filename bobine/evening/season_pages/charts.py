"""The charts of a report as SVG, in black and white: what stands beside is told by hatching, never by colour alone.

Matplotlib is imported when the first chart is drawn: nothing else needs it.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from threading import Lock
from typing import TYPE_CHECKING

import font_roboto

from bobine.french import MONTHS, printable, short_day, typeset_print
from bobine.plan.paper.scripts import typeface, typeface_file
from bobine.report.charts import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

WIDTH_IN = 3.7
"""Width of a chart: half an A4 page between its margins, in inches."""

_INK, _PAPER = "#1a1a1a", "#ffffff"
_ROW_IN, _PAIR_IN, _LEGEND_IN, _COLUMNS_IN = 0.235, 0.36, 0.3, 1.9
_LABEL = 24
"""Characters of a label before it goes on to a second line."""
_HATCH_PT = 3.5
"""Distance between two lines of hatching, in points."""

_SHORT = {month: short_day(date(2000, place, 1)).split()[1] for place, month in enumerate(MONTHS, 1)}

_drawing = Lock()
_families: dict[str, str] = {}


def chart_svg(chart: Chart, names: tuple[str, str]) -> bytes:
    """A chart as an SVG file that asks for nothing outside itself; the same bytes for the same chart.

    Letters are drawn as shapes: they keep their room wherever the typeface is missing.

    Args:
        chart: what is drawn.
        names: of the season and of the one before, for the legend.
    """
    with _drawing:
        logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its caches, on the screen
        import matplotlib as mpl

        with mpl.rc_context(
            {
                "svg.fonttype": "path",
                "svg.hashsalt": "bobine",
                "font.family": _typefaces(chart),
                "font.size": 7.5,
                "text.hinting": "none",
                "text.parse_math": False,
                "text.color": _INK,
                "axes.edgecolor": _INK,
            }
        ):
            figure = _drawn(chart, names)
            out = io.StringIO()
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            figure.savefig(out, format="svg", dpi=72, metadata=nothing)
    return _bare(out.getvalue()).encode()


def _typefaces(chart: Chart) -> list[str]:
    """The families that the chart's letters need, made known to Matplotlib."""
    from matplotlib.font_manager import fontManager

    letters = {char for bar in chart.bars for char in _shown(bar.label)}
    regular = Path(font_roboto.font_directory) / "Roboto-Regular.ttf"
    others = {name: typeface_file(name) for char in letters if ord(char) > 0x2000 or not char.isascii()
              if (name := typeface(char))}  # fmt: skip
    for name, path in {"": regular, **others}.items():
        if name not in _families:
            fontManager.addfont(path)
            _families[name] = fontManager.ttflist[-1].name
    return [_families[name] for name in ("", *sorted(others))]


def _drawn(chart: Chart, names: tuple[str, str]) -> Figure:
    from matplotlib.figure import Figure

    height_in = _height_in(chart)
    figure = Figure(figsize=(WIDTH_IN, height_in), dpi=72, facecolor=_PAPER)
    foot = _LEGEND_IN / height_in if chart.has_before else 0.0
    figure.set_layout_engine("constrained", rect=(0.0, foot, 1.0, 1.0 - foot), w_pad=0.1)
    axes = figure.add_subplot()
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom" if not chart.over_time else "left"):
        axes.spines[side].set_visible(False)
    before = _columns(axes, chart) if chart.over_time else _rows(axes, chart)
    for _ in range(2):  # the room for labels is found by the first pass, and filled by the second
        figure.draw_without_rendering()
    figure.set_layout_engine("none")  # it is laid out: the hatching moves nothing any more
    swatches = _legend(figure, names) if before else []
    _hatch(figure, [*before, *swatches])
    return figure


def _height_in(chart: Chart) -> float:
    if chart.over_time:
        return _COLUMNS_IN
    rows = sum(max(1.0, 0.6 * len(_broken(bar.label).splitlines())) for bar in chart.bars)
    return rows * (_PAIR_IN if chart.has_before else _ROW_IN) + (_LEGEND_IN if chart.has_before else 0.0) + 0.1


def _rows(axes: Axes, chart: Chart) -> list[Rectangle]:
    """Bars from left to right, the season before under each; gives those of the season before."""
    places = range(len(chart.bars))
    paired = chart.has_before
    height, shift = (0.36, 0.19) if paired else (0.66, 0.0)
    axes.barh([place - shift for place in places], [bar.value for bar in chart.bars], height, color=_INK, clip_on=False)
    found: list[Rectangle] = []
    for place, bar in enumerate(chart.bars):
        _say(axes, bar.value, place - shift, bar.words, chart)
        if bar.before is not None:
            made = axes.barh(place + shift, bar.before, height, color=_PAPER, edgecolor=_INK, linewidth=0.6,
                             clip_on=False)  # fmt: skip
            found += made.patches
            _say(axes, bar.before, place + shift, bar.before_words, chart)
    axes.set_yticks(list(places), [_broken(bar.label) for bar in chart.bars])
    axes.set_xticks([])
    axes.set_xlim(0, 1.3 * chart.most)
    axes.set_ylim(len(chart.bars) - 0.45, -0.55)
    return found


def _say(axes: Axes, value: int, place: float, words: str, chart: Chart) -> None:
    axes.text(value + chart.most / 60, place, typeset_print(words), va="center_baseline", fontsize=7)


def _columns(axes: Axes, chart: Chart) -> list[Rectangle]:
    """A column for each month, with its value above."""
    places = range(len(chart.bars))
    axes.bar(places, [bar.value for bar in chart.bars], 0.66, color=_INK, clip_on=False)
    for place, bar in enumerate(chart.bars):
        axes.text(place, bar.value + chart.most / 40, typeset_print(bar.words), ha="center", va="bottom", fontsize=6)
    axes.set_xticks(list(places), [_SHORT.get(bar.label, bar.label) for bar in chart.bars], fontsize=6.5)
    axes.set_yticks([])
    axes.set_ylim(0, 1.12 * chart.most)
    axes.margins(x=0.01)
    return []


def _legend(figure: Figure, names: tuple[str, str]) -> list[Rectangle]:
    """Names of the two seasons at the foot, each after its bar; gives the bar of the season before."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import IdentityTransform

    made = []
    for place, (name, face) in enumerate(zip(names, (_INK, _PAPER), strict=True)):
        left = 8 + place * figure.bbox.width / 2
        swatch = Rectangle((left, 3), 14, 7, facecolor=face, edgecolor=_INK, linewidth=0.6,
                           transform=IdentityTransform())  # fmt: skip
        figure.add_artist(swatch)
        figure.text(left + 18, 3.6, typeset_print(name), transform=IdentityTransform(), fontsize=7)
        made.append(swatch)
    return made[1:]


def _hatch(figure: Figure, bars: Sequence[Rectangle]) -> None:
    """Draw slanting lines over bars: lines, because what reads the SVG for the PDF knows no patterns."""
    from matplotlib.collections import LineCollection
    from matplotlib.transforms import IdentityTransform

    lines = [line for bar in bars for line in _slanting(*bar.get_window_extent().extents)]
    if lines:
        figure.add_artist(LineCollection(lines, colors=_INK, linewidths=0.5, transform=IdentityTransform()))


def _slanting(x0: float, y0: float, x1: float, y1: float) -> Iterator[list[tuple[float, float]]]:
    """The lines at 45° that cross a rectangle, each cut at its edges."""
    width, height = x1 - x0, y1 - y0
    at = _HATCH_PT - height
    while at < width:
        start, end = max(0.0, at), min(width, at + height)
        yield [(x0 + start, y0 + start - at), (x0 + end, y0 + end - at)]
        at += _HATCH_PT


def _broken(label: str) -> str:
    """A label in two lines at the most."""
    lines = wrap(_shown(label), _LABEL, max_lines=2, placeholder="…", break_on_hyphens=False) or [""]
    return "\n".join(lines)


def _shown(label: str) -> str:
    return typeset_print(printable(label))


def _bare(svg: str) -> str:
    """The ``svg`` element without metadata, and without comments, which say the labels again."""
    for unwanted in (r"<metadata>.*?</metadata>", r"<!--.*?-->"):
        svg = re.sub(unwanted, "", svg, flags=re.DOTALL)
    return svg[svg.index("<svg") :]
