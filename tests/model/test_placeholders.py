"""What is left to be filled in is found, and what people really write is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.written.placeholders import placeholder

LEFT = [
    ("À écrire : ce que lisent les gens dans leur application de podcast.", "À écrire"),
    ("à définir", "à définir"), ("A DEFINIR", "A DEFINIR"), ("à définir…", "à définir…"),
    ("[à compléter]", "[à compléter]"), ("À préciser", "À préciser"), ("à trouver !", "à trouver !"),
    ("a\u00a0definir", "a\u00a0definir"),
    ("Live 1 : à définir", "à définir"), ("Portrait (à confirmer)", "à confirmer"),
    ("Portrait – à trouver", "à trouver"), ("Portrait - à définir", "à définir"), ("Portrait de XXX", "XXX"),
    ("XXXXX", "XXXXX"), ("xxx", "xxx"), ("?", "?"),
    ("???", "???"), ("Invité ??", "??"), ("…", "…"), ("...", "..."), ("TODO", "TODO"), ("TODO : le titre", "TODO"),
    ("TBD", "TBD"), ("Nom Prénom", "Nom Prénom"), ("Titre", "Titre"), ("Sans titre", "Sans titre"),
    ("_____", "_____"),
    ("Par ______", "______"), ("Lorem ipsum dolor sit amet", "Lorem ipsum dolor sit amet"), ("Le titre", "Le titre"),
    ("https://atelier.example/", "atelier.example"), ("contact@labobine.example", "labobine.example"),
    ("https://www.example.com/page", "www.example.com"), ("moi@exemple.fr", "exemple.fr"), ("Live (?)", "?"),
    ("Ma radio", "Ma radio"), ("Qui la joue", "Qui la joue"), ("Camille Exemple", "Camille Exemple"),
]  # fmt: skip

REAL = [
    "", " ", "Une lettre à écrire", "Ce qui reste à faire pour le climat", "À voir absolument ce week-end",
    "À suivre",
    "Le film xXx", "The xx", "XX ans de radio", "Qui vient dîner ?", "Pourquoi ?", "Portrait : Claire Dumollard",
    "À table !", "L'inconnue de la gare", "Nom de code : Bobine", "Le nom de la rose", "Par exemple",
    "Bon exemple, mauvais exemple",
    "https://radio-mega.com/", "contact@labobine.fr", "Titre de transport", "À venir : le marché de Noël",
    "Un texte à trous", "test de grossesse", "example", "Sans nom de famille", "Un million… ou deux", "PAD", "M1 M2",
    "la-bobine.example.monsite.org", "Musique", "Virgule", "Émission du jeudi 26 novembre 2026", "X", "Malcolm X",
    "À voir", "À venir",
    "À noter : le marché change de jour", "À choisir : la ville ou les champs", "Traditionnel, auteur inconnu",
    "Inconnu",
]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), LEFT)
def test_what_is_left_to_be_filled_in_is_found(text: str, part: str) -> None:
    assert placeholder(text) == part
    assert placeholder(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFD", part)


@pytest.mark.parametrize("text", REAL)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert placeholder(text) == ""


@given(st.text(max_size=80))
def test_any_text_gives_a_part_of_itself(text: str) -> None:
    assert placeholder(text) in text


@pytest.mark.parametrize("text", ["(" * 50_000, "à définir " * 5_000, "a." * 30_000, "_" * 50_000, "a-" * 30_000])
def test_a_long_text_is_read_at_once(text: str) -> None:
    placeholder(text)
