"""The recording's table of ``shows.toml``: what is refused, and in what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.model.recording import RecordingSettings
from bobine.plan.files.new_file import shows_text
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER


def read(folder: Path, old: str = "", new: str = "") -> RecordingSettings:
    """The settings of a new workspace, one text of which is replaced."""
    from datetime import date

    text = shows_text("Essai", date(2026, 11, 24))
    head, table, tail = text.partition("[shows.essai.recording]")
    assert old in tail
    (folder / "shows.toml").write_text(head + table + tail.replace(old, new, 1), encoding="utf-8")
    return open_workspace(folder).shows[0].recording


def test_nothing_is_recorded_until_an_input_is_chosen(tmp_path: Path) -> None:
    assert read(tmp_path) == RecordingSettings()
    assert open_workspace(ATELIER).shows[0].recording == RecordingSettings()


@pytest.mark.parametrize("text", ["pulse:default", "alsa:hw:0", "https://radio.example/live", "file:essai.wav"])
def test_inputs_that_are_accepted(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, 'input = ""', f'input = "{text}"').input == text


@pytest.mark.parametrize("text", ["pulse:default", "pulse:studio.monitor", "alsa:hw:0", "alsa:plughw:CARD=PCH,DEV=0"])
def test_outputs_that_are_accepted(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, 'output = ""', f'output = "{text}"').output == text


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('input = ""', 'input = "micro"', "input", "n'est pas une entrée son"),
        ('input = ""', 'input = "concat:a"', "input", "n'est pas une entrée son"),
        ('input = ""', 'input = "https://moi:secret@radio.example/"', "input", "ni mot de passe"),
        ("rate = 48000", "rate = 8000", "rate", "44100, 48000, 96000 Hz"),
        ("channels = 2", "channels = 6", "channels", "de 1 à 2 voies"),
        ('silence = "0\'05"', 'silence = "0 s"', "silence", "ne dure rien"),
        ('output = ""', 'output = "casque"', "output", "n'est pas une sortie son"),
        ('output = ""', 'output = "jack:bobine"', "output", "n'est pas une sortie son"),
        ('output = ""', 'output = "alsa:-y"', "output", "n'est pas une sortie son"),
        ('output = ""', 'output = "alsa:file:|sh"', "output", "n'est pas une sortie son"),
        ('output = ""', 'output = "oss:/home/radio/son.wav"', "output", "n'est pas une sortie son"),
        ('second = ""', "second = 3", "second", "un texte entre guillemets"),
    ],
)
def test_what_is_refused_says_why(tmp_path: Path, old: str, new: str, key: str, words: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(tmp_path, old, new)
    (fault,) = caught.value.faults
    assert fault.key == f"shows.essai.recording.{key}"
    assert words in fault.message
    assert "secret" not in fault.message
