"""What a sound input or output may be called: a device in one of a few forms, and nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.recorder.link.folder import RecorderFolder
from bobine.model.carts import OutputKind, SoundOutput, parse_output
from bobine.model.recording import InputKind, SoundInput, parse_input
from bobine.model.written.sound_names import is_device_name
from bobine.store.rules import texts
from tests.conftest import ATELIER, Atelier
from tests.store.conftest import Faults

Attempt = Callable[[str], AbstractContextManager[None]]

ACTING = (
    "alsa:tee:null,'|id > /tmp/x',raw",
    "alsa:tee:hw:0,/tmp/x,raw",
    "alsa:file:/any/path,raw",
    "alsa:file:shows.toml,raw",
    "alsa:file:'|touch x'",
    "alsa:file",
    "alsa:tee",
    "alsa:{type file file '|id' slave.pcm null}",
    "alsa:plug:{type file}",
    "alsa:plug:tee:null",
    "alsa:plug:file:/x",
    "alsa:hw:0,{x}",
    "alsa:hw:CARD='|id'",
    "alsa:hw:$(id)",
    "alsa:hw:0 -y /etc/x",
    "alsa:hw:0\n,file",
    "alsa:hw:../../x",
    "alsa:hw:",
    "alsa:-y",
    "alsa:null",
    "alsa:asym:x",
    "alsa:ladspa:x",
    "alsa:rate:x",
    "alsa:multi",
    "alsa:softvol:x",
    "pulse:-y",
    "pulse:a b",
    "pulse:a\tb",
    "pulse:/etc/passwd",
    "pulse:{x}",
    "pulse:",
    "pulse: ",
    "oss:/home/radio/son.wav",
    "oss:/dev/sda",
    "oss:/dev/../etc/passwd",
    "oss:/dev/dsp/../sda",
    "jack:-y",
    "jack:/x",
    "concat:a|b",
    "lavfi:amovie=/etc/passwd",
    "x11grab::0",
    "pipe:0",
    "fd:0",
    "data:x",
    "subfile:a",
    "crypto:file",
    "async:file:/etc/passwd",
    "cache:http://a/",
    "tee:a|b",
    "rtmp://a/b",
    "ftp://a/b",
    "udp://239.0.0.1:1",
    "gopher://a/",
    "stream:https://a/",
    "-i",
    "micro",
    ":x",
    "",
)
"""Texts that ask a sound system for more than a device, and others that are none."""

INPUTS_ONLY = (
    "file:/etc/passwd",
    "file:../../autre.wav",
    "file:sons/../../x.wav",
    "file:~/x.wav",
    "file:C:\\x.wav",
    "file:\\\\serveur\\x.wav",
    "file:..\\x.wav",
    "file:",
    "http://",
    "http:///x",
    "https://-a/",
    "https://a b/",
    "https://moi:mot@radio.example/",
    "https://radio.example:99999999/",
    "http:x",
    "dshow:video=x",
    "dshow:a:b",
    "avfoundation:0:1",
)

INPUTS = (
    "pulse:default",
    "pulse:alsa_input.usb-BEHRINGER_UMC404HD_192k-00.multichannel-input",
    "pulse:bluez_input.AA:BB:CC:DD:EE:FF",
    "pulse:studio.monitor",
    "alsa:default",
    "alsa:sysdefault",
    "alsa:hw:0",
    "alsa:hw:0,0",
    "alsa:hw:1,0,3",
    "alsa:plughw:CARD=PCH,DEV=0",
    "alsa:plughw:CARD=UMC404HD,DEV=0,SUBDEV=1",
    "alsa:sysdefault:CARD=PCH",
    "alsa:dsnoop:CARD=USB_1,DEV=0",
    "alsa:hw:PCH",
    "alsa:front:CARD=PCH,DEV=0",
    "jack:bobine",
    "jack:Bobine 2",
    "oss:/dev/dsp",
    "oss:/dev/dsp1",
    "oss:default",
    "openal:Micro interne (Realtek)",
    "dshow:Microphone (USB Audio CODEC)",
    "dshow:Line 1/2 (Scarlett 2i2)",
    "avfoundation:0",
    "avfoundation:AirPods d'Inès",
    "https://radio.example/live.mp3",
    "http://192.168.1.4:8000/antenne.ogg?x=1",
    "http://[::1]:8000/a",
    "file:essai.wav",
    "file:sons/été à la gare.wav",
)

OUTPUTS = (
    "pulse:default",
    "pulse:studio",
    "alsa:default",
    "alsa:hw:0,0",
    "alsa:plughw:CARD=PCH,DEV=0",
    "alsa:dmix:CARD=PCH",
    "oss:/dev/dsp",
    "oss:default",
    "audiotoolbox:default",
    "audiotoolbox:2",
)


@pytest.mark.boundary
@pytest.mark.parametrize("text", [*ACTING, *INPUTS_ONLY])
def test_what_is_no_input_is_refused_and_the_forms_are_told(attempt: Attempt, text: str) -> None:
    with attempt("a sound input that is no device, stream or file of the workspace"):
        message = texts.sound_input(text)
        assert message
        if text == text.strip() != "" and not text.startswith(("http", "file:")) and text.isprintable():
            assert "alsa:hw:0,0" in message
            assert "pulse:default" in message


@pytest.mark.boundary
@pytest.mark.parametrize("text", [*ACTING, *INPUTS_ONLY, "jack:bobine", "https://radio.example/", "file:son.wav"])
def test_what_is_no_output_is_refused(attempt: Attempt, text: str) -> None:
    with attempt("a sound output that is no device"):
        assert texts.sound_output(text)
        with pytest.raises(ValueError):
            parse_output(text)


@pytest.mark.parametrize("text", INPUTS)
def test_inputs_in_an_accepted_form(text: str) -> None:
    assert texts.sound_input(text) is None
    assert str(parse_input(text)) == text


@pytest.mark.parametrize("text", OUTPUTS)
def test_outputs_in_an_accepted_form(text: str) -> None:
    assert texts.sound_output(text) is None
    assert str(parse_output(text)) == text


@pytest.mark.boundary
@pytest.mark.parametrize("key", ["input", "output"])
def test_they_are_refused_when_the_file_is_read_with_their_line(
    attempt: Attempt, shows_faults: Callable[[str, str], tuple[Faults, int]], key: str
) -> None:
    value = '"""alsa:tee:null,\'|id > /tmp/x\',raw"""'
    with attempt("a sound setting of shows.toml that runs a command"):
        faults, line = shows_faults(
            "\n[shows.fil.podcast]", f"\n[shows.fil.recording]\n{key} = {value}\n[shows.fil.podcast]"
        )
        (fault,) = faults
        assert (fault.key, fault.line) == (f"shows.fil.recording.{key}", line + 1)
        assert "alsa:plughw:CARD=NOM,DEV=0" in fault.message


