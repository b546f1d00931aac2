"""Every format that marks come in, some ways each as programs and people write them; and what is refused."""

from __future__ import annotations

import json

import pytest

from bobine.air.marks.reading import read_marks
from bobine.errors import MarksError

RATE = 1000
SAMPLES = 4000 * RATE


def read(content: str) -> list[tuple[str, float, float]]:
    found = read_marks(content, "r.txt", RATE, SAMPLES)
    return [(mark.title, mark.start / RATE, mark.end / RATE) for mark in found.marks]


def said(content: str) -> list[str]:
    return [remark.text for remark in read_marks(content, "r.txt", RATE, SAMPLES).remarks]


TO_END = [("Générique", 0, 12.5), ("Accueil", 12.5, 3723), ("Jeu", 3723, 4000)]
WHOLE = [("Générique", 0, 12), ("Accueil", 12, 3723), ("Jeu", 3723, 4000)]
REGIONS = [("Générique", 0, 12.5), ("Accueil", 12.5, 30), ("Jeu", 3723, 3730)]


@pytest.mark.parametrize(
    "content",
    [
        "0:00 Générique\n0:12 Accueil\n1:02:03 Jeu\n",
        "00:00:00 Générique\n00:00:12 Accueil\n01:02:03 Jeu\n",
        "[00:00:00] Générique\n[00:00:12] Accueil\n[01:02:03] Jeu",
        "(0:00) Générique\n(0:12) Accueil\n(62:03) Jeu",
        "0:00 - Générique\n0:12 – Accueil\n62:03 — Jeu",
        "- 0:00 Générique\n- 0:12 Accueil\n- 62:03 Jeu",
        "1. 0:00 Générique\n2. 0:12 Accueil\n3. 62:03 Jeu",
        "• 0:00 | Générique\n• 0:12 | Accueil\n• 62:03 | Jeu",
        "0:00: Générique\r\n0:12: Accueil\r\n62:03: Jeu\r\n",
        "0'00\" Générique\n0'12\" Accueil\n62'03\" Jeu",
        "0’00 Générique\n0’12 Accueil\n62’03 Jeu",
        "🎵 0:00 Générique\n▶️ 0:12 Accueil\n🎲 62:03 Jeu",
        "Générique 0:00\nAccueil 0:12\nJeu 1:02:03",
        "Générique - 0:00\nAccueil - 0:12\nJeu (1:02:03)",
        "0:00\tGénérique\n0:12\tAccueil\n62:03\tJeu",
        "Bonsoir !\n\n0:00 Générique\n0:12 Accueil\n62:03 Jeu\n\nAbonnez-vous\n",
        "﻿0:00 Générique\n0:12 Accueil\n62:03 Jeu\n",
    ],
)
def test_lines_of_clocks(content: str) -> None:
    assert read(content) == WHOLE


@pytest.mark.parametrize(
    "content",
    [
        "00:00:00.000 Générique\n00:00:12.500 Accueil\n01:02:03.000 Jeu\n",
        "0:00,0 Générique\n0:12,5 Accueil\n62:03,0 Jeu",
        (
            "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Générique\nCHAPTER02=00:00:12.500\nCHAPTER02NAME=Accueil\n"
            "CHAPTER03=01:02:03.000\nCHAPTER03NAME=Jeu\n"
        ),
        (
            "CHAPTER001=00:00:00.000\r\nCHAPTER002=00:00:12.500\r\nCHAPTER003=01:02:03.000\r\n"
            "CHAPTER001NAME=Générique\r\nCHAPTER002NAME=Accueil\r\nCHAPTER003NAME=Jeu\r\n"
        ),
        (
            "chapter3=1:02:03\nchapter3name=Jeu\nchapter1=0:00:00\nchapter1name=Générique\nchapter2=0:00:12.5\n"
            "chapter2name=Accueil"
        ),
        (
            "TITLE=Émission\nCHAPTER01=00:00:00,000\nCHAPTER01NAME=Générique\nCHAPTER02=00:00:12,500\nCHAPTER02NAME=Accueil\n"
            "CHAPTER03=01:02:03,000\nCHAPTER03NAME=Jeu"
        ),
        (
            "CHAPTER00=00:00:00.000\nCHAPTER00NAME=Générique\n\nCHAPTER10=00:00:12.500000000\nCHAPTER10NAME=Accueil\n"
            "CHAPTER20=01:02:03\nCHAPTER20NAME=Jeu\n"
        ),
    ],
)
def test_mp4chaps(content: str) -> None:
    assert read(content) == TO_END


