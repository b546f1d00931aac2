"""The report as a page, on paper, in files: the real report's figures in each, nothing from outside, no name where none
is wanted.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader

from bobine.cli import main
from bobine.evening.season_pages.page import report_page
from bobine.evening.season_pages.paper import report_pdf
from bobine.evening.seasons.made_up import make_season
from bobine.model.people import Role
from bobine.publish.pages.colours import contrast
from bobine.report.anonymous import anonymous
from bobine.report.figures import SeasonReport
from bobine.report.season import season_report
from tests.report.seasons import FIRST, SHOW, hours, item, person, season_of, show_of

TODAY = date(2018, 8, 1)
HOSTILE = "<script>alert('x')</script> & \"><img src=http://evil.example/> $x$ \u202e"


def spaced(text: str) -> str:
    """Text with ordinary spaces, each once."""
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def pdf_text(content: bytes) -> str:
    return spaced(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The real report's season in each form, in a folder, with its true figures."""
    root, out = tmp_path_factory.mktemp("season"), tmp_path_factory.mktemp("out")
    true = make_season(root, 39, seed=1)
    files = [word for form in ("html", "pdf", "csv") for word in (f"--{form}", str(out / f"b.{form}"))]
    assert main(["--atelier", str(root), "bilan", "1", *files]) == 0
    return out, true


def panel(true: dict[str, Any]) -> list[str]:
    """What « chiffres clés » must say of the real season."""
    return [
        "39 émissions diffusées", "35 h 45 d'antenne", "40 h de bénévolat par émission",
        "1 560 h de bénévolat dans la saison", "15 bénévoles en activité", f"{true['guests']} personnes invitées",
        f"{true['appearances']} passages de personnes invitées", "27 musiciennes et musiciens en direct",
        "12 chroniques et feuilletons", f"{true['shows']['online']} émissions en podcast",
    ]  # fmt: skip


