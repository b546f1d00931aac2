"""A recording attached from « Conducteur »: one file or several, marks, what is refused, Escape."""

from __future__ import annotations

import struct
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from bobine.model.aired.as_run import AsRun, MarksSource
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.publish.transcripts.reading import Cue
from bobine.publish.transcripts.writing import webvtt
from bobine.store.records.recordings import as_run_path, read_as_run
from bobine.store.records.transcripts import read_transcript, transcript_path, write_transcript
from bobine.tui.attaching.asking import AskFiles, Paths
from bobine.tui.kit.dialogs.choice import Choice
from bobine.tui.kit.dialogs.working import Working
from bobine.tui.messages import Wish
from tests.transcripts.mastered import master
from tests.tui.conftest import DAY, make_app
from tests.tui.hands import Hands, run, seat

LATER = datetime(2026, 11, 26, 20, 0, tzinfo=ZoneInfo("Europe/Paris"))
RATE = 100
LABELS = "0\t600\tGénérique et accueil\n"


def wav(path: Path, seconds: float, seed: int = 1, rate: int = 4000) -> Path:
    data = (np.random.default_rng(seed).normal(size=round(seconds * rate)) * 3000).astype("<i2").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + struct.pack("<4sI", b"data", len(data)) + data)
    return path


def recording(atelier: Path) -> Path:
    return atelier / "episodes" / "bobine-romanaise" / DAY.isoformat() / "recording"


def attached(atelier: Path) -> AsRun:
    return read_as_run(as_run_path(recording(atelier)))


def app(atelier: Path):  # type: ignore[no-untyped-def]
    return make_app(atelier, lambda: LATER, DAY)


async def ask(hands: Hands, *paths: object) -> None:
    """Open the dialog and type paths, one a line."""
    await hands.press("s")
    assert isinstance(hands.app.screen, AskFiles)
    for place, path in enumerate(paths):
        if place:
            await hands.press("down")
        await hands.write(str(path))
    await hands.press("enter")


async def found(hands: Hands) -> str:
    """Wait for what was found."""
    await hands.until(lambda: isinstance(hands.app.screen, Choice), "the result")
    return hands.dialog().replace("\u00a0", " ")


@pytest.mark.parametrize("form", ["lines", "folder", "quoted"])
def test_several_files_are_attached_and_said(atelier: Path, tmp_path: Path, form: str) -> None:
    card = tmp_path / "carte sd"
    files = [wav(card / f"ZOOM{n:04}.wav", 1800, n) for n in (1, 2)]

    async def test() -> None:
        async with seat(app(atelier)) as hands:
            match form:
                case "lines":
                    await ask(hands, files[1], files[0])
                case "folder":
                    await ask(hands, card)
                case _:
                    await ask(hands, f"'{files[0]}' '{files[1]}'")
            said = await found(hands)
            assert "Enregistrement rattaché : 18 éléments" in said
            assert "Monter l'émission" in said
            await hands.press(*["down"] * 6)
            parts = attached(atelier).recording.parts
            assert [part.origin for part in parts] == ["ZOOM0001.wav", "ZOOM0002.wav"]
            await hands.press("escape", "s")
            assert str(card) not in hands.text(), "what was used is not proposed again"

    run(test)