@pytest.mark.parametrize(
    "content",
    [
        (
            "#,Name,Start,End,Length\nR1,Générique,0:00.000,0:12.500,0:12.500\nR2,Accueil,0:12.500,0:30.000,0:17.500\n"
            "R3,Jeu,1:02:03.000,1:02:10.000,0:07.000\n"
        ),
        (
            "#,Name,Start,End,Length,Color\nR1,Générique,0.000,12.500,12.500,FF0000\nM1,à couper,5.000,,,\n"
            "R2,Accueil,12.500,30.000,17.500,\nR3,Jeu,3723.0,3730.0,7.0,\n"
        ),
        "#,Name,Start,End,Length\nR1,Générique,0,12500,12500\nR2,Accueil,12500,30000,17500\nR3,Jeu,3723000,3730000,7000\n",
        (
            "Name\tStart\tDuration\tTime Format\tType\tDescription\nGénérique\t0:00.000\t0:12.500\tdecimal\tCue\t\n"
            "Accueil\t0:12.500\t0:17.500\tdecimal\tCue\tà voir\nJeu\t1:02:03.000\t0:07.000\tdecimal\tCue\t\n"
        ),
        (
            '"Name";"Start";"Duration";"Time Format"\n"Générique";"0:00,000";"0:12,500";"decimal"\n'
            '"Accueil";"0:12,500";"0:17,500";"decimal"\n"Jeu";"1:02:03,000";"0:07,000";"decimal"\n'
        ),
        (
            "Name\tStart\tDuration\tTime Format\tType\tDescription\nGénérique\t0:00:00:00\t0:00:12:15\t30 fps\tCue\t\n"
            "Accueil\t0:00:12:15\t0:00:17:15\t30 fps\tCue\t\nJeu\t1:02:03:00\t0:00:07:00\t30 fps\tCue\t\n"
        ),
        "Nom;Début;Fin\nGénérique;0:00;0:12,5\nAccueil;0:12,5;0:30\nJeu;62:03;62:10\n",
    ],
)
def test_tables_of_markers(content: str) -> None:
    assert read(content) == REGIONS


PROJECT = '<REAPER_PROJECT 0.1 "6.80/linux-x86_64" 1700000000\n  RIPPLE 0\n{}  <PROJBAY\n  >\n>\n'


@pytest.mark.parametrize(
    "lines",
    [
        (
            '  MARKER 1 0 "Générique" 1 0 1 R {A} 0\n  MARKER 1 12.5 "" 1\n  MARKER 2 12.5 Accueil 1 0 1 R\n'
            "  MARKER 2 30 \"\" 1\n  MARKER 3 3723 Jeu 1\n  MARKER 3 3730 '' 1\n"
        ),
        (
            '  MARKER 9 5 "à couper" 0 0 1 B\n  MARKER 1 0 Générique 1\n  MARKER 1 12.5 "" 1\n'
            "  MARKER 2 12.5 `Accueil` 1\n"
            '  MARKER 2 30 "" 1\n  MARKER 3 3723 Jeu 1\n  MARKER 3 3730 "" 1\n'
        ),
        (
            '  MARKER 3 3723 Jeu 1\n  MARKER 3 3730 "" 1\n  MARKER 1 0 Générique 1\n  MARKER 1 12.5 "" 1\n'
            '  MARKER 2 12.5 Accueil 1\n  MARKER 2 30 "" 1\n'
        ),
    ],
)
def test_projects_of_reaper(lines: str) -> None:
    assert read(PROJECT.format(lines)) == REGIONS


def test_markers_of_reaper_run_to_the_next_one() -> None:
    lines = '  MARKER 1 0 Générique 0\n  MARKER 2 12.500000 "Accueil" 0\n  MARKER 3 3723 Jeu 0 0 1 B {B} 0\n'
    assert read(PROJECT.format(lines)) == TO_END
    assert read(lines) == TO_END