def test_the_page_says_exactly_the_real_figures(written: tuple[Path, dict[str, Any]]) -> None:
    out, true = written
    page = html.fromstring((out / "b.html").read_bytes())
    said = [spaced(one.text_content()) for one in page.xpath("//ul[@class='key']/li")]
    assert said == panel(true)
    for link in page.xpath("//ul[@class='key']//a"):
        (place,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert place.getparent().tag == "details"
    rows = {
        spaced(one.xpath("string(.//span[@class='label'])")): spaced(one.xpath("string(b)"))
        for one in page.xpath("//summary")
    }
    assert rows["Programmées"] == rows["Diffusées"] == "39"
    assert rows["Valeur de ces heures"] == "15 355,20 €"


def test_the_page_says_where_each_figure_comes_from(written: tuple[Path, dict[str, Any]]) -> None:
    out, true = written
    page = html.fromstring((out / "b.html").read_bytes())
    (guests,) = page.xpath("//section[h3='Personnes invitées']/details[1]")
    names = {name for one in guests.xpath(".//em") for name in spaced(one.text_content()).split(", ")}
    assert len(names) == true["guests"]
    days = guests.xpath(".//time/@datetime")
    assert days == sorted(set(days))
    assert all(date.fromisoformat(day) for day in days)


def test_the_paper_says_exactly_the_real_figures(written: tuple[Path, dict[str, Any]]) -> None:
    out, true = written
    content = (out / "b.pdf").read_bytes()
    text = pdf_text(content)
    for words in panel(true):
        value, label = re.match(r"([\d ]+(?: h(?: \d\d)?)?) (.*)", words).groups()  # type: ignore[union-attr]
        assert value in text
        assert label.split()[0] in text
    for words in ("Quels résultats ?", "Le calendrier de la saison", "Sources et définitions", "15 355,20 €"):
        assert words in text
    assert "27 musiciennes et musiciens ont joué en direct" in text
    sizes = {
        tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
        for page in PdfReader(io.BytesIO(content)).pages
    }
    assert sizes == {(210, 297)}
    assert b"/Subtype /Image" not in content, "charts are shapes, not dots"


def test_the_spreadsheet_and_the_script_say_the_same(
    written: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    out, true = written
    rows = list(csv.reader(io.StringIO((out / "b.csv").read_text("utf-8-sig")), delimiter=";"))
    values = {row[7]: row[2] for row in rows if row[2]}
    keys = (
        "aired",
        "hours_total",
        "hours_per_show",
        "volunteers_active",
        "guests",
        "appearances",
        "live_musicians",
        "chroniques",
    )
    said = [values[key] for key in keys]
    assert said == ["39", "1560", "40", "15", str(true["guests"]), str(true["appearances"]), "27", "12"]


def hostile() -> SeasonReport:
    """A report whose every text tries to leave its place."""
    guest = replace(person("x", Role.GUEST), name=HOSTILE)
    talk = replace(item("talk", people=("x",), chronique="agenda", themes=(HOSTILE, "autre")), title=HOSTILE)
    facts = show_of(FIRST, talk, people=(guest,), given=(hours(HOSTILE, 60),))
    show = replace(SHOW, title=HOSTILE, chroniques=(replace(SHOW.chroniques[0], title=HOSTILE),))
    facts = replace(facts, episode=replace(facts.episode, title=HOSTILE))
    return season_report(replace(season_of(facts), show=show))


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    content = report_page(hostile(), TODAY)
    page = html.fromstring(content)
    assert page.xpath("//script | //iframe | //link | //object | //form") == []
    assert all(one.startswith("data:image/svg+xml;base64,") for one in page.xpath("//@src"))
    assert all(one.startswith("#") for one in page.xpath("//@href"))
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "url(" not in content.decode()
    assert "@import" not in content.decode()
    assert "alert" in page.text_content(), "it is shown as the text that it is"
    assert "\u202e" not in content.decode()


def test_the_page_is_read_by_who_does_not_see_it() -> None:
    page = html.fromstring(report_page(hostile(), TODAY))
    assert page.get("lang") == "fr"
    assert all(one.get("alt") for one in page.xpath("//img"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    css = page.xpath("string(//style)")
    colours = dict(re.findall(r"--(\w+): (#\w+);", css.split("}")[0]))
    for ink in ("ink", "soft"):
        red, green, blue = (int(colours[ink][place : place + 2], 16) for place in (1, 3, 5))
        assert contrast((red, green, blue), (255, 255, 255)) >= 4.5
    assert "size: A4" in css
    assert "columns: 2" in css


@pytest.mark.parametrize("make", [report_page, report_pdf])
def test_the_same_report_gives_the_same_bytes(make: Any) -> None:
    assert make(hostile(), TODAY) == make(hostile(), TODAY)


def test_nobody_is_named_in_what_leaves_the_house() -> None:
    guest = person("Claire Dumollard", Role.GUEST)
    talk = replace(item("talk", people=(guest.id,), chronique="agenda"), title="Portrait de Claire Dumollard")
    facts = show_of(FIRST, talk, people=(guest,), given=(hours("Samira Benhaddou", 60),))
    facts = replace(facts, episode=replace(facts.episode, title="Claire Dumollard raconte"))
    report = season_report(season_of(facts))
    named = report_page(report, TODAY).decode()
    nameless = report_page(anonymous(report), TODAY, nameless=True).decode()
    paper = pdf_text(report_pdf(anonymous(report), TODAY, nameless=True))
    assert "Claire Dumollard" in named
    for name in ("Dumollard", "Benhaddou"):
        assert name not in nameless
        assert name not in paper
    assert "Personne 1" in nameless
    assert "Personne 1" in paper
    assert "Aucune personne n’est nommée" in nameless


@pytest.mark.parametrize("make", [report_page, report_pdf])
def test_an_empty_season_can_be_written_too(make: Any) -> None:
    assert len(make(season_report(season_of()), TODAY)) > 1000


def test_what_a_figure_rests_on_stands_whole_on_paper() -> None:
    told = show_of(FIRST, given=(hours("Ana", 60),))
    bare = show_of(FIRST + timedelta(weeks=1))
    last_year = show_of(FIRST - timedelta(weeks=52), given=(hours("Ana", 2000),))
    report = season_report(season_of(told, bare), replace(season_of(last_year), number=1))
    text = pdf_text(report_pdf(report, TODAY))
    assert text.count("d'après 1 émission sur 2") >= 4
    assert "…" not in text


def test_files_have_a_name_where_none_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    make_season(tmp_path / "a", 2, seed=1)
    monkeypatch.chdir(tmp_path)
    assert main(["--atelier", "a", "bilan", "--html", "--pdf", "--anonyme", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"] == ["bilan-bobine-inventee-2017-2018.pdf", "bilan-bobine-inventee-2017-2018.html"]
    assert (tmp_path / told["written"][0]).read_bytes().startswith(b"%PDF")
    assert main(["--atelier", "a", "bilan", "--pdf", "a/shows.toml/b.pdf"]) == 1
    assert "b.pdf" in capsys.readouterr().err


def test_nothing_else_carries_the_library_of_charts() -> None:
    """What draws is heavy: it is imported once something is drawn, and by nothing before."""
    code = (
        "import sys, bobine.cli, bobine.commands.bilan, bobine.tui.report.screen, bobine.tui.app;"
        "print(sorted({'matplotlib', 'fpdf', 'jinja2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
