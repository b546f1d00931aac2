"""``couper`` and ``importer --element``: what they note, list, give back and refuse."""

from __future__ import annotations

import json
import math
import shutil
import struct
import wave
from pathlib import Path
from typing import Any

import pytest

from bobine.cli import main
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.store.files import atomic_write
from bobine.store.records.edits import read_edits
from bobine.store.records.recordings import write_as_run
from tests.conftest import ATELIER

DAY = "2026-11-26"
RATE = 8_000


def write(path: Path, seconds: float, hz: float = 440.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        values = (round(9_000 * math.sin(2 * math.pi * hz * n / RATE)) for n in range(round(seconds * RATE)))
        file.writeframes(b"".join(struct.pack("<h", value) for value in values))
    return path


class Desk:
    """A workspace whose show was recorded: the générique for 10 s, then the welcome for 20 s."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shutil.copyfile(ATELIER / "shows.toml", root / "shows.toml")
        shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
        self.root = root
        self.episode = root / "episodes/bobine-romanaise" / DAY
        self.recording = write(self.episode / "recording" / "recording-1.wav", 30)
        self._capsys = capsys
        self.attach("a" * 64)

    def attach(self, digest: str, split: float = 10) -> None:
        items = ((0, split, "generique"), (split, 30, "accueil"))
        as_run = AsRun(
            recording=Recording(file="recording-1.wav", rate=RATE, channels=1, samples=30 * RATE, sha256=digest),
            source=MarksSource.MARKS,
            items=tuple(AiredItem(id=one, start=round(a * RATE), end=round(b * RATE)) for a, b, one in items),
        )
        write_as_run(self.episode / "recording" / "as_run.toml", as_run)

    def run(self, *arguments: str, code: int = 0) -> str:
        assert main(["--atelier", str(self.root), *arguments]) == code
        said = self._capsys.readouterr()
        return " ".join((said.out + said.err).split())

    def json(self, *arguments: str) -> dict[str, Any]:
        assert main(["--atelier", str(self.root), *arguments, "--json"]) == 0
        found = json.loads(self._capsys.readouterr().out)
        assert isinstance(found, dict)
        return found

    @property
    def bounds(self) -> list[tuple[str, int, int]]:
        return [(one.item, one.start, one.end) for one in read_edits(self.episode / "edits.toml").cuts]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.mark.parametrize(
    ("start", "end", "samples"),
    [
        ("1.5", "0:03", (80_000 + 12_000, 80_000 + 24_000)),
        ("0:01,5", "0:03,25", (80_000 + 12_000, 80_000 + 26_000)),
        ("0", "0:00:04", (80_000, 80_000 + 32_000)),
        ("12", "20", (80_000 + 96_000, 240_000)),
        ("0:12.125", "20.4", (80_000 + 97_000, 240_000)),
        ("2", "2,01", (80_000 + 16_000, 80_000 + 16_080)),
    ],
)
def test_a_cut_is_noted_in_samples_of_the_recording(desk: Desk, start: str, end: str, samples: tuple[int, int]) -> None:
    before = desk.recording.read_bytes()
    found = desk.json("couper", DAY, "accueil", start, end)
    assert found["cut"]["n"] == 1
    assert found["cut"]["state"] == "made"
    assert desk.bounds == [("accueil", *samples)]
    assert found["item"]["kept_s"] == pytest.approx(20 - (samples[1] - samples[0]) / RATE, abs=0.001)
    assert desk.recording.read_bytes() == before


def test_cuts_are_listed_and_given_back(desk: Desk) -> None:
    assert "Rien n'est coupé" in desk.run("couper", DAY)
    desk.run("couper", DAY, "accueil", "10", "12")
    said = desk.run("couper", DAY, "accueil", "0:01,5", "0:03")
    assert "coupé de 0:01,5 à 0:03 (1,50 s, coupe 1)" in said
    assert f"bobine monter bobine-romanaise/{DAY}" in said
    listed = desk.run("couper", DAY)
    assert listed.index("0:01,5 à 0:03") < listed.index("0:10 à 0:12")
    assert [one["n"] for one in desk.json("couper", DAY)["items"][0]["cuts"]] == [1, 2]
    assert desk.json("couper", DAY, "accueil", "--rendre", "1")["given_back"] == 1
    assert [(one["start_s"], one["end_s"]) for one in desk.json("couper", DAY, "accueil")["items"][0]["cuts"]] == [
        (10, 12)
    ]
    desk.run("couper", DAY, "accueil", "1", "2")
    assert "Les 2 coupes sont rendues" in desk.run("couper", DAY, "accueil", "--rendre").replace("les 2", "Les 2")
    assert desk.bounds == []


REFUSED = [
    (("accueil", "1"), "un début et une fin"),
    (("accueil", "x", "3"), "n'est pas une position"),
    (("accueil", "3", "1"), "rien à couper"),
    (("accueil", "3", "3"), "rien à couper"),
    (("accueil", "19", "22"), "en sort"),
    (("accueil", "40", "50"), "en sort"),
    (("acceuil", "1", "2"), "Vouliez-vous « accueil »"),
    (("portrait", "1", "2"), "n'est pas un élément de l'enregistrement"),
    (("generique", "0", "9,9"), "Il ne resterait rien"),
    (("accueil", "4", "6"), "recouvre une autre, la coupe 1"),
    (("accueil", "--rendre", "4"), "pas de 4"),
    (("accueil", "--rendre", "-1"), "numéro"),
    (("generique", "--rendre"), "n'a pas de coupe"),
    (("--rendre", "1"), "ÉMISSION ID --rendre"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(desk: Desk, arguments: tuple[str, ...], words: str) -> None:
    desk.run("couper", DAY, "accueil", "5", "7")
    before = (desk.episode / "edits.toml").read_bytes()
    if arguments[-1] == "-1":
        arguments = (*arguments[:-2], "--rendre=-1")
    assert words in desk.run("couper", DAY, *arguments, code=1)
    assert (desk.episode / "edits.toml").read_bytes() == before


def test_another_recording_is_told_and_stops_the_master(desk: Desk) -> None:
    desk.run("couper", DAY, "accueil", "5", "7")
    assert "accueil" not in desk.run("verifier", code=1)
    desk.attach("b" * 64)
    assert "un autre enregistrement" in desk.run("verifier", code=1)
    listed = desk.run("couper", DAY)
    assert "un autre enregistrement" in listed
    assert "rendez-la" in listed
    assert "0:15 à 0:17 de l'autre fichier" in listed
    assert desk.json("couper", DAY)["items"][0]["cuts"][0]["state"] == "misfit"
    desk.run("couper", DAY, "accueil", "--rendre", "1")
    assert "Rien n'est coupé" in desk.run("couper", DAY)


def test_marks_that_moved_are_told_only_where_the_cut_is_left_outside(desk: Desk) -> None:
    desk.run("couper", DAY, "accueil", "5", "7")
    desk.attach("a" * 64, split=12)
    (cut,) = desk.json("couper", DAY)["items"][0]["cuts"]
    assert (cut["start_s"], cut["end_s"], cut["state"]) == (3, 5, "made")
    desk.attach("a" * 64, split=16)
    (cut,) = desk.json("couper", DAY)["items"][0]["cuts"]
    assert (cut["state"], cut["why"]) == ("misfit", "elle sort de l'élément, dont les repères ont changé")


def test_a_damaged_file_is_told_with_its_line(desk: Desk) -> None:
    atomic_write(
        desk.episode / "edits.toml", b'[[cuts]]\nitem = "accueil"\nsound = "a"\nrate = 9\nstart = 3\nend = 2\n'
    )
    for command in (("couper", DAY), ("couper", DAY, "accueil", "1", "2"), ("monter", DAY), ("verifier",)):
        said = desk.run(*command, code=1)
        assert "edits.toml, ligne" in said or "droits" in said, command


def test_an_item_gets_its_sound_from_elsewhere_and_its_own_back(desk: Desk, tmp_path: Path) -> None:
    take = write(tmp_path / "Prise de Léa n°2.wav", 12, 700)
    before = desk.recording.read_bytes()
    found = desk.json("importer", DAY, str(take), "--element", "accueil", "--de", "0:02", "--a", "9,5")
    assert (found["item"], found["aired_s"], found["duration_s"]) == ("accueil", 20.0, 7.5)
    copy = Path(found["path"])
    assert copy.read_bytes() == take.read_bytes()
    assert copy.parent == desk.recording.parent
    assert desk.recording.read_bytes() == before
    (item,) = desk.json("couper", DAY)["items"]
    assert (item["take"]["origin"], item["kept_s"]) == ("Prise de Léa n°2.wav", 7.5)
    assert "remplacé par « Prise de Léa n°2.wav »" in desk.run("couper", DAY)
    assert desk.json("couper", DAY, "accueil", "1", "2")["item"]["kept_s"] == 6.5
    assert "son propre son" in desk.run("importer", DAY, "--element", "accueil", "--retirer")
    assert desk.json("couper", DAY)["items"] == []
    assert copy.exists(), "what was recorded leaves by a purge alone"


def test_another_import_tells_what_no_longer_fits(desk: Desk, tmp_path: Path) -> None:
    desk.run("couper", DAY, "accueil", "5", "7")
    other = write(tmp_path / "radio.wav", 40, 300)
    marks = tmp_path / "reperes.txt"
    marks.write_text("0\t10\tGénérique\n10\t40\tAccueil, sommaire\n", "utf-8")
    notes = desk.json("importer", DAY, str(other), "--reperes", str(marks), "--quand-meme")["notes"]
    assert any("un autre enregistrement" in note for note in notes)


def test_a_take_that_is_lost_is_told(desk: Desk, tmp_path: Path) -> None:
    take = write(tmp_path / "prise.wav", 3, 700)
    copy = Path(desk.json("importer", DAY, str(take), "--element", "accueil")["path"])
    copy.unlink()
    assert f"« {copy.name} » a disparu" in desk.run("verifier", code=1)


BAD_TAKES = [
    (("--element", "accueil"), "prend un fichier"),
    (("{take}", "--element", "personne"), "n'est pas un élément"),
    (("{take}", "--retirer"), "vont avec --element"),
    (("{take}", "--de", "1"), "vont avec --element"),
    (("{take}", "--element", "accueil", "--retirer"), "n'écrivez ni fichier"),
    (("{take}", "--element", "accueil", "--reperes", "x.txt"), "--reperes ne va pas"),
    (("{take}", "--element", "accueil", "--a", "40"), "ne va pas jusqu'à 0:40"),
    (("{take}", "--element", "accueil", "--de", "11,8"), "une demi-seconde"),
    (("{take}", "--element", "accueil", "--de", "hier"), "n'est pas une position"),
    (("{root}/nulle-part.wav", "--element", "accueil"), "n'existe pas"),
    (("{root}/shows.toml", "--element", "accueil"), "fichier son"),
    (("--element", "accueil", "--retirer"), "a déjà son propre son"),
    ((), "Donnez le fichier"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD_TAKES)
def test_a_take_that_makes_no_sense_is_refused(
    desk: Desk, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    take = write(tmp_path / "prise.wav", 12, 700)
    given = [one.format(take=take, root=tmp_path) for one in arguments]
    before = sorted(desk.recording.parent.iterdir())
    assert words in desk.run("importer", DAY, *given, code=1)
    assert [one for one in sorted(desk.recording.parent.iterdir()) if one.suffix != ".lock"] == before
    assert not (desk.episode / "edits.toml").exists()


def test_a_copy_that_could_not_be_noted_is_taken_away(desk: Desk, tmp_path: Path) -> None:
    take = write(tmp_path / "prise.wav", 3, 700)
    (desk.episode / "edits.toml").write_text("[[cuts]]\n", "utf-8")
    before = sorted(one for one in desk.recording.parent.iterdir())
    desk.run("importer", DAY, str(take), "--element", "accueil", code=1)
    assert [one for one in sorted(desk.recording.parent.iterdir()) if one.suffix != ".lock"] == before
