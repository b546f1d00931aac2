"""What ``shows.toml`` may not say: each fault with its exact file, line and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bobine.errors import Fault, PlanError
from bobine.store.workspace import open_workspace

Break = Callable[[str, str], tuple[tuple[Fault, ...], int]]

ONE_FAULT = [
    ('title = "Le Fil"', 'titre = "Le Fil"\ntitle = "Le Fil"', "shows.fil.titre", "vouliez-vous « title » ?"),
    ('title = "Le Fil"', "title = 3", "shows.fil.title", "un texte entre guillemets était attendu, pas un nombre"),
    ('title = "Le Fil"', 'title = ""', "shows.fil.title", "vide"),
    ('day = "thursday"', 'day = "jeudi"', "shows.fil.slot.day", '"thursday"'),
    ("start = 18:00:00", 'start = "18:00"', "shows.fil.slot.start", "un horaire comme 18:00:00 sans guillemets"),
    ("end = 18:55:00", "end = 17:55:00", "shows.fil.slot.end", "avant le début"),
    ("end = 18:55:00", "end = 18:00:00", "shows.fil.slot.end", "même heure"),
    ('"Europe/Paris"', '"Europe/Romans"', "shows.fil.slot.timezone", "fuseau horaire"),
    ('"Europe/Paris"', '"../../etc/passwd"', "shows.fil.slot.timezone", "fuseau horaire"),
    ("first_month = 10", "first_month = 13", "shows.fil.season.first_month", "de 1 à 12"),
    ("first_month = 10", "first_month = true", "shows.fil.season.first_month", "un nombre entier"),
    ("end = 2027-01-03", "end = 2026-01-03", "shows.fil.season.holidays[1].end", "avant le début"),
    ("end = 2027-01-03", "end = 2027-01-03T00:00:00", "shows.fil.season.holidays[1].end", "un jour comme"),
    ("integrated_lufs = -16", "integrated_lufs = -3", "shows.fil.sound.integrated_lufs", "de −40 à −5 LUFS"),
    ("integrated_lufs = -16", "integrated_lufs = nan", "shows.fil.sound.integrated_lufs", "infini"),
    ("integrated_lufs = -16", "true_peak_dbtp = 0.5", "shows.fil.sound.true_peak_dbtp", "0,5 est hors limites"),
    ("mp3_kbps = 128", "mp3_kbps = 130", "shows.fil.sound.mp3_kbps", "112, 128, 160"),
    ("mp3_kbps = 128", "opus_kbps = 8", "shows.fil.sound.opus_kbps", "de 16 à 256 kb/s"),
    ('dead_air = "3 s"', "dead_air = 3", "shows.fil.sound.dead_air", "un texte de durée"),
    ('["mp3", "opus"]', '["mp3", "mp4"]', "shows.fil.sound.formats[2]", "« mp4 » n'est pas accepté"),
    ('["mp3", "opus"]', '["mp3", "mp3"]', "shows.fil.sound.formats", "deux fois"),
    ('["mp3", "opus"]', "[]", "shows.fil.sound.formats", "au moins un format"),
    ('["mp3", "opus"]', '"mp3"', "shows.fil.sound.formats", "une liste était attendue"),
    ('id = "cinema"', 'id = "agenda"', "shows.fil.chroniques[2].id", "deux chroniques ont l'id « agenda »"),
    ('id = "cinema"', 'id = "Cinéma"', "shows.fil.chroniques[2].id", "minuscules sans accent"),
    ('"https://fil.example/"', '"fil.example"', "shows.fil.podcast.link", "une adresse complète"),
    ('"https://fil.example/"', '"https://me:pass@fil.example/"', "shows.fil.podcast.link", "mot de passe"),
    ('"Society & Culture"', '"Society &amp; Culture"', "shows.fil.podcast.category", "« Society & Culture »"),
    ('"Documentary"', '"Politics"', "shows.fil.podcast.subcategory", "Relationships"),
    ('copyright = "Le Fil"', 'copyright = "© Le Fil"', "shows.fil.podcast.copyright", "sans © ni année"),
    ('copyright = "Le Fil"', 'copyright = "Le Fil 2026"', "shows.fil.podcast.copyright", "sans © ni année"),
    ('guid = ""', 'guid = "fil"', "shows.fil.podcast.guid", "UUID"),
    ('destination = "local"', 'destination = "locale"', "shows.fil.podcast.destination", "« local » ?"),
    ('image = ""', 'image = "pas-la.jpg"', "shows.fil.podcast.image", "n'existe pas"),
    ('image = ""', 'image = "../dehors.jpg"', "shows.fil.podcast.image", "dans le dossier de l'atelier"),
    ('image = ""', 'image = "/etc/passwd"', "shows.fil.podcast.image", "dans le dossier de l'atelier"),
    ('image = ""', 'owner_email = "contact"', "shows.fil.podcast.owner_email", "courriel"),
    ('chronique = "agenda"', 'chronique = "agneda"', "shows.fil.template[1].chronique", "vouliez-vous « agenda » ?"),
    (
        'chronique = "agenda"',
        'file = "../../../../x.wav"',
        "shows.fil.template[1].file",
        "dans le dossier de l'atelier",
    ),
    ('chronique = "agenda"', 'people = ["samira"]', "shows.fil.template[1].people", "ne nomme personne"),
    ('kind = "folder"', 'kind = "dossier"', "destinations.local.kind", '"folder", "bucket", "sftp" ou "webdav"'),
    ('"http://localhost:8470/"', '"http://localhost:8470"', "destinations.local.public_url", "finir par /"),
    ('"http://localhost:8470/"', '"ftp://localhost/"', "destinations.local.public_url", "une adresse complète"),
    ('"https://s3.example/"', '"s3.example"', "destinations.loin.endpoint", "une adresse complète"),
    ('prefix = "podcast/"', 'prefix = "/podcast/"', "destinations.loin.prefix", "sans / au début"),
    ('prefix = "podcast/"', 'prefix = "a/../b/"', "destinations.loin.prefix", "sans .."),
    ('prefix = "podcast/"', 'prefix = "podcast"', "destinations.loin.prefix", "fini par /"),
    ('prefix = "podcast/"', 'secret_key = "xyz"', "destinations.loin.secret_key", "ne s'écrit jamais ici"),
    ('bucket = "le-fil"', 'bucket = "Le Fil"', "destinations.loin.bucket", "bucket"),
]


@pytest.mark.parametrize(("old", "new", "key", "words"), ONE_FAULT)
def test_one_fault_is_told_with_its_place(shows_faults: Break, old: str, new: str, key: str, words: str) -> None:
    faults, line = shows_faults(old, new)
    assert [(fault.file, fault.line, fault.key) for fault in faults] == [("shows.toml", line, key)]
    assert words in faults[0].message
    assert "\n" not in str(faults[0])


def test_a_value_out_of_range_on_an_added_line_has_that_line(shows_faults: Break) -> None:
    faults, line = shows_faults('title = "Cinéma"', 'title = "Cinéma"\nevery_weeks = 0')
    assert [(fault.line, fault.key) for fault in faults] == [(line + 1, "shows.fil.chroniques[2].every_weeks")]


def test_a_tolerance_as_long_as_the_slot_is_refused(shows_faults: Break) -> None:
    faults, line = shows_faults("end = 18:55:00", 'end = 18:55:00\ntolerance = "55\'00"')
    assert [(fault.line, fault.key) for fault in faults] == [(line + 1, "shows.fil.slot.tolerance")]
    assert "le créneau dure 55'00" in faults[0].message


def test_an_election_that_ends_before_it_starts_is_refused(shows_faults: Break) -> None:
    window = '[[shows.fil.elections]]\nname = "Municipales"\nstart = 2026-03-02\nend = 2026-03-01\n\n'
    faults, line = shows_faults("[destinations.local]", window + "[destinations.local]")
    assert [(fault.line, fault.key) for fault in faults] == [(line + 3, "shows.fil.elections[1].end")]


def test_a_sound_of_the_template_may_lie_beside_the_episodes(workspace_root: Path) -> None:
    shows = workspace_root / "shows.toml"
    text = shows.read_text("utf-8").replace('chronique = "agenda"', 'file = "../../../sons/agenda.mp3"')
    shows.write_text(text, encoding="utf-8")
    assert open_workspace(workspace_root).show("fil").template[0].file == "../../../sons/agenda.mp3"


def test_a_missing_key_has_the_line_of_its_table(shows_faults: Break) -> None:
    faults, line = shows_faults('title = "Le Fil"\n', "")
    assert [(fault.line, fault.key) for fault in faults] == [(line - 1, "shows.fil.title")]
    assert "cette clé manque" in faults[0].message


@pytest.mark.parametrize("slug", ["../fil", "a/b", "-i", "Fil", "fil d'or", "fil\\u001b[2J", "x" * 65, "..", "é"])
def test_a_slug_that_is_a_path_or_an_option_is_refused(tmp_path: Path, slug: str) -> None:
    text = f'[destinations."{slug}"]\nkind = "folder"\n[shows."{slug}"]\n'
    (tmp_path / "shows.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        open_workspace(tmp_path)
    slugs = [fault for fault in caught.value.faults if "ne convient pas" in fault.message]
    assert [fault.line for fault in slugs] == [1, 3]
    assert "\x1b" not in str(caught.value)


def test_all_faults_are_listed_together_in_the_order_of_the_file(shows_faults: Break) -> None:
    faults, line = shows_faults(
        'day = "thursday"\nstart = 18:00:00', 'day = "jeudi"\nstart = "18 h"\njour = 4\nstrat = 1'
    )
    places = [(fault.line, fault.key.removeprefix("shows.fil.slot.")) for fault in faults]
    assert places == [(line, "day"), (line + 1, "start"), (line + 2, "jour"), (line + 3, "strat")]


def test_secrets_are_not_repeated(shows_faults: Break) -> None:
    faults, _ = shows_faults('prefix = "podcast/"', 'aws_secret_access_key = "tres-secret"')
    assert "tres-secret" not in str(faults[0])


@pytest.mark.parametrize(
    ("size", "words"),
    [((600, 600), "trop petite : 600 × 600"), ((1400, 1500), "un carré"), ((3001, 3001), "trop grande")],
)
def test_an_image_of_the_wrong_size_says_its_size(
    workspace_root: Path, shows_faults: Break, size: tuple[int, int], words: str
) -> None:
    Image.new("RGB", size).save(workspace_root / "couverture.png")
    faults, line = shows_faults('image = ""', 'image = "couverture.png"')
    assert [(fault.line, fault.key) for fault in faults] == [(line, "shows.fil.podcast.image")]
    assert words in faults[0].message


def test_an_image_that_is_something_else_is_refused(workspace_root: Path, shows_faults: Break) -> None:
    (workspace_root / "couverture.jpg").write_text("pas une image", encoding="utf-8")
    faults, _ = shows_faults('image = ""', 'image = "couverture.jpg"')
    assert "n'est pas une image JPEG ou PNG" in faults[0].message


def test_a_good_image_is_accepted(workspace_root: Path) -> None:
    Image.new("RGB", (1400, 1400)).save(workspace_root / "couverture.jpg")
    shows = workspace_root / "shows.toml"
    shows.write_text(shows.read_text("utf-8").replace('image = ""', 'image = "couverture.jpg"'), encoding="utf-8")
    assert open_workspace(workspace_root).show("fil").podcast.image == "couverture.jpg"


@pytest.mark.parametrize("text", ["", "destinations = 3\n", "shows = 4\n", "[shows]\n", "autre = 1\n[shows.a]\n"])
def test_a_file_without_a_show_is_refused_without_a_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / "shows.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError):
        open_workspace(tmp_path)