def test_what_cannot_be_is_said_under_the_lines(atelier: Path, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()

    async def test() -> None:
        async with seat(app(atelier)) as hands:
            await ask(hands, tmp_path / "rien.wav")
            assert "n'existe pas" in hands.dialog()
            await hands.press("escape", "s")
            assert hands.app.screen.query_one(Paths).text.endswith("rien.wav"), "what was typed waits"
            await hands.press("end", *["backspace"] * 8)
            await hands.write("vide")
            await hands.press("enter")
            assert "sans fichier son" in hands.dialog()
            assert not recording(atelier).exists()

    run(test)


def test_a_file_of_another_day_and_a_truncated_one_are_asked_about(atelier: Path, tmp_path: Path) -> None:
    file = wav(tmp_path / "studio.wav", 3600)
    with file.open("rb+") as stream:
        stream.truncate(file.stat().st_size - 400_000)

    async def test() -> None:
        async with seat(app(atelier)) as hands:
            await ask(hands, file)
            assert "est tronqué" in await found(hands)
            assert "--quand-meme" not in hands.text()
            await hands.press("enter")
            assert not as_run_path(recording(atelier)).exists()
            await ask(hands)
            await found(hands)
            await hands.press("down", "enter")
            assert "Enregistrement rattaché" in await found(hands)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await ask(hands, file)
            assert "L'émission n'a pas encore eu lieu" in await found(hands)

    run(test)


def test_a_transcript_is_attached_in_the_same_place_and_told(atelier: Path, tmp_path: Path) -> None:
    file = tmp_path / "dite.vtt"
    file.write_bytes(webvtt([Cue(2, 5, "Nadia", "Bonsoir."), Cue(61, 62, "", "Trop tard.")]))
    folder = recording(atelier).parent

    async def test() -> None:
        async with seat(app(atelier), (80, 24)) as hands:
            await ask(hands, file)
            await hands.until(lambda: any("monter" in one.message for one in hands.app._notifications), "it is refused")
            assert not transcript_path(folder).exists()
            master(folder)
            await ask(hands)
            told = "1 réplique, voix de Nadia"
            await hands.until(lambda: any(told in one.message for one in hands.app._notifications), "it is told")
            assert any("après la fin du podcast" in one.message for one in hands.app._notifications)
            assert read_transcript(transcript_path(folder)) is not None
            await hands.press("s")
            await hands.sees("L'épisode a une transcription, de « dite.vtt »")
            await hands.press("enter")
            await hands.sees("Rattacher un enregistrement")
            assert hands.app.screen.query_one(Paths).text == "", "what was used is not proposed again"
            await hands.press("escape")
            assert transcript_path(folder).exists()

    run(test)


@pytest.mark.parametrize("content", ["", "cues = 3"], ids=["whole", "damaged"])
def test_a_transcript_is_taken_away_where_one_is_attached(atelier: Path, content: str) -> None:
    folder = recording(atelier).parent
    cue = SpokenCue(text="Bonsoir.", who="Nadia", parts=(SoundPart(start_ms=0, end_ms=900),))
    write_transcript(transcript_path(folder), Transcript(origin="dite.vtt", recording="a" * 64, cues=(cue,)))
    if content:
        transcript_path(folder).write_text(content, "utf-8")

    async def test() -> None:
        async with seat(app(atelier), (80, 24)) as hands:
            await hands.press("s")
            await hands.sees("ne peut pas être lue" if content else "de « dite.vtt »")
            await hands.press("escape")
            assert transcript_path(folder).exists()
            await hands.press("s")
            await hands.sees("Retirer la transcription")
            await hands.press("down", "enter")
            await hands.sees("plus de transcription")
            assert not transcript_path(folder).exists()
            await hands.press("s")
            await hands.sees("Rattacher un enregistrement")

    run(test)


def test_escape_stops_it_and_leaves_all_as_it_was(
    atelier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = wav(tmp_path / "studio.wav", 3600)
    held = threading.Event()

    def slow(path: Path, cancel: threading.Event) -> None:
        held.set()
        cancel.wait(20)
        from bobine.errors import Interrupted

        raise Interrupted

    monkeypatch.setattr("bobine.air.importing.several.sources.survey", slow)

    async def test() -> None:
        async with seat(app(atelier)) as hands:
            await hands.press("s")
            await hands.write(str(file))
            hands._key("enter")
            while not (held.is_set() and isinstance(hands.app.screen, Working)):
                await hands.pilot.pause(0.02)
            hands.app.screen.query_one("#dialog-bar")
            hands._key("escape")
            await hands.until(lambda: not isinstance(hands.app.screen, Working), "it is gone")
            assert "Arrêté : rien n'a été changé." in hands.told()
            assert not recording(atelier).exists()

    run(test)


def test_marks_are_taken_and_the_master_is_wished(atelier: Path, tmp_path: Path) -> None:
    file = wav(tmp_path / "studio.wav", 700)
    marks = tmp_path / "marks.txt"

    async def test() -> None:
        async with seat(app(atelier)) as hands:
            titles = [item.title for item in hands.rundown.episode.items[:3]]
            marks.write_text("".join(f"{n * 200}\t{n * 200 + 200}\t{title}\n" for n, title in enumerate(titles)))
            await hands.press("s")
            await hands.write(str(file))
            await hands.press("tab")
            await hands.write(str(marks))
            await hands.press("enter")
            assert "Enregistrement rattaché : 3 éléments" in await found(hands)
            assert attached(atelier).source is MarksSource.MARKS
            await hands.press("enter")
            assert hands.app.wish == Wish(f"bobine-romanaise/{DAY}", publish=False)

    run(test)


def test_nothing_typed_is_the_show_of_its_pads(atelier: Path) -> None:
    async def test() -> None:
        async with seat(app(atelier)) as hands:
            await ask(hands)
            await hands.until(lambda: "PAD" in hands.told(), "no item has one")
            assert not recording(atelier).exists()

    run(test)
