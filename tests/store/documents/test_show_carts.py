"""A show's own carts in ``shows.toml``: what is read, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.model.carts import ShowCart
from bobine.plan.files.new_file import shows_text
from bobine.store.workspace import open_workspace


def read(folder: Path, table: str) -> tuple[ShowCart, ...]:
    """The carts of a new workspace that has one more table."""
    text = f"{shows_text('Essai', date(2026, 11, 24))}\n[[shows.essai.carts]]\n{table}\n"
    (folder / "shows.toml").write_text(text, encoding="utf-8")
    return open_workspace(folder).shows[0].carts


def test_a_cart_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, 'title = "Fil rouge"\nfile = "sons/fil-rouge.wav"\nbed = true')
    assert found == (ShowCart(title="Fil rouge", file="sons/fil-rouge.wav", bed=True),)


def test_the_example_in_a_new_workspace_can_be_used_as_it_is(tmp_path: Path) -> None:
    lines = shows_text("Essai", date(2026, 11, 24)).splitlines()
    at = lines.index("# [[shows.essai.carts]]")
    text = "\n".join(line.removeprefix("# ") if at <= n < at + 3 else line for n, line in enumerate(lines))
    (tmp_path / "shows.toml").write_text(text, encoding="utf-8")
    assert open_workspace(tmp_path).shows[0].carts == (ShowCart(title="Virgule", file="sons/virgule.wav"),)


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ('title = "A"\nfile = "../a.wav"', "file", "dans le dossier de l'atelier"),
        ('title = "A"\nfile = "/tmp/a.wav"', "file", "dans le dossier de l'atelier"),
        ('title = "A"\nfile = "sons\\\\a.wav"', "file", "s'écrit avec des /"),
        ('title = "A"\nfile = ""', "file", "ce texte est vide"),
        ('file = "a.wav"', "title", "cette clé manque"),
        ('title = "A"\nfile = "a.wav"\nbed = "oui"', "bed", "true ou false"),
        ('title = "A"\nfile = "a.wav"\ntapis = true', "tapis", "bed"),
    ],
)
def test_what_is_refused_says_why(tmp_path: Path, table: str, key: str, words: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(tmp_path, table)
    (fault,) = caught.value.faults
    assert fault.key == f"shows.essai.carts[1].{key}"
    assert words in fault.message
