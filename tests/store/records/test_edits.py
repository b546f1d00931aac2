"""``edits.toml``: written and read back, refused with a line and a key, and what of it fits a recording."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import MarksError, PlanError
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import (
    NO_EDITS,
    Edits,
    cuts_heard,
    edit_faults,
    edits_digest,
    item_sound,
    kept_s,
    with_take,
    without_take,
)
from bobine.store.records.edits import change_edits, edits_path, read_edits
from tests.master.edits import OTHER, OWN, as_run, cut, edited_shows, take

EDITS = Edits(
    takes=(take("accueil", 4, start=22_050),),
    cuts=(
        cut("accueil", 44_100, 66_150, OTHER, rate=44_100),
        cut("portrait", 48_000, 96_000),
        cut("portrait", 96_000, 120_000),
    ),
)
RUN = as_run((0, 480_000), (480_000, 960_000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return edits_path(tmp_path / "episodes/fil/2026-11-26")


def write(path: Path, edits: Edits) -> None:
    change_edits(path, lambda _: edits)


def test_no_file_is_no_edit(path: Path) -> None:
    assert read_edits(path) == NO_EDITS
    change_edits(path, lambda found: found)
    assert not path.exists()


def test_what_is_written_is_read_back_and_says_its_times(path: Path) -> None:
    write(path, EDITS)
    assert read_edits(path) == EDITS
    text = path.read_text("utf-8")
    assert text.startswith("# Écrit par « bobine couper »")
    assert "start = 22050 # 0:00,5" in text
    assert "end = 66150 # 0:01,5" in text
    write(path, NO_EDITS)
    assert read_edits(path) == NO_EDITS


@given(edited_shows())
def test_any_edits_survive_and_fit(
    tmp_path_factory: pytest.TempPathFactory, show: tuple[AsRun, set[str], Edits]
) -> None:
    run, _, edits = show
    path = edits_path(tmp_path_factory.getbasetemp() / "any")
    write(path, edits)
    assert read_edits(path) == edits
    assert [*edit_faults(run, edits)] == []


DAMAGES = [
    ("end = 96000", "end = 48000", "cuts[2].end", "n'est pas après"),
    ("start = 96000", "start = 95999", "cuts", "se recouvrent"),
    ("start = 48000", "start = -1", "cuts[2].start", "trop petit"),
    ('file = "accueil.wav"', 'file = "../accueil.wav"', "takes[1].file", "sans dossier"),
    ("rate = 44100", "rate = 0", "takes[1].rate", "trop petit"),
    ("rate = 48000", "rate = 0", "cuts[2].rate", "trop petit"),
    ("end = 198450", "end = 198458", "takes[1].end", "finit après"),
    ('item = "portrait"', 'item = "Le Portrait"', "cuts[2].item", "ne convient pas"),
    ("start = 48000", 'debut = "0:01"', "cuts[2].debut", ""),
    ("start = 48000", "start = 48000.5", "cuts[2].start", "entier"),
    ("[[cuts]]", "[[coupes]]", "coupes", ""),
    ("end = 120000", "end = 12000000000000000000000", "cuts[3].end", ""),
]


@pytest.mark.parametrize(("old", "new", "key", "words"), DAMAGES)
def test_a_damaged_file_is_refused_with_its_line_and_key(path: Path, old: str, new: str, key: str, words: str) -> None:
    write(path, EDITS)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PlanError) as caught:
        read_edits(path)
    found = [fault for fault in caught.value.faults if fault.key == key]
    assert found, caught.value.faults
    assert words in found[0].message
    assert found[0].file == "episodes/fil/2026-11-26/edits.toml"
    assert found[0].line > 0


def test_a_change_that_is_refused_leaves_the_file(path: Path) -> None:
    write(path, EDITS)
    before = path.read_bytes()

    def refuse(_: Edits) -> Edits:
        raise MarksError("non")

    with pytest.raises(MarksError):
        change_edits(path, refuse)
    assert path.read_bytes() == before


@given(edited_shows(), st.randoms(use_true_random=False))
def test_the_digest_is_of_what_is_done_not_of_its_order(
    show: tuple[AsRun, set[str], Edits], random: st.DataObject
) -> None:
    _, _, edits = show
    cuts = [*edits.cuts]
    random.shuffle(cuts)  # type: ignore[attr-defined]
    assert edits_digest(dataclasses.replace(edits, cuts=tuple(cuts))) == edits_digest(edits)
    assert (edits_digest(edits) == "") == (edits == NO_EDITS)
    if edits.cuts:
        one = dataclasses.replace(edits.cuts[0], end=edits.cuts[0].end + 1)
        assert edits_digest(dataclasses.replace(edits, cuts=(one, *edits.cuts[1:]))) != edits_digest(edits)


def test_a_take_goes_with_its_own_cuts_and_gives_back_those_of_the_recording() -> None:
    own = cut("i0", 48_000, 96_000)
    first = take("i0", 4)
    edits = with_take(Edits(cuts=(own,)), first)
    edits = dataclasses.replace(edits, cuts=(own, cut("i0", 44_100, 50_000, OTHER)))
    assert cuts_heard(RUN, RUN.items[0], edits) == edits.cuts[1:]
    assert with_take(edits, dataclasses.replace(first, end=first.end - 10)).cuts == edits.cuts
    assert with_take(edits, dataclasses.replace(first, sha256="c" * 64)).cuts == (own,)
    assert without_take(edits, "i0") == Edits(cuts=(own,))
    assert without_take(edits, "i1") == edits


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (Edits(cuts=(cut("i7", 0, 9),)), "n'est pas dans l'enregistrement"),
        (Edits(takes=(take("i7", 3),)), "n'est pas dans l'enregistrement"),
        (Edits(cuts=(cut("i0", 479_999, 480_001),)), "sort de l'élément"),
        (Edits(cuts=(cut("i0", 5, 9, "d" * 64),)), "un autre enregistrement"),
        (Edits(takes=(take("i0", 3),), cuts=(cut("i0", 5, 10**6, OTHER),)), "sort du son de remplacement"),
    ],
)
def test_what_does_not_fit_is_named(edits: Edits, words: str) -> None:
    ((_, said),) = edit_faults(RUN, edits)
    assert words in said


def test_lengths_are_those_of_what_is_heard() -> None:
    edits = Edits(takes=(take("i1", 3),), cuts=(cut("i0", 0, 48_000), cut("i0", 96_000, 144_000)))
    assert [kept_s(RUN, one, edits) for one in RUN.items] == [8.0, 3.0]
    assert item_sound(RUN, RUN.items[1], edits).sha256 == OTHER
    assert item_sound(RUN, RUN.items[0], edits).sha256 == OWN