@given(st.text(alphabet="alsafiletehwpu:0123,|'\"{}$()<>/.-_= \n\0éCARDEV", max_size=40))
def test_no_name_of_a_card_carries_more_than_a_card(text: str) -> None:
    for kind in (*InputKind, *OutputKind):
        if is_device_name(kind, text) and kind in ("alsa", "pulse", "oss"):
            assert not set(text) & set("|'\"{}$()<>; \n\0é")
            assert not text.startswith("-")
            if kind == "alsa":
                assert re.match(r"default$|sysdefault|pulse$|pipewire$|hw:|plughw:|front:|dsnoop:|dmix:", text)
                assert "/" not in text


@given(st.sampled_from([*InputKind]), st.text(max_size=30))
def test_what_cannot_be_read_cannot_be_made_either(kind: InputKind, name: str) -> None:
    try:
        made = SoundInput(kind=kind, name=name)
    except ValueError:
        return
    assert parse_input(str(made)) == made


@pytest.mark.boundary
@pytest.mark.parametrize("text", [one for one in ACTING if one.startswith(("alsa:", "oss:", "pulse:"))])
def test_no_such_device_is_made_beyond_the_file_either(attempt: Attempt, text: str, tmp_path: Path) -> None:
    import json

    kind, _, name = text.partition(":")
    with attempt("an order to the recorder that names no device"):
        with pytest.raises(ValueError):
            SoundInput(kind=InputKind(kind), name=name)
        with pytest.raises(ValueError):
            SoundOutput(kind=OutputKind(kind), name=name)
        place = RecorderFolder(tmp_path)
        place.make()
        order = {"run": "r", "source": {"kind": kind, "name": name}, "rate": 48000, "channels": 2, "silence_s": 5,
                 "journal": "/j", "pair": []}  # fmt: skip
        (tmp_path / ".recorder" / "order.json").write_text(json.dumps(order), encoding="utf-8")
        assert place.read_order() is None
        good = order | {"source": {"kind": "alsa", "name": "hw:0"}}
        (tmp_path / ".recorder" / "order.json").write_text(json.dumps(good), encoding="utf-8")
        assert place.read_order() is not None


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("channels = 2\npair = [3]", "deux voies, gauche puis droite, comme [3, 4]"),
        ("channels = 1\npair = [3, 4]", "une seule voie, comme [3]"),
        ("pair = [0, 1]", "0 n'est pas une voie : elles se comptent de 1 à 64"),
        ("pair = [3, 9999]", "9999 n'est pas une voie"),
        ('pair = "3-4"', "une liste était attendue"),
        ("pair = [3.5, 4]", "un nombre entier"),
    ],
)
def test_a_pair_of_channels_is_two_numbers(
    shows_faults: Callable[[str, str], tuple[Faults, int]], settings: str, words: str
) -> None:
    faults, _ = shows_faults("\n[shows.fil.podcast]", f"\n[shows.fil.recording]\n{settings}\n[shows.fil.podcast]")
    assert len(faults) == 1
    assert faults[0].key.startswith("shows.fil.recording.pair")
    assert words in faults[0].message


@pytest.mark.slow
@pytest.mark.boundary
@pytest.mark.parametrize("key", ["input", "output"])
@pytest.mark.parametrize(
    "value", ["alsa:tee:null,'|touch RAN',raw", "alsa:file:WRITTEN,raw", "alsa:file:shows.toml,raw"]
)
def test_the_preflight_runs_and_writes_nothing(attempt: Attempt, tmp_path: Path, key: str, value: str) -> None:
    import shutil

    shutil.copytree(ATELIER / "episodes", tmp_path / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    text = (ATELIER / "shows.toml").read_text("utf-8")
    text = text.replace(f'{key} = ""', f'{key} = "{value}"', 1)
    (tmp_path / "shows.toml").write_text(text, "utf-8")
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    with attempt("a sound setting of shows.toml that runs a command"):
        done = Atelier(tmp_path).run("antenne", "prochaine", "--controle", code=1, cwd=tmp_path)
        assert f"recording.{key}" in done.stderr
        assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} == before
        assert (tmp_path / "shows.toml").read_text("utf-8") == text
