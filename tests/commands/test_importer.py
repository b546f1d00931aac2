"""``bobine importer`` as people run it: several files, names of any bytes, a show made of its PAD alone."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bobine import ffmpeg_input
from bobine.cli import build_parser
from tests.conftest import ATELIER, ROOT, Atelier

EPISODE = "2026-11-26"
RATE = 8000
ITEM = '[[items]]\nid = "{id}"\ntitle = "{id}"\nkind = "serial"\nduration = "0\'03"\n{more}\n'


def wav(path: Path, seconds: float, seed: int = 1) -> Path:
    """Uneven noise."""
    rng = np.random.default_rng(seed)
    data = (rng.normal(size=round(seconds * RATE)) * 3000).clip(-32_000, 32_000).astype("<i2").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + struct.pack("<4sI", b"data", len(data)) + data)
    return path


@pytest.fixture
def atelier(tmp_path: Path) -> Atelier:
    root = tmp_path / "atelier"
    folder = root / "episodes" / "bobine-romanaise" / EPISODE
    folder.mkdir(parents=True)
    shutil.copy(ATELIER / "shows.toml", root)
    plan(folder, *(ITEM.format(id=name, more="") for name in ("un", "deux", "trois")))
    return Atelier(root)


def plan(folder: Path, *items: str) -> None:
    head = f'date = {EPISODE}\nnumber = 1\nseason = 1\ntitle = "Essai"\n'
    (folder / "episode.toml").write_text("\n".join((head, *items)), "utf-8")


NAMES = [b"\xe9mission.wav", b"\xff\xfe.wav", b"caf\xc3.WAV", b"deux\n\xe8me.wav", b"\x80", b"ok-\xed\xa0\x80.wav"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_bytes_are_accepted_and_shown(atelier: Atelier, tmp_path: Path, name: bytes) -> None:
    source = os.fsencode(wav(tmp_path / "x.wav", 10))
    target = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - bytes
    os.rename(source, target)  # noqa: PTH104 - bytes
    command: list[str | bytes] = [sys.executable, "-m", "bobine", "importer", EPISODE, target, "--quand-meme"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=atelier.root, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    done.stdout.decode("utf-8")
    done.stderr.decode("utf-8")
    assert atelier.json("importer", EPISODE, os.fsdecode(target), "--quand-meme")["duration_s"] == 10
    note = (atelier.episode / "recording" / "as_run.toml").read_text("utf-8")
    assert "\ufffd" in note or "·" in note
    atelier.run("monter", EPISODE, "--formats", "mp3")


def test_names_of_any_bytes_are_refused_in_a_sentence(atelier: Atelier, tmp_path: Path) -> None:
    target = os.fsencode(tmp_path) + b"/r\xe9sum\xe9.wav"
    Path(os.fsdecode(target)).write_text("rien\n" * 20)
    command: list[str | bytes] = [sys.executable, "-m", "bobine", "importer", EPISODE, target, "--quand-meme"]
    done = subprocess.run(
        command, cwd=atelier.root, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 1
    assert "n'est pas un fichier son" in done.stderr.decode("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["a.wav", "\udce9.wav", "\U0010fffe.wav", "\U0010fffe00dce9", "\ud800\udfff", "é\n"])
def test_a_graph_carries_any_name(name: str) -> None:
    carried = ffmpeg_input.carried(name)
    carried.encode("utf-8")
    assert ffmpeg_input.restored(carried) == name


def test_several_files_and_a_folder_are_one_recording(atelier: Atelier, tmp_path: Path) -> None:
    card = tmp_path / "carte"
    for number, seconds in ((1, 4), (2, 5), (10, 6)):
        wav(card / f"ZOOM{number:04}.wav", seconds, number)
    (card / "ZOOM.hprj").write_bytes(b"project")
    wav(card / "._ZOOM0001.wav", 1)
    found = atelier.json("importer", EPISODE, str(card), "--quand-meme")
    files = found["files"]
    assert [(one["starts_s"], one["duration_s"]) for one in files] == [(0, 4), (4, 5), (9, 6)]
    assert [Path(one["path"]).read_bytes() for one in files] == [
        (card / f"ZOOM{number:04}.wav").read_bytes() for number in (1, 2, 10)
    ]
    assert (found["path"], found["others"]) == (files[0]["path"], [])
    assert [(one["kind"], one["at_s"]) for one in found["remarks"]] == [("channels", None), ("format", None)]
    names = [str(card / f"ZOOM{number:04}.wav") for number in (10, 1)]
    told = atelier.run("importer", EPISODE, *names, "--quand-meme").stdout.replace("\u00a0", " ")
    assert "Un enregistrement en 2 fichiers, 0:10 en tout" in told
    assert f"Gardé à côté : {Path(files[1]['path']).name}" in told
    said = atelier.run("purger", EPISODE, code=1).stdout
    assert all(Path(one["path"]).name in said for one in files)
    atelier.run("importer", EPISODE, str(tmp_path / "rien"), "--quand-meme", code=1)
    (tmp_path / "vide").mkdir()
    assert "sans fichier son" in atelier.run("importer", EPISODE, str(tmp_path / "vide"), code=1).stderr


def test_a_show_is_made_of_its_pads_alone(atelier: Atelier) -> None:
    folder = atelier.episode
    for number, name in enumerate(("un", "deux"), 1):
        wav(folder / "pad" / f"{name}.wav", 2 * number, number)
    items = [ITEM.format(id=name, more=f'file = "pad/{name}.wav"') for name in ("un", "deux")]
    plan(folder, *items, ITEM.format(id="trois", more=""))
    refused = atelier.run("monter", EPISODE, code=1).stderr.replace("\u00a0", " ")
    assert f"« bobine importer bobine-romanaise/{EPISODE} --pad »" in refused
    refused = atelier.run("importer", EPISODE, "--pad", code=1).stderr.replace("\u00a0", " ")
    assert "Sans PAD : « trois »" in refused
    found = atelier.json("importer", EPISODE, "--pad", "--quand-meme")
    assert [(one["id"], one["start_s"], one["end_s"]) for one in found["items"]] == [("un", 0, 2), ("deux", 2, 6)]
    manifest = atelier.json("monter", EPISODE, "--formats", "mp3")
    assert [item["title"] for item in manifest["items"]] == ["un", "deux"]
    (folder / "pad" / "deux.wav").unlink()
    assert "n'est pas là" in atelier.run("importer", EPISODE, "--pad", "--quand-meme", code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Donnez le fichier"),
        (["--pad", "x.wav"], "ni fichier ni repères"),
        (["--pad", "--reperes", "x.txt"], "ni fichier ni repères"),
        (["--pad"], "Aucun élément de ce conducteur n'a de PAD"),
        (["rien.wav"], "n'existe pas"),
    ],
)
def test_what_does_not_go_together_is_said(atelier: Atelier, arguments: list[str], words: str) -> None:
    assert words in atelier.run("importer", EPISODE, *arguments, code=1).stderr.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["a.wav"], ["a.wav"]),
        (["--quand-meme", "a.wav"], ["a.wav"]),
        (["--reperes", "m.txt", "a.wav", "b.wav"], ["a.wav", "b.wav"]),
        (["a.wav", "--reperes", "m.txt", "b.wav", "--json", "c.wav"], ["a.wav", "b.wav", "c.wav"]),
        (["--pad"], []),
        (["a.wav", "--", "-b.wav"], ["a.wav", "-b.wav"]),
        (["--quand-meme", "--", "-b.wav", "--c.wav"], ["-b.wav", "--c.wav"]),
    ],
)
def test_options_may_stand_anywhere(words: list[str], files: list[str]) -> None:
    found = build_parser().parse_args(["importer", EPISODE, *words])
    assert [str(file) for file in found.files] == files
    assert (found.command, found.episode, found.json) == ("importer", EPISODE, "--json" in words)
    assert (str(found.reperes) == "m.txt") == ("--reperes" in words)


@pytest.mark.parametrize("words", [["importer"], ["importer", EPISODE, "a.wav", "--rien"]])
def test_a_wrong_call_leaves_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build_parser().parse_args(words)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    "names",
    [
        ("ZOOM0001.wav", "ZOOM0002.wav", "prise.wav"),
        ("ZOOM0001_LR.wav", "ZOOM0001_Tr1.wav"),
        ("emission.wav", "interview.wav"),
        ("a1.wav", "b1 essai.wav"),
        ("studio.wav", "studio 2 (copie).mp3", "jingle.wav"),
    ],
)
def test_a_folder_of_sounds_that_do_not_go_together_is_refused(
    atelier: Atelier, tmp_path: Path, names: tuple[str, ...]
) -> None:
    for number, name in enumerate(names):
        wav(tmp_path / "carte" / name, 4, number)
    err = atelier.run("importer", EPISODE, str(tmp_path / "carte"), code=1).stderr.replace("\u00a0", " ")
    assert "dont les noms ne se suivent pas" in err
    assert "pas leur dossier" in err
