import contextlib
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.marks.fitting import Mark
from bobine.air.marks.reading import LARGEST_FILE, MOST_MARKS, read_marks
from bobine.errors import MarksError

RATE = 48_000
LENGTH = 60 * RATE

MAKE_SHOW = """{"rate": 48000, "items": [{"n": 1, "title": "Générique", "kind": "theme", "planned_s": 3.0,
 "start": 576000, "end": 720001, "recorded_lufs": -13}, {"n": 2, "title": "Jeu (au téléphone)", "kind": "game",
 "planned_s": 4.0, "start": 720001, "end": 900000, "recorded_lufs": -26}]}"""
AUDACITY = (
    "0.500000\t10.250000\tGénérique\n\\\t300.0\t3400.0\n10.250000\t10.250000\tAccueil\n20,5\t30,0\tCinéma\tet théâtre\n"
)
CUE = """REM GENRE Radio
PERFORMER "La Bobine"
TITLE "Émission du 26"
FILE "../autre part.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Générique"
    INDEX 00 00:00:00
    INDEX 01 00:01:37
  TRACK 02 AUDIO
    TITLE Accueil
    PERFORMER "x"
    INDEX 01 00:10:74
"""


def read(content: str | bytes, rate: int = RATE, samples: int = LENGTH) -> tuple[Mark, ...]:
    return read_marks(content, "reperes.txt", rate, samples).marks


def refused(content: str | bytes, rate: int = RATE, samples: int = LENGTH) -> str:
    with pytest.raises(MarksError) as caught:
        read(content, rate, samples)
    return str(caught.value)


def as_json(*bounds: tuple[object, object], **more: object) -> str:
    return json.dumps(
        [{"title": f"T{n}", "start": start, "end": end, **more} for n, (start, end) in enumerate(bounds, 1)]
    )


def test_project_json_is_read() -> None:
    assert read(MAKE_SHOW) == (Mark("Générique", 576_000, 720_001), Mark("Jeu (au téléphone)", 720_001, 900_000))


def test_bare_list_counts_in_the_recordings_rate_or_its_own() -> None:
    assert read(as_json((0, 8000)), rate=8000, samples=8000) == (Mark("T1", 0, 8000),)
    assert read(as_json((0, 44_100), rate=44_100)) == (Mark("T1", 0, 48_000),)


def test_audacity_labels_are_read() -> None:
    assert read(AUDACITY) == (
        Mark("Générique", 24_000, 492_000),
        Mark("Accueil", 492_000, 984_000),
        Mark("Cinéma et théâtre", 984_000, 1_440_000),
    )


def test_last_point_label_runs_to_the_recordings_end() -> None:
    assert read("1.0\t1.0\tTout\n") == (Mark("Tout", RATE, LENGTH),)