@pytest.mark.parametrize(
    "content",
    [
        (
            "1\n00:00:00,000 --> 00:00:12,500\nGénérique\n\n2\n00:00:12,500 --> 00:00:30,000\nAccueil\n\n3\n"
            "01:02:03,000 --> 01:02:10,000\nJeu\n"
        ),
        (
            "WEBVTT\n\n00:00.000 --> 00:12.500\nGénérique\n\n00:12.500 --> 00:30.000 align:start\nAccueil\n\n"
            "1:02:03.000 --> 1:02:10.000\nJeu"
        ),
        (
            "WEBVTT - chapitres\nKind: chapters\n\nNOTE 0:00 --> faux\nrien\n\nc1\n"
            "00:00.000 --> 00:12.500\n<v Léa>Générique</v>\n\n"
            "c2\n00:12.500 --> 00:30.000\n<b>Accueil</b>\n\nc3\n62:03.000 --> 62:10.000\nJeu\n"
        ),
        (
            "1\r\n00:00:00,000 --> 00:00:12,500\r\n"
            "{\\an8}Générique\r\n\r\n2\r\n00:00:12,500 --> 00:00:30,000\r\nAccueil\r\n\r\n"
            "3\r\n01:02:03,000 --> 01:02:10,000\r\nJeu\r\n\r\n"
        ),
        "00:00:00.0 --> 00:00:12.5\nGénérique\n\n00:00:12.5 --> 00:00:30.0\n&#65;ccueil\n\n1:02:03 --> 1:02:10\nJeu",
    ],
)
def test_subtitles(content: str) -> None:
    assert read(content) == REGIONS


@pytest.mark.parametrize(
    "chapters",
    [
        [{"startTime": 0, "endTime": 12.5, "title": "Générique"},
         {"startTime": 12.5, "endTime": 3723, "title": "Accueil"},
         {"startTime": 3723, "endTime": 4000, "title": "Jeu"}],
        [{"startTime": 0, "title": "Générique"}, {"startTime": 12.5, "title": "Accueil"},
         {"startTime": 3723, "title": "Jeu"}],
        [{"startTime": 0.0, "title": "Générique", "img": "https://x.example/a.jpg", "url": "https://x.example"},
         {"startTime": 5, "toc": False, "img": "https://x.example/b.jpg"}, {"startTime": 12.5, "title": "Accueil"},
         {"startTime": 3723, "title": "Jeu", "toc": True}],
        [{"startTime": 3723, "title": "Jeu"}, {"startTime": 0, "title": "Générique"},
         {"startTime": 12.5, "title": "Accueil"}],
        [{"startTime": 0, "title": " Générique\n"}, {"startTime": 12.50000001, "title": "Accueil"},
         {"startTime": 3723, "title": "Jeu", "endTime": None}],
    ],
)  # fmt: skip
def test_podcasting_chapters(chapters: list[dict[str, object]]) -> None:
    assert read(json.dumps({"version": "1.2.0", "chapters": chapters})) == TO_END


