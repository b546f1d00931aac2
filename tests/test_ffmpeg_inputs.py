"""Every input of ffmpeg says what it may be: one place opens them, and a file that names others opens none."""

from __future__ import annotations

import ast
import functools
import os
import re
import subprocess
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine import ffmpeg, ffmpeg_input
from bobine.air.alignment.envelope import energies
from bobine.air.carts import outputs
from bobine.air.carts.prepare import make
from bobine.air.preflight.input_check import input_check
from bobine.air.preflight.machine import Verdict
from bobine.air.recorder.inputs import ffmpeg_options as inputs
from bobine.demo.real_sounds import _decode
from bobine.errors import BobineError, SoundError, ToolError
from bobine.master.encoding import graphs
from bobine.master.pieces import Piece
from bobine.model.carts import OutputKind, SoundOutput
from bobine.model.recording import InputKind, RecordingSettings, SoundInput
from bobine.plan.files.pad_files import read_pad
from bobine.sound.conform import conform
from bobine.sound.survey import survey
from tests.conftest import ROOT

Attempt = Callable[[str], AbstractContextManager[None]]

RATE = 48000
OPENERS = {"ffmpeg.py", "ffmpeg_input.py"}
"""The one place that opens inputs."""

RUNNERS = {"children.py", "ffmpeg.py", "processes.py"}


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "bobine").rglob("*.py")):
        yield path.relative_to(ROOT / "bobine").as_posix(), parsed(path)


def opens(tree: ast.Module) -> list[str]:
    """What in a module opens an input of ffmpeg: ffmpeg-python's ``input``, the option ``-i``, another way to it."""
    graphs = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
        if name.name.split(".")[0] == "ffmpeg"
    }
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="input") if name in graphs:
                found.append(f"{node.lineno}: {name}.input")
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == "ffmpeg":
                found.append(f"{node.lineno}: from {module}")
            case ast.Constant(value=str(text)) if re.search(r"(?:^|\s)-i(?:\s|$)", text):
                found.append(f"{node.lineno}: {text[:30]!r}")
            case ast.Attribute(value=ast.Name(id="AudioSegment"), attr=attr) if attr.startswith("from_"):
                found.append(f"{node.lineno}: pydub reads a file")
    return found


def test_no_other_module_opens_an_input() -> None:
    for name, tree in modules():
        if name not in OPENERS:
            assert opens(tree) == [], name


@pytest.mark.parametrize(
    "line",
    [
        "import ffmpeg as graph\ngraph.input('x')",
        "import ffmpeg\nffmpeg.input('x')",
        "from ffmpeg import input",
        "import ffmpeg.nodes as n\nn.input",
        "command = ['-i', name]",
        "command = 'ffmpeg -i x'",
        "AudioSegment.from_file(path)",
    ],
)
def test_one_that_did_would_be_found(line: str) -> None:
    assert opens(ast.parse(line))


def test_no_other_module_names_ffmpeg_to_run_it() -> None:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "path" and name not in RUNNERS:
                assert ast.unparse(node.value) != "ffmpeg.find()", f"{name}:{node.lineno}"


def every_list(tmp_path: Path) -> Iterator[list[str]]:
    """The arguments for each kind of input and of output."""
    names = {InputKind.STREAM: "https://a.example/x", InputKind.FILE: "/a.wav", InputKind.OSS: "/dev/dsp"}
    wanted = inputs.Wanted(rate=RATE, channels=2, pair=(3, 4))
    for kind in InputKind:
        source = SoundInput(kind=kind, name=names.get(kind, "default"))
        for width in inputs.widths(source, wanted):
            yield inputs.arguments(source, wanted, width=width)
    yield inputs.piped_arguments(wanted, 4)
    for output in OutputKind:
        yield outputs.arguments(SoundOutput(kind=output, name="default"))
    yield graphs.samples({"": tmp_path / "a.wav"}, (Piece("", 0, 10),))
    yield graphs._arguments(ffmpeg.read_raw(tmp_path / "a.wav", "s16le", 48_000, 2, 44).output("-", f="null"))


def test_every_argument_list_is_guarded(tmp_path: Path) -> None:
    for arguments in every_list(tmp_path):
        opened = ffmpeg_input.inputs_of(arguments)
        assert len(opened) == 1
        assert opened[0].guarded, arguments
        allowed = arguments[arguments.index("-protocol_whitelist") + 1].split(",")
        assert set(allowed) <= {"file"} or set(allowed) <= {"pipe"} or "https" in allowed
        assert not {"file", "http"} <= set(allowed)
        forms = arguments[arguments.index("-format_whitelist") + 1].split(",")
        assert not {"concat", "hls", "dash", "lavfi", "sdp", "rtsp", "imf", "image2"} & set(forms)


@given(st.lists(st.sampled_from(["-i", "a", "-f", "wav", "-format_whitelist", "-protocol_whitelist", "file"])))
def test_nothing_runs_with_an_input_that_is_not(words: list[str]) -> None:
    bare = [one for one in ffmpeg_input.inputs_of(words) if not one.guarded]
    if bare:
        with pytest.raises(ToolError):
            ffmpeg.command(words)
    else:
        assert ffmpeg.command(words)[1:] == words