def test_cue_sheet_is_read() -> None:
    frame = RATE // 75
    assert read(CUE) == (
        Mark("Générique", RATE + 37 * frame, 10 * RATE + 74 * frame),
        Mark("Accueil", 10 * RATE + 74 * frame, LENGTH),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("content", [MAKE_SHOW, AUDACITY, CUE])
def test_encodings_and_line_ends_do_not_matter(content: str, encoding: str, newline: str) -> None:
    assert read(content.replace("\n", newline).encode(encoding)) == read(content)


def test_positions_convert_exactly() -> None:
    marks = read('{"rate": 44100, "items": [{"title": "a", "start": 1, "end": 44101}]}', rate=192_000, samples=10**6)
    assert marks == (Mark("a", 4, 192_004),)


@given(
    cuts=st.lists(st.integers(0, 10**7), min_size=2, max_size=30, unique=True),
    rate=st.sampled_from([8000, 44_100, 96_000]),
)
def test_contiguous_marks_stay_contiguous_at_any_rate(cuts: list[int], rate: int) -> None:
    cuts = sorted(cut * 100 for cut in cuts)
    content = json.dumps({"rate": RATE, "items": [{"title": "", "start": a, "end": b} for a, b in pairwise(cuts)]})
    marks = read(content, rate=rate, samples=10**10)
    assert [mark.end for mark in marks[:-1]] == [mark.start for mark in marks[1:]]
    assert all(abs(mark.start * RATE - cut * rate) * 2 <= RATE for mark, cut in zip(marks, cuts, strict=False))


def test_a_small_overlap_and_a_small_excess_are_trimmed() -> None:
    marks = read(as_json((0, 10 * RATE), (10 * RATE - 9600, LENGTH + 9600)))
    assert marks == (Mark("T1", 0, 10 * RATE - 9600), Mark("T2", 10 * RATE - 9600, LENGTH))


def test_faults_are_told_together_with_their_marks() -> None:
    message = refused(as_json((0, 2 * RATE), (RATE, RATE // 2), (3 * RATE, 90 * RATE)))
    first, second, third = message.splitlines()
    assert first == "reperes.txt : repère 1 (« T1 ») : il finit à 0:02,0, après le début du repère 2 (« T2 ») (0:01,0)."
    assert second == "reperes.txt : repère 2 (« T2 ») : sa fin (0:00,5) est avant son début (0:01,0)."
    assert third == "reperes.txt : repère 3 (« T3 ») : il finit à 1:30,0, après la fin de l'enregistrement (1:00,0)."


def test_audacity_faults_have_a_line() -> None:
    assert refused("0\t1\ta\nn'importe quoi\n").startswith("reperes.txt, ligne 2 : ")
    assert refused("5\t6\ta\n\\\t1\t2\n3\t2\tb\n") == (
        "reperes.txt, ligne 3 : repère 2 (« b ») : sa fin (0:02,0) est avant son début (0:03,0)."
    )


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (as_json((RATE, RATE)), "pas de durée"),
        (as_json((-1, RATE)), "négative"),
        (as_json((61 * RATE, 62 * RATE)), "après la fin de l'enregistrement"),
        (as_json((float("nan"), RATE)), "start : un nombre entier"),
        (as_json((float("inf"), RATE)), "start : un nombre entier"),
        (as_json((0, 1.5)), "end : un nombre entier"),
        (as_json((0, "1")), "end : un nombre entier"),
        (as_json((True, 5)), "start : un nombre entier"),
        (as_json((0, None)), "end : un nombre entier"),
        (as_json((0, 10**30)), "impossible"),
        (as_json((0, 5), rate=0), "impossible"),
        (as_json((0, 5), rate="x"), "rate : un nombre entier"),
        ('[{"title": 3, "start": 0, "end": 1}]', "title : un texte"),
        ('{"rate": 0, "items": []}', "échantillons par seconde"),
        ('{"rate": 48000}', "une liste de repères"),
        ("[3]", "un objet"),
        ("[]", "aucun repère"),
        ('{"items": [', "pas du JSON lisible"),
        ("[" * 100_000, "imbrications"),
        ('[{"title": "a", "start": 0, "end": ' + "9" * 5000 + "}]", "démesuré"),
        ("", "est vide"),
        ("\ufeff \n", "est vide"),
        ("nan\t1\ta\n", "nombre de secondes possible"),
        ("-5\t1\ta\n", "négative"),
        ("9" * 60 + "\t1\ta\n", "nombre de secondes possible"),
        ("0\t5\ta\n1\t2\tb\n", "après le début du repère 2"),
        ("TRACK 01 AUDIO\nTITLE x\n", "INDEX 01"),
        ("TRACK 01 AUDIO\nINDEX 01 00:61:00\n", "minutes:secondes:trames"),
        ("TRACK 01 AUDIO\nINDEX 01 00:01:75\n", "minutes:secondes:trames"),
        (
            'FILE "a.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nFILE b WAVE\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n',
            "2 fichiers son",
        ),
        ("TRACK 01 AUDIO\nTITLE a\nINDEX 01 00:30:00\nTRACK 02 AUDIO\nINDEX 01 00:30:00\n", "pas de durée"),
        ("bonjour", "que l'on sait lire"),
        (b"RIFF\0\0\0\0WAVEfmt ", "que l'on sait lire"),
        (b"\xff\xfe\x00\xd8", "que l'on sait lire"),
        ("a" * (LARGEST_FILE + 1), "trop gros"),
        (as_json(*((n, n + 1) for n in range(MOST_MARKS + 1))), "au plus sont acceptés"),
    ],
)
def test_bad_marks_are_refused_with_a_sentence(content: str | bytes, part: str) -> None:
    assert part in refused(content)


def test_titles_from_outside_are_shown_safely() -> None:
    title = "\x1b[31m\u202e" + "x" * 5000
    message = refused(json.dumps([{"title": title, "start": -1, "end": 5}]))
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert len(message) < 200


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_content_gives_marks_or_a_sentence(content: str | bytes) -> None:
    with contextlib.suppress(MarksError):
        assert read(content)


@given(st.lists(st.tuples(st.text("0123456789.,-+naif\t", max_size=12), st.text(max_size=6)), max_size=6))
def test_any_label_lines_give_ordered_marks_or_a_sentence(lines: list[tuple[str, str]]) -> None:
    content = "0\t0\tx\n" + "\n".join(f"{numbers}\t{title}" for numbers, title in lines)
    with contextlib.suppress(MarksError):
        marks = read(content)
        assert all(0 <= mark.start < mark.end <= LENGTH for mark in marks)
        assert all(one.end <= other.start for one, other in pairwise(marks))
