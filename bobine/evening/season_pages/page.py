"""The report as one page that stands alone: it asks nothing of the network, and prints on A4 in two columns."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bobine.evening.season_pages.charts import chart_svg
from bobine.french import long_date, printable, typeset_print
from bobine.model.episode_day import plain_day
from bobine.report.charts import Chart
from bobine.report.content import report_content
from bobine.report.figures import Figure, SeasonReport
from bobine.report.origins import origins
from bobine.report.panels import SOURCES
from bobine.report.words import to_know, value_words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""``Content-Security-Policy`` of the page: it runs nothing and fetches nothing."""


def report_page(report: SeasonReport, today: date, *, nameless: bool = False) -> bytes:
    """The page, in UTF-8.

    Args:
        report: what is shown.
        today: the day that it is drawn.
        nameless: say at the foot that nobody is named; the report itself must be without names already.
    """
    content = report_content(report)
    drawn = [(chart, _data_address(chart, content.seasons)) for chart in content.charts]
    places = {figure.key: f"c{place}" for place, figure in enumerate(_figures(report))}
    page = _environment().get_template("page.html").render(
        content=content, report=report, drawn=drawn, places=places, sources=SOURCES, today=today, nameless=nameless,
        policy=_POLICY,
    )  # fmt: skip
    return page.encode(errors="replace")


def _figures(report: SeasonReport) -> list[Figure]:
    return [figure for section in report.sections for figure in section.figures]


def _data_address(chart: Chart, names: tuple[str, str]) -> str:
    """A chart as an address that holds it: an image of its own, whose names of parts meet no other's."""
    return f"data:image/svg+xml;base64,{b64encode(chart_svg(chart, names)).decode()}"


def _text(text: object) -> str:
    """Text from anywhere, typeset; invisible commands are shown as dots. The template escapes it."""
    return typeset_print(printable(str(text)))


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
                       auto_reload=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # fmt: skip
    made.filters |= {
        "fr": _text,
        "long_date": long_date,
        "plain_day": plain_day,
        "origins": origins,
        "to_know": to_know,
    }
    made.globals.update(value_words=value_words)
    return made
