"""A file is found by its name whatever the form of its accents: macOS writes them in two characters."""

from __future__ import annotations

import itertools
import unicodedata
import wave
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bobine.plan.files.pad_files import read_pads
from bobine.plan.files.season_files import _sounds_there
from bobine.store.rules.images import image_fault
from bobine.store.sounds import find_file, sound_fault
from bobine.tui.rundown.pads import Pads
from tests.plan.episodes import an_episode, an_item

FORMS = list(itertools.product(("NFC", "NFD"), repeat=2))


def formed(name: str, form: str) -> str:
    return unicodedata.normalize(form, name)  # type: ignore[arg-type]


@pytest.mark.parametrize(("written", "stored"), FORMS)
@pytest.mark.parametrize(
    "name", ["été.wav", "pad été/générique d'été.wav", "Noël/œuvre/ça.wav", "plain.wav", "한글.wav"]
)
def test_a_name_is_found_in_any_form(tmp_path: Path, name: str, written: str, stored: str) -> None:
    path = tmp_path / formed(name, stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "ailleurs").mkdir()
    path.write_bytes(b"x")
    assert find_file(tmp_path, formed(name, written)) == path
    assert find_file(tmp_path / "ailleurs", "../" + formed(name, written)).exists()
    assert sound_fault(formed(name, written), tmp_path, tmp_path) is None


def test_the_very_name_comes_first_and_what_is_missing_stays_as_named(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / formed("é.wav", form)).write_text(form, encoding="utf-8")
    for form in ("NFC", "NFD"):
        assert find_file(tmp_path, formed("é.wav", form)).read_text("utf-8") == form
    for name in ("è.wav", "E.wav", "e.wav", "É.wav", "là/é.wav", "", "a\0b", "x" * 400):
        assert find_file(tmp_path, name) == tmp_path / name


@given(st.text(st.sampled_from("éèçaÅ/.\0 \u0301한"), max_size=12))
def test_any_name_gives_a_path(name: str) -> None:
    assert find_file(Path("/nulle/part"), name) == Path("/nulle/part") / name


def test_a_link_of_another_form_does_not_leave_the_workspace(tmp_path: Path) -> None:
    root = tmp_path / "atelier"
    root.mkdir()
    (tmp_path / "dehors.wav").write_bytes(b"x")
    (root / formed("été.wav", "NFD")).symlink_to(tmp_path / "dehors.wav")
    assert sound_fault(formed("été.wav", "NFC"), root, root)


@pytest.mark.integration
def test_what_a_plan_names_is_found_by_all_who_look(tmp_path: Path) -> None:
    sound = tmp_path / formed("été.wav", "NFD")
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\1\2" * 16_000)
    episode = an_episode((an_item("pad", file=formed("été.wav", "NFC")),))
    (found,) = read_pads(episode, tmp_path).values()
    assert found.decodable
    assert _sounds_there(episode, tmp_path)["pad"].exists
    pads = Pads(tmp_path)
    assert pads.known(episode)["pad"].exists
    assert pads.listen(episode)
    assert pads.known(episode)["pad"].duration == timedelta(seconds=2)
    cover = tmp_path / formed("à la une.png", "NFD")
    Image.new("RGB", (1400, 1400)).save(cover)
    assert image_fault(formed("à la une.png", "NFC"), tmp_path, tmp_path) is None
