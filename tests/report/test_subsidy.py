"""The subsidy's file: which actions score, what they lack, sums, jobs, and the page that a partner signs."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bobine.cli import main
from bobine.evening.papers.attestation import attestation_pdf
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Job, Subsidy
from bobine.model.episode import ItemKind
from bobine.model.people import Person, Role
from bobine.model.show import Show
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.facts import EpisodeFacts, HeardItem
from bobine.report.names import Names
from bobine.report.season import season_report
from bobine.report.subsidy.actions import Action, by_partner, form_of, sum_of, themes_of, year_actions
from bobine.report.subsidy.dossier import due_day, year_dossier
from bobine.report.subsidy.facts import YearFacts
from bobine.report.subsidy.tables import dossier_json, dossier_rows
from tests.report.seasons import FIRST, SHOW, episodes, item, person, season_of, show_of
from tests.report.workshop import PARIS, episode, journal

SUBSIDY = Subsidy()
GUEST = person("Inès", Role.GUEST)
WHOLE: dict[str, Any] = {"themes": ("Égalité",), "partners": ("MJC",), "people": ("inès",)}


def year(*ones: EpisodeFacts, show: Show = SHOW, number: int = 2023, **more: Any) -> YearFacts:
    return YearFacts(show=show, year=number, episodes=ones, **more)


def actions(*ones: EpisodeFacts, show: Show = SHOW) -> tuple[Action, ...]:
    return year_actions(year(*ones, show=show), Names(()))


def test_the_themes_of_a_chronique_are_those_of_its_items_that_say_none() -> None:
    green = replace(SHOW.chroniques[0], themes=("environnement",))
    show = replace(SHOW, chroniques=(green, *SHOW.chroniques[1:]))
    ones = [
        show_of(FIRST, item("a", chronique="agenda", people=("inès",)), people=(GUEST,)),
        show_of(FIRST + timedelta(weeks=1), item("b", chronique="agenda", themes=("égalité",)), people=(GUEST,)),
        show_of(FIRST + timedelta(weeks=2), item("c", chronique="feuilleton"), item("d"), people=(GUEST,)),
    ]
    assert [one.themes for one in actions(*ones, show=show)] == [("environnement-local",), ("integration",)]
    assert [one.themes for one in actions(*ones)] == [("integration",)]
    report = season_report(replace(season_of(*ones), show=show))
    assert [one.label for one in report.section("themes").figures] == ["environnement", "égalité"]


@pytest.mark.parametrize(
    ("theme", "ids"),
    [
        ("Éducation", ["education-culture"]),
        ("éducation aux médias", ["education-culture"]),
        ("EDUCATION", ["education-culture"]),
        ("Intégration et lutte contre les discriminations", ["integration"]),
        ("environnement-local", ["environnement-local"]),
        ("accueil des exilés", ["integration"]),
        ("Développement local et culture", ["education-culture", "environnement-local"]),
        ("agriculture", ["environnement-local"]),  # « culture » is not a word of it
        ("quartiers", ["environnement-local"]),
        ("sport", []),
        ("", []),
        ("!", []),
    ],
)
def test_the_themes_of_an_item_by_its_words(theme: str, ids: list[str]) -> None:
    assert [one.id for one in themes_of(item("a", themes=(theme,)), SUBSIDY)] == ids


def test_a_new_theme_and_a_new_form_are_data() -> None:
    subsidy = Subsidy(themes=(ActionTheme(id="sport", title="Sport", words=("sport",)),),
                      forms=(ActionForm(id="match", title="Match commenté", words=("match",)),))  # fmt: skip
    told = item("a", themes=("sport", "match de rugby"))
    assert [one.title for one in themes_of(told, subsidy)] == ["Sport"]
    assert form_of(told, subsidy) == subsidy.forms[0]
    assert form_of(item("b"), subsidy) is None


@pytest.mark.parametrize(
    ("kind", "themes", "form"),
    [(ItemKind.INTERVIEW, (), "entretien"), (ItemKind.INTERVIEW, ("atelier radio",), "atelier"),
     (ItemKind.VOX_POP, (), "reportage"), (ItemKind.JINGLE, (), None), (ItemKind.MUSIC, ("Tables rondes",), "debat")],
)  # fmt: skip
def test_words_of_a_form_count_before_the_kind(kind: ItemKind, themes: tuple[str, ...], form: str | None) -> None:
    found = form_of(item("a", kind=kind, themes=themes), SUBSIDY)
    assert (found.id if found is not None else None) == form


@pytest.mark.parametrize(
    ("changed", "lack"),
    [({}, None), ({"themes": ("sport",)}, "un thème"), ({"partners": ()}, "un partenaire"),
     ({"people": ()}, "qui y a participé"), ({"kind": ItemKind.STING}, "sa forme")],
)  # fmt: skip
def test_what_an_action_lacks_to_count(changed: dict[str, Any], lack: str | None) -> None:
    (found,) = actions(show_of(FIRST, item("a", **{**WHOLE, **changed}), people=(GUEST,)))
    assert found.counts == (lack is None)
    assert [one.startswith(lack or "") for one in found.lacks] == ([True] if lack else [])


def test_without_a_real_length_it_does_not_count() -> None:
    one = show_of(FIRST, item("a", **WHOLE), people=(GUEST,))
    (found,) = actions(replace(one, heard=(HeardItem(item=one.episode.items[0]),)))
    assert "durée réelle" in found.lacks[0]


@pytest.mark.parametrize("more", [{"traced": False}, {"cancelled": True}, {"replay": FIRST}])
def test_what_was_not_aired_or_was_aired_again_is_no_action(more: dict[str, Any]) -> None:
    assert actions(show_of(FIRST, item("a", **WHOLE), people=(GUEST,), **more)) == ()


def test_an_item_without_a_theme_or_a_partner_is_none() -> None:
    assert actions(show_of(FIRST, item("a", people=("inès",)), people=(GUEST,))) == ()


def test_what_was_noted_after_the_show_counts() -> None:
    one = show_of(FIRST, item("a"), people=(GUEST,))
    noted = replace(one, episode=replace(one.episode, items=(item("a", **WHOLE),)))
    assert [found.counts for found in actions(noted)] == [True]


def test_a_group_counts_for_all_its_people_and_a_minor_is_not_named() -> None:
    people: tuple[Person, ...] = (person("La Fanfare", Role.MUSICIAN, persons=9), person("Léo", Role.GUEST, minor=True),
                                  person("Zoé", Role.GUEST, minor=True))  # fmt: skip
    played = item("a", **{**WHOLE, "people": ("la-fanfare", "léo", "zoé")})
    dossier = year_dossier(year(*(show_of(FIRST + timedelta(week), played, people=people) for week in (0, 7))))
    whole = sum_of(dossier.actions)
    assert (whole.people, whole.appearances, whole.actions) == (11, 22, 2)
    _, row, _ = dossier_rows(dossier)
    assert row[6:8] == ("La Fanfare (9), 2 personnes mineures", "11")
    told = json.dumps(dossier_json(dossier), ensure_ascii=False)
    text = PdfReader(io.BytesIO(attestation_pdf(dossier, "MJC", dossier.actions))).pages[0].extract_text()
    for name in ("Léo", "Zoé"):
        assert name not in told + text


@st.composite
def years(draw: st.DrawFn) -> list[EpisodeFacts]:
    found = []
    for week in range(draw(st.integers(0, 4))):
        one = draw(episodes(FIRST + timedelta(weeks=week)))
        tagged = tuple(
            replace(each, themes=tuple(draw(st.lists(st.sampled_from(["Égalité", "culture", "sport"]), max_size=2))))
            for each in one.episode.items
        )
        found.append(replace(one, episode=replace(one.episode, items=tagged)))
    return found


@given(years(), st.integers(0, 4), st.randoms(use_true_random=False))
def test_sums_of_a_union_and_any_order(ones: list[EpisodeFacts], cut: int, random: Any) -> None:
    turned = [*ones]
    random.shuffle(turned)
    assert year_dossier(year(*ones)) == year_dossier(year(*turned))
    whole, parts = actions(*ones), (actions(*ones[:cut]), actions(*ones[cut:]))
    assert sorted(whole, key=repr) == sorted([*parts[0], *parts[1]], key=repr)
    sums, of_all = [sum_of(part) for part in parts], sum_of(whole)
    assert of_all.length == sum((one.length for one in sums), timedelta())
    assert of_all.appearances == sum(one.appearances for one in sums)
    assert max(one.people for one in sums) <= of_all.people <= sum(one.people for one in sums)
    assert set(of_all.partners) == {*sums[0].partners, *sums[1].partners}
    signed = {id(one) for _, some in by_partner(whole) for one in some}
    assert signed == {id(one) for one in whole if one.counts}


@pytest.mark.parametrize(
    ("job", "permille"),
    [
        (Job(title="A", start=date(2020, 1, 1)), 1000),
        (Job(title="A", start=date(2020, 1, 1), share=0.5), 500),
        (Job(title="A", start=date(2024, 7, 1)), 503),  # 184 days of 366
        (Job(title="A", start=date(2024, 2, 29), end=date(2024, 2, 29)), 3),
        (Job(title="A", start=date(2020, 1, 1), end=date(2023, 12, 31)), None),
        (Job(title="A", start=date(2025, 1, 1)), None),
    ],
)
def test_a_job_counts_for_its_days_of_a_leap_year(job: Job, permille: int | None) -> None:
    show = replace(SHOW, subsidy=Subsidy(jobs=(job,)))
    assert [one.permille for one in year_dossier(year(show=show, number=2024)).jobs] == ([permille] if permille else [])


def test_it_is_due_the_year_after() -> None:
    assert year_dossier(year(number=2026)).due == date(2027, 4, 15)
    assert due_day(2027, 2, 31) == date(2027, 2, 28)


def test_own_production_leaves_discs_and_replays_out() -> None:
    ones = (show_of(FIRST, item("a", 900), item("b", 100, ItemKind.MUSIC)),
            show_of(FIRST + timedelta(7), item("a", 500), replay=FIRST))  # fmt: skip
    figures = {one.key: one.value for section in year_dossier(year(*ones)).sections for one in section.figures}
    assert figures["own_air_time"] == 1000
    assert (figures["discs"], figures["own_share"], figures["replayed"]) == (100, 900, 500)


def test_the_bytes_of_the_csv() -> None:
    show = replace(SHOW, subsidy=Subsidy(themes=SUBSIDY.themes[1:2]))
    one = show_of(FIRST, item("a", 75, **{**WHOLE, "partners": ("=MJC", "Été; Léon")}), item("b", partners=("MJC",)),
                  people=(GUEST,))  # fmt: skip
    asked = {(FIRST, "b"): "Claire (animation)"}
    assert (
        cells_csv(dossier_rows(year_dossier(year(one, show=show, asked=asked))))
        == (
            "\ufeffthème;compte;date;action;forme;durée;participants;nombre de personnes;partenaires;ce qui manque;"
            "à qui le demander;référence\r\n"
            "Intégration et lutte contre les discriminations;oui;2023-10-05;A;Plateau;00:01:15;Inès;1;"
            '"\'=MJC, Été; Léon";;;fil/2023-10-05/a\r\n'
            ';non;2023-10-05;B;Plateau;00:01:00;;0;MJC;"un thème du FSER (themes) ; qui y a participé (people)";'
            "Claire (animation);fil/2023-10-05/b\r\n"
        ).encode()
    )


@pytest.mark.parametrize(("weeks", "titles"), [(1, 1), (30, 30), (52, 4), (160, 160)])
def test_an_attestation_is_one_page_whatever_there_is(weeks: int, titles: int) -> None:
    one = show_of(FIRST, item("a", **WHOLE), people=(GUEST,))
    (found,) = actions(one)
    many = [replace(found, title=f"Action numéro {week % titles}", date=FIRST + timedelta(weeks=week))
            for week in range(weeks)]  # fmt: skip
    content = attestation_pdf(year_dossier(year(one)), "MJC", many)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    text = re.sub(r"\s+", " ", pages[0].extract_text())
    assert "Signature et cachet" in text
    assert ("l'action suivante" in text) == (weeks == 1)
    assert ("autres lignes" in text) == (titles == 160)
    assert content == attestation_pdf(year_dossier(year(one)), "MJC", many)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        episode(tmp_path, day)
        start = datetime(day.year, day.month, day.day, 18, tzinfo=PARIS)
        journal(tmp_path, start, [(0, "generique"), (40, "politique"), (400, "fin")])

    def run(*words: str, code: int = 0) -> str:
        assert main(["--atelier", str(tmp_path), "bilan", *words]) == code
        told = capsys.readouterr()
        return (told.err if code else told.out).replace("\u00a0", " ")

    told = json.loads(run("--fser", "2026", "--json", "--csv", "--attestations"))
    assert [(one["date"], one["seconds"], one["counts"]) for one in told["actions"]] == [("2026-01-01", 360, True)]
    assert told["due"] == "2027-04-15"
    assert told["written"] == ["fser-fil-2026.csv", "attestation-2026-conseil-de-quartier.pdf"]
    assert all((tmp_path / name).stat().st_size for name in told["written"])
    text = run("fil", "--fser", "2025")
    for words in ("actions de l'année 2025", "15 avril 2026", "Conseil de quartier (1 action)", "6'00"):
        assert words in text
    for wrong in (
        ["--fser", "26"],
        ["--fser", "2026", "--anonyme"],
        ["--fser", "2026", "--pdf"],
        ["--attestations"],
        ["fil/1", "--fser", "2026"],
    ):
        run(*wrong, code=1)