# what a file may be that names another: the other is a good sound, and must not be heard
PLAYLISTS = {
    "concat of a neighbour": "ffconcat version 1.0\nfile '{other.name}'\n",
    "concat of a neighbour, twice": "ffconcat version 1.0\nfile {other.name}\nfile ./{other.name}\n",
    "concat": "ffconcat version 1.0\nfile '{other}'\n",
    "concat with an address": "ffconcat version 1.0\nfile 'file:{other}'\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{other}\n#EXT-X-ENDLIST\n",
    "hls with an address": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{other}\n#EXT-X-ENDLIST\n",
    "hls on the web": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
    "m3u": "{other}\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT5S"><Period><AdaptationSet mimeType="audio/wav"><Representation id="0" '
    'bandwidth="9"><BaseURL>file://{other}</BaseURL></Representation></AdaptationSet></Period></MPD>',
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
    "imf": '<?xml version="1.0"?><AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"></AssetMap>',
    "smil": '<smil><body><audio src="{other}"/></body></smil>',
    "asx": '<asx version="3.0"><entry><ref href="{other}"/></entry></asx>',
    "pls": "[playlist]\nFile1={other}\nNumberOfEntries=1\n",
    "xspf": '<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList><track><location>{other}'
    "</location></track></trackList></playlist>",
    "avisynth": 'WavSource("{other}")\n',
    "webvtt": "WEBVTT\n\n00:00.000 --> 00:05.000\n{other}\n",
    "ffmetadata": ";FFMETADATA1\ntitle={other}\n",
}


def readable(path: Path) -> Path:
    conform(path, None, path.with_suffix(".out.wav"))
    return path.with_suffix(".out.wav")


READERS: dict[str, Callable[[Path], object]] = {
    "a recording or its length": survey,
    "a cart": make,
    "alignment": energies,
    "the demonstration": lambda path: _decode(path, 5, None),
    "mastering": readable,
}


def sound(path: Path) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, RATE, 0, "NONE", ""))
        out.writeframes(bytes(range(1, 255)) * 4 * 500)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return sound(tmp_path / "private.wav")


def test_ffmpeg_itself_would_read_the_other_file(tmp_path: Path, other: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_text(PLAYLISTS["concat of a neighbour"].format(other=other), encoding="utf-8")
    options = ["-nostdin", "-v", "error", "-i", f"file:{path}", "-f", "s16le", "-"]
    assert subprocess.run([ffmpeg.find().path, *options], capture_output=True).stdout


@pytest.fixture(scope="module")
def other_is_a_sound(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the playlists name is heard by every reader where it is named itself."""
    other = sound(tmp_path_factory.mktemp("sound") / "private.wav")
    for read in READERS.values():
        assert read(other) is not None
    assert read_pad(other, timedelta(seconds=5)).decodable


@pytest.fixture
def refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ffmpeg refused is not asked again of the same file, whichever reader asks in the same words."""
    refused: dict[tuple[str, ...], ffmpeg.FfmpegError] = {}
    run = ffmpeg.run

    def once(arguments: Sequence[str], **options: Any) -> ffmpeg.Finished:
        asked = tuple(arguments)
        if asked in refused:
            raise ffmpeg.FfmpegError(refused[asked].code, refused[asked].log)
        try:
            return run(arguments, **options)
        except ffmpeg.FfmpegError as error:
            refused[asked] = error
            raise

    monkeypatch.setattr(ffmpeg, "run", once)


@pytest.mark.boundary
@pytest.mark.usefixtures("other_is_a_sound", "refused_once")
@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m3u8"])
@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_named_as_a_sound_reads_no_other_file(
    attempt: Attempt, tmp_path: Path, other: Path, kind: str, suffix: str
) -> None:
    path = tmp_path / f"sound{suffix}"
    path.write_text(PLAYLISTS[kind].format(other=other), encoding="utf-8")
    for read in READERS.values():
        with attempt("a playlist named as a sound"), pytest.raises(BobineError):
            read(path)
    with attempt("a playlist named as a sound"):
        assert not read_pad(path, timedelta(seconds=5)).decodable


@pytest.mark.slow
@pytest.mark.boundary
@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_as_the_input_is_not_recorded(attempt: Attempt, tmp_path: Path, other: Path, kind: str) -> None:
    path = tmp_path / "sound.wav"
    path.write_text(PLAYLISTS[kind].format(other=other), encoding="utf-8")
    with attempt("a playlist named as a sound"):
        found = input_check(RecordingSettings(input="file:sound.wav"), tmp_path, tmp_path / "recording", seconds=0.1)
        assert found.verdict is Verdict.BAD
        assert "ne donne plus de son" in found.words


@pytest.mark.boundary
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "socket"])
def test_what_is_no_regular_file_is_not_waited_for(attempt: Attempt, tmp_path: Path, kind: str) -> None:
    import socket

    path = tmp_path / "sound.wav"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "socket":
            socket.socket(socket.AF_UNIX).bind(os.path.relpath(path))
    for read in READERS.values():
        with attempt("a pipe, device, folder or socket named as a sound"), pytest.raises(BobineError):
            read(path)


@pytest.mark.boundary
def test_a_file_of_the_settings_stays_in_the_workspace(attempt: Attempt, tmp_path: Path, other: Path) -> None:
    from bobine.air.recorder.inputs.chosen import source_of

    root = tmp_path / "atelier"
    root.mkdir()
    (root / "lien.wav").symlink_to(other)
    (root / "dossier").symlink_to(tmp_path)
    sound(root / "son.wav")
    for name in ("lien.wav", "dossier/private.wav", "../private.wav"):
        with (
            attempt("a played file that lies outside the workspace"),
            pytest.raises(SoundError, match="hors de l'atelier"),
        ):
            source_of(RecordingSettings(input=f"file:{name}"), root)
    assert source_of(RecordingSettings(input="file:son.wav"), root).name == str(root.resolve() / "son.wav")
    # a rehearsal's --source, given on the command line, may lie anywhere
    assert source_of(RecordingSettings(input=f"file:{other}"), root).name == str(other.resolve())
