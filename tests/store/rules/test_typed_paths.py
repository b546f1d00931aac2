"""Paths as they are typed, pasted or dropped: one table for every question that takes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.store.typed_paths import typed_path, typed_paths

NAMES = ("a.wav", "b c.wav", "l'an.wav", "100%25.wav", "un\\deux.wav", "'cité'.wav", "#1 & $2.wav")
ONE = [
    ("{0}/a.wav", "a.wav"),
    ("  {0}/a.wav ", "a.wav"),
    ("'{0}/b c.wav'", "b c.wav"),
    ('"{0}/b c.wav"', "b c.wav"),
    ("{0}/b\\ c.wav", "b c.wav"),
    ("{0}/b c.wav", "b c.wav"),
    ("{0}/l'an.wav", "l'an.wav"),
    ("{0}/l\\'an.wav", "l'an.wav"),
    ("'{0}/l'\\''an.wav'", "l'an.wav"),
    ("file://{0}/b%20c.wav", "b c.wav"),
    ("'file://{0}/b%20c.wav'", "b c.wav"),
    ("file://localhost{0}/l%27an.wav", "l'an.wav"),
    ("{0}/100%25.wav", "100%25.wav"),
    ("{0}/un\\deux.wav", "un\\deux.wav"),
    ("{0}/'cité'.wav", "'cité'.wav"),
    ("{0}/\\#1\\ \\&\\ \\$2.wav", "#1 & $2.wav"),
    ("{0}/rien du tout.wav", "rien du tout.wav"),
    ("{0}/rien\\ \\(1\\).wav", "rien (1).wav"),
    ("{0}/l'été.d'ici.wav", "l'été.d'ici.wav"),
]
SEVERAL = [
    ("\n  {0}/a.wav  \n\n{0}/b c.wav\n", ["a.wav", "b c.wav"]),
    ("'{0}/a.wav' '{0}/b c.wav'", ["a.wav", "b c.wav"]),
    ("{0}/a.wav {0}/b\\ c.wav", ["a.wav", "b c.wav"]),
    ("file://{0}/a.wav file://{0}/b%20c.wav", ["a.wav", "b c.wav"]),
    ("'{0}/a.wav' '{0}/rien.wav'", ["a.wav", "rien.wav"]),
]
ELSEWHERE = [
    ("'/a b/c.wav'", "/a b/c.wav"),
    ('"/a b/c.wav"', "/a b/c.wav"),
    ("/a\\ b/c\\ (1).wav ", "/a b/c (1).wav"),
    ("/a/l'été.wav", "/a/l'été.wav"),
    ("son.wav", "son.wav"),
    ("~nobody-at-all/x.wav", "~nobody-at-all/x.wav"),
    ("~/x.wav", str(Path.home() / "x.wav")),
    ("http://[", "http://["),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(("text", "name"), ONE)
def test_one_path_means_the_same_wherever_it_is_asked_for(folder: Path, text: str, name: str) -> None:
    assert typed_path(text.format(folder)) == folder / name
    assert typed_paths(text.format(folder)) == [folder / name]


@pytest.mark.parametrize(("text", "names"), SEVERAL)
def test_several_paths_stand_on_lines_or_on_one(folder: Path, text: str, names: list[str]) -> None:
    assert typed_paths(text.format(folder)) == [folder / name for name in names]


@pytest.mark.parametrize(("text", "path"), ELSEWHERE)
def test_a_path_to_nothing_is_read_too(text: str, path: str) -> None:
    assert typed_path(text) == Path(path)
    assert typed_paths(text) == [Path(path)]


def test_nothing_typed_is_no_path() -> None:
    assert typed_paths(" \n ") == []
