"""What ``episode.toml`` may not say: each fault with its exact line and key; and the texts that are fine."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bobine.errors import Fault, PlanError
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace

Break = Callable[[str, str], tuple[tuple[Fault, ...], int]]

ONE_FAULT = [
    ("date = 2026-11-26", "date = 2026-11-19", "date", "2026-11-26 était attendu"),
    ("date = 2026-11-26", 'date = "2026-11-26"', "date", "un jour comme 2026-11-26 sans guillemets"),
    ("season = 8", "season = 0", "season", "1 au moins"),
    ("number = 7", "number = 7.5", "number", "un nombre entier"),
    ("number = 7", "number = true", "number", "un nombre entier"),
    ('summary = ""', 'show = "fil"', "show", "clé inconnue"),
    ('summary = ""', 'cover = "pas-la.png"', "cover", "n'existe pas"),
    ('summary = ""', 'cover = "../../../../x.png"', "cover", "dans le dossier de l'atelier"),
    ('role = "host"', 'role = "hots"', "people[1].role", "vouliez-vous « host » ?"),
    ('consent = "signed"', 'consent = "signé"', "people[2].consent", "« signed »"),
    ('consent = "signed"', 'consent_scope = ["air", "tv"]', "people[2].consent_scope[2]", '"air" ou "podcast"'),
    ('id = "live"', 'id = "accueil"', "items[2].id", "deux éléments ont l'id « accueil » (déjà à items[1])"),
    ('id = "live"', 'id = "../live"', "items[2].id", "minuscules sans accent"),
    ('id = "live"', 'id = "-i"', "items[2].id", "sans tiret au début"),
    ('duration = "1\'50"', 'duration = "0"', "items[1].duration", "n'est pas une durée"),
    ('duration = "1\'50"', 'duration = "0\'00"', "items[1].duration", "au-dessus de zéro"),
    ('duration = "1\'50"', 'duration = "-1\'50"', "items[1].duration", "négative"),
    ('duration = "1\'50"', 'duration = "25 h"', "items[1].duration", "24 heures"),
    ('duration = "1\'50"', "duration = 110", "items[1].duration", "un texte de durée"),
    ('min = "1\'00"', 'min = "2\'00"', "items[1].min", "plus long que la durée prévue, 1'50"),
    ('max = "2\'30"', 'max = "1\'49"', "items[1].max", "plus court que la durée prévue, 1'50"),
    ('people = ["samira"]', 'people = ["samria"]', "items[1].people[1]", "vouliez-vous « samira » ?"),
    ('people = ["samira"]', 'people = ["xyz"]', "items[1].people[1]", "ajoutez-la dans [[people]]"),
    ('people = ["samira"]', 'people = ["samira", "samira"]', "items[1].people", "deux fois"),
    ('mics = ["M1"]', 'mics = "M1"', "items[1].mics", "une liste"),
    ('mics = ["M1"]', 'mics = ["M1", 2]', "items[1].mics[2]", "un texte"),
    ('mics = ["M1"]', 'mics = [""]', "items[1].mics[1]", "vide"),
    ('mics = ["M1"]', "instalment = 0", "items[1].instalment", "1 au moins"),
    ('mics = ["M1"]', "droppable = 1", "items[1].droppable", "true ou false"),
    ('summary = ""', 'stopwatch = "samria"', "stopwatch", "vouliez-vous « samira » ?"),
    ('summary = ""', 'stopwatch = "xyz"', "stopwatch", "(existent : ines et samira)"),
    ('role = "host"', 'also = ["guest"]\nrole = "host"', "people[1].also", "« guest » n'est pas un rôle de l'équipe"),
    ('role = "host"', 'also = ["host"]\nrole = "host"', "people[1].also", "déjà dans « role »"),
    ('role = "host"', 'also = ["editor", "editor"]\nrole = "host"', "people[1].also", "deux fois"),
    ('role = "host"', 'understudy = ["contributor"]\nrole = "host"', "people[1].understudy", "rôle de l'équipe"),
    ('role = "host"', 'understudy = ["host"]\nrole = "host"', "people[1].understudy", "tient déjà le rôle « host »"),
    ('role = "host"', 'understudy = ["editor"]\nalso = ["editor"]\nrole = "host"', "people[1].understudy", "tient"),
    ('consent = "signed"', 'confirmed = "oui"', "people[2].confirmed", "true ou false"),
    ('mics = ["M1"]', 'file = "../../../../x.wav"', "items[1].file", "dans le dossier de l'atelier"),
    ('mics = ["M1"]', 'file = "/etc/passwd"', "items[1].file", "dans le dossier de l'atelier"),
    ('mics = ["M1"]', 'file = "../../.."', "items[1].file", "dans le dossier de l'atelier"),
    ('mics = ["M1"]', "file = 'pad\\x.wav'", "items[1].file", "avec des /"),
    ('mics = ["M1"]', 'file = "pad/\\u0000.wav"', "items[1].file", "invisible"),
    ('mics = ["M1"]', 'fichier = "x.wav"', "items[1].fichier", "vouliez-vous « file » ?"),
    ('mics = ["M1"]', 'objectives = ["voix"]', "items[1].objectives[1]", "« voices »"),
    ('mics = ["M1"]', 'objectives = ["voices", "voices"]', "items[1].objectives", "deux fois"),
    ('mics = ["M1"]', 'political = "oui"', "items[1].political", "true ou false"),
    ('mics = ["M1"]', 'duree = "2\'00"', "items[1].duree", "vouliez-vous « duration » ?"),
    ('podcast = "cleared"', 'podcast = "oui"', "items[2].podcast", '"cleared", "cut" ou "unknown"'),
    ('use = "live"', 'isrc = "12"', "items[2].works[1].isrc", "ISRC"),
    ('use = "live"', 'titre = "x"', "items[2].works[1].titre", "« title »"),
    ('duration = "3\'30"', 'duration = "long"', "items[2].works[1].duration", "n'est pas une durée"),
    ('chronique = "agenda"', 'chronique = "jardin"', "items[3].chronique", "(existent : agenda et cinema)"),
    ("fixed_start = 18:20:00", 'fixed_start = "18:20"', "items[3].fixed_start", "un horaire"),
    ("fixed_start = 18:20:00", "fixed_start = 18:20:00.5", "items[3].fixed_start", "à la seconde"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "words"), ONE_FAULT)
def test_one_fault_is_told_with_its_place(episode_faults: Break, old: str, new: str, key: str, words: str) -> None:
    faults, line = episode_faults(old, new)
    assert [(f.file, f.line, f.key) for f in faults] == [("episodes/fil/2026-11-26/episode.toml", line, key)]
    assert words in faults[0].message


def test_an_id_taken_twice_leaves_its_owner_unknown(episode_faults: Break) -> None:
    faults, line = episode_faults('id = "ines"', 'id = "samira"')
    assert [fault.key for fault in faults] == ["people[2].id", "items[3].people[2]"]
    assert faults[0].line == line
    assert "deux personnes" in faults[0].message


def test_a_missing_key_has_the_line_of_its_table(episode_faults: Break) -> None:
    faults, line = episode_faults('title = "La passerelle"\n', "")
    assert [(fault.line, fault.key) for fault in faults] == [(line - 1, "items[2].works[1].title")]


def test_several_faults_are_listed_together(episode_faults: Break) -> None:
    faults, line = episode_faults(
        'kind = "talk"\nduration = "1\'50"\nmin = "1\'00"',
        'kind = "tlak"\nduration = "x"\ncouleur = 1\nchronique = "y"',
    )
    assert [(fault.line, fault.key) for fault in faults] == [
        (line, "items[1].kind"),
        (line + 1, "items[1].duration"),
        (line + 2, "items[1].couleur"),
        (line + 3, "items[1].chronique"),
    ]
    assert len(str(PlanError(faults)).splitlines()) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("x" * 5000, "5000 caractères"),
        ("deux\nlignes", "sur une ligne"),
        ("retour\rchariot", "sur une ligne"),
        ("\x1b[31mrouge", "invisible"),
        ("\u202egauche", "invisible"),
        ("\u2067isolé", "invisible"),
        ("non-caractère \uffff", "invisible"),
        ("ligne\u2028séparée", "invisible"),
        (" espace", "espace"),
        ("  ", "vide"),
        ("", "vide"),
    ],
)
def test_titles_that_are_refused(episode_faults: Break, content: str, words: str) -> None:
    faults, line = episode_faults('title = "Accueil"', f"title = {json.dumps(content)}")
    assert [(fault.line, fault.key) for fault in faults] == [(line, "items[1].title")]
    assert words in faults[0].message
    assert "\x1b" not in faults[0].message
    assert len(str(faults[0])) < 300


@pytest.mark.parametrize(
    "content",
    [
        "<b>&amp;\"'</b>",
        "🎈 fête 👩‍👩‍👧",
        "שלום مرحبا",
        "../../etc",
        "-i",
        "x" * 255,
        "%s {0}",
        "Jeu : suite !",
        "a\\b",
    ],
)
def test_titles_that_are_fine(workspace_root: Path, content: str) -> None:
    plan = workspace_root / "episodes/fil/2026-11-26/episode.toml"
    title = json.dumps(content, ensure_ascii=False)
    plan.write_text(plan.read_text("utf-8").replace('title = "Accueil"', f"title = {title}"), encoding="utf-8")
    workspace = open_workspace(workspace_root)
    assert read_episode(workspace, workspace.shows[0], date(2026, 11, 26)).items[0].title == content


def test_summary_and_notes_may_have_lines_but_no_commands(episode_faults: Break) -> None:
    faults, line = episode_faults('summary = ""', 'summary = "un\\ndeux\\ttrois\\u0007"')
    assert [(fault.line, fault.key) for fault in faults] == [(line, "summary")]


def test_a_summary_over_4000_bytes_says_its_size(episode_faults: Break) -> None:
    faults, _ = episode_faults('summary = ""', f'summary = "{"é" * 2001}"')
    assert "4002 octets" in faults[0].message


def test_a_special_on_another_weekday_is_fine(workspace_root: Path) -> None:
    plan = workspace_root / "episodes/fil/2026-11-26/episode.toml"
    special = workspace_root / "episodes/fil/2026-11-28/episode.toml"
    special.parent.mkdir()
    special.write_text(plan.read_text("utf-8").replace("2026-11-26", "2026-11-28"), encoding="utf-8")
    workspace = open_workspace(workspace_root)
    assert read_episode(workspace, workspace.shows[0], date(2026, 11, 28)).number == 7


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b'title = "Essai\nnumber = 7\n', 1, "guillemet fermant"),
        (b"a = 1\nb = 3'30\n", 2, "entre guillemets"),
        (b"a = 1\nb = 18:00\n", 2, "18:00:00"),
        (b"a = 1\na = 2\n", 2, "plus haut"),
        (b"[a]\nb = 1\n[a]\n", 3, "plus haut"),
        (b"a = 1\n\nb = bonjour\n", 3, "entre guillemets"),
        (b"a = 1\nb = [1,\n2\n", 3, ""),
        (b"a = 1\nbonjour\n", 2, "signe ="),
        ("a = 1\ndurée = 2\n".encode(), 2, "sans accent"),
        (b"[items\n", 1, "crochet"),
        (b'a = "c:\\dossier"\n', 1, "barre oblique inverse"),
        (b"a = 1\nb = \"\x07\"\n", 2, "invisible"),
        ("a = 1\nb = 'é'\n".encode("latin-1"), 2, "UTF-8"),
        (b"a = " + b"[" * 5000, 0, "les unes dans les autres"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_toml_says_the_line(workspace_root: Path, content: bytes, line: int, words: str) -> None:
    (workspace_root / "shows.toml").write_bytes(content)
    with pytest.raises(PlanError) as caught:
        open_workspace(workspace_root)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("shows.toml", line)
    assert words in fault.message


def test_a_byte_order_mark_and_windows_line_ends_are_fine(workspace_root: Path) -> None:
    plan = workspace_root / "episodes/fil/2026-11-26/episode.toml"
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes().replace(b"\n", b"\r\n"))
    workspace = open_workspace(workspace_root)
    assert len(read_episode(workspace, workspace.shows[0], date(2026, 11, 26)).items) == 3