@pytest.mark.parametrize(
    "content",
    [
        (
            ";FFMETADATA1\ntitle=a\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=12500\ntitle=Générique\n[CHAPTER]\n"
            "TIMEBASE=1/1000\n"
            "START=12500\nEND=30000\ntitle=Accueil\n[CHAPTER]\nTIMEBASE=1/10\nSTART=37230\nEND=37300\ntitle=Jeu\n"
        ),
        (
            ";FFMETADATA1\n[STREAM]\ntitle=b\n[CHAPTER]\nSTART=0\nEND=12500000000\ntitle=Générique\n[CHAPTER]\n"
            "START=12500000000\nEND=30000000000\ntitle=Accueil\n[CHAPTER]\nSTART=3723000000000\nEND=3730000000000\ntitle=Jeu\n"
        ),
        (
            ";FFMETADATA1\n# un mot\n[chapter]\nTIMEBASE=1/2\nSTART=0\nEND=25\n"
            "title=Générique\n[CHAPTER]\nTIMEBASE=1/2\n"
            "START=25\n"
            "END=60\ntitle=Accueil\n\n[CHAPTER]\nTIMEBASE=1/2\nSTART=7446\nEND=7460\ntitle=\\J\\e\\u\n"
        ),
    ],
)
def test_ffmpegs_own(content: str) -> None:
    assert read(content) == REGIONS


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("0:00 a\n0:99 b\n", "minutes:secondes"),
        ("1:75:00 a\n", "minutes:secondes"),
        ("0:00 a\n100000:00 b\n", "après la fin de l'enregistrement"),
        ("9999999:00 a", "que l'on sait lire"),
        ("CHAPTER01=demain\n", "heures:minutes"),
        ("CHAPTER01=0:00:00\nCHAPTER01=0:00:01\n", "deux fois"),
        ("CHAPTER01=1:61:00\n", "heures:minutes"),
        ("#,Name,Start,End,Length\nM1,a,1.1.00,,\n", "en mesures"),
        ("#,Name,Start,End,Length\nM1,a,,,\n", "étaient attendus"),
        ("Name,Start\na,nan\n", "étaient attendus"),
        ("Name,Start\na," + "9" * 400 + "\n", "étaient attendus"),
        ("Name\tStart\tDuration\tTime Format\na\t0:00:01:02\t0\tdecimal\n", "étaient attendus"),
        ("Name\tStart\tDuration\tTime Format\na\t0:01:02\t0\t0 fps\n", "étaient attendus"),
        ("Name,Start\n", "aucun repère"),
        ('<REAPER_PROJECT 0.1\n MARKER 1 x "a" 0\n>', "en secondes"),
        ('<REAPER_PROJECT 0.1\n MARKER 1 1 "a" 1\n MARKER 1 2 "" 1\n MARKER 1 3 "" 1\n>', "plus de deux bornes"),
        ("<REAPER_PROJECT 0.1\n>", "aucun repère"),
        ("WEBVTT\n\n0:00 --> jamais\na\n", "était attendu"),
        ("WEBVTT\n", "aucun repère"),
        ("1\n00:99:99,000 --> 00:00:01,000\na\n", "était attendu"),
        ('{"chapters": 3}', "une liste de chapitres"),
        ('{"chapters": [3]}', "startTime"),
        ('{"chapters": [{"startTime": NaN, "title": "a"}]}', "startTime"),
        ('{"chapters": [{"startTime": 1e308, "title": "a"}]}', "startTime"),
        ('{"chapters": [{"startTime": "0", "title": "a"}]}', "startTime"),
        ('{"chapters": [{"startTime": true, "title": "a"}]}', "startTime"),
        ('{"chapters": [{"startTime": -5, "title": "a"}]}', "négative"),
        ('{"chapters": []}', "aucun repère"),
        (";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/0\nSTART=0\nEND=1\n", "TIMEBASE"),
        (";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=x\nEND=1\n", "TIMEBASE"),
        (";FFMETADATA1\n[CHAPTER]\nTIMEBASE=99999999/1\nSTART=999999999\nEND=999999999\n", "TIMEBASE"),
        (";FFMETADATA1\ntitle=a\n", "aucun repère"),
    ],
)
def test_what_cannot_be_is_told(content: str, part: str) -> None:
    with pytest.raises(MarksError) as caught:
        read(content)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("Bonsoir\n0:00 a\n0:12 b\n", "1 ligne sans heure"),
        ("Bonsoir\nà vous\n0:00 a\n0:12 b\n", "2 lignes sans heure"),
        ("Name,Start,End\nA,0,30000\nnote,15000,\nB,30000,60000\n", "à l'intérieur d'une région"),
        ("Name,Start,End\nB,30000,60000\nA,0,30000\n", "triés"),
    ],
)
def test_what_is_worth_a_word_gets_one(content: str, part: str) -> None:
    assert any(part in text for text in said(content))


def test_a_long_line_of_spaces_costs_nothing() -> None:
    assert read("0:00 a\n" + ("b" + " " * 100_000) * 20 + "\n") == [("a", 0, 4000)]
    assert read(("0:00 " + "- " * 200 + "\n") * 900)[0][1:] == (0, 4000)
