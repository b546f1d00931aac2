"""The preflight's look at the input and at the second copy: real sound servers, files, and words."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.air.preflight import input_check as ic
from bobine.air.preflight.machine import Check, Verdict
from bobine.air.recorder.clocks import boot
from bobine.air.recorder.link import control
from bobine.model.recording import RecordingSettings
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import RATE, Desk, Server, until
from tests.conftest import ATELIER, Atelier
from tests.disks import make_read_only, small_disk

MONITOR = "pulse:studio.monitor"


def checked(source: str, folder: Path, **settings: object) -> Check:
    chosen = RecordingSettings(input=source, **settings)  # type: ignore[arg-type]
    return ic.input_check(chosen, folder, folder / "recording", seconds=1)


def tone(path: Path, peak_dbfs: float, seconds: float = 3) -> Path:
    top = min(32767, round(32768 * 10 ** (peak_dbfs / 20)))
    words = [round(top * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(round(seconds * RATE))]
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(struct.pack(f"<{len(words)}h", *words))
    return path


@pytest.mark.slow
def test_an_input_that_gives_sound_is_good_with_its_level(server: Server, played: Played, tmp_path: Path) -> None:
    server.play(played.path)
    found: list[Check] = []

    def sounds() -> bool:
        found.append(checked(MONITOR, tmp_path))
        return found[-1].verdict is Verdict.GOOD

    until(sounds)
    assert found[-1].words.startswith("« Monitor of Null Output (studio.monitor) » : du son arrive, −")
    assert "LUFS, crête −" in found[-1].words
    assert not (tmp_path / "recording").exists()


@pytest.mark.slow
def test_a_silent_input_and_one_that_is_not_there_are_told(server: Server, tmp_path: Path) -> None:
    silent = checked(MONITOR, tmp_path)
    assert (silent.verdict, silent.owner) == (Verdict.BAD, "technique")
    assert (
        silent.words.partition(" » : ")[2]
        == "silence total : vérifiez le câble, la tranche de la console et l'entrée choisie"
    )
    absent = checked("pulse:no-such-source", tmp_path)
    assert (absent.verdict, absent.owner) == (Verdict.BAD, "technique")
    assert absent.words.startswith("la source « no-such-source » n'est pas là : vérifiez son branchement")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("peak_dbfs", "verdict", "words"),
    [
        (-20, Verdict.GOOD, "du son arrive, −"),
        (-70, Verdict.DOUBT, "presque rien n'arrive (crête −7"),
        (0, Verdict.BAD, "elle sature (crête 0,0 dBFS) : baissez"),
    ],
)
def test_the_level_of_a_file_decides(tmp_path: Path, peak_dbfs: float, verdict: Verdict, words: str) -> None:
    tone(tmp_path / "son.wav", peak_dbfs)
    found = checked("file:son.wav", tmp_path, channels=1)
    assert found.verdict is verdict
    assert found.words.startswith(words)


@pytest.mark.slow
def test_a_recorder_at_work_is_asked_instead(server: Server, desk: Desk, played: Played) -> None:
    server.play(played.path)
    desk.start(MONITOR)
    desk.wait_for(3)
    settings = RecordingSettings(input="pulse:something-else")
    found = ic.input_check(settings, desk.root, desk.recording, seconds=0.5)
    assert found.verdict is Verdict.GOOD
    assert found.words.startswith("déjà enregistrée depuis « Monitor of Null Output » ; du son arrive, −")
    status = desk.status()
    late = ic.status_check(status, ic.Signal(peak_dbfs=-9, lufs=-20), status.at + 5, boot())
    assert "ne dit plus rien" in late.words
    silent = ic.status_check(replace(status, silent=True), ic.Signal(peak_dbfs=None, lufs=None), status.at, boot())
    assert silent.words.startswith("l'enregistrement est en cours, et silencieux depuis")
    assert late.verdict is silent.verdict is Verdict.BAD


@pytest.mark.integration
def test_what_cannot_be_listened_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked("", tmp_path).verdict is Verdict.DOUBT
    gone = checked("file:pas-là.wav", tmp_path)
    assert gone.words == f"le fichier à jouer « {tmp_path / 'pas-là.wav'} » n'existe pas"
    monkeypatch.setattr(ffmpeg, "input_devices", frozenset)
    unknown = checked("jack:bobine", tmp_path)
    assert unknown.verdict is Verdict.BAD
    assert "ne sait pas lire « jack » : choisissez une autre entrée dans shows.toml" in unknown.words
    assert not control.is_running(tmp_path / "recording")


def test_the_second_copy_wants_a_disk_of_its_own(tmp_path: Path) -> None:
    recording = tmp_path / "recording"
    stick = tmp_path / "stick"

    def second(**settings: object) -> Check | None:
        return ic.second_check(RecordingSettings(**settings), tmp_path, recording)  # type: ignore[arg-type]

    assert second() is None
    absent = second(second="stick")
    assert absent is not None
    assert absent.words == f"« {stick} » n'est pas là : branchez ce disque, ou videz « second » dans shows.toml"
    stick.mkdir()
    same = second(second="stick")
    assert same is not None
    assert same.verdict is Verdict.DOUBT
    assert "sur le même disque que la première" in same.words
    assert list(stick.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(("megabytes", "verdict"), [(300, Verdict.GOOD), (60, Verdict.DOUBT), (8, Verdict.BAD)])
def test_a_second_copy_on_another_disk_needs_room(tmp_path: Path, megabytes: int, verdict: Verdict) -> None:
    with small_disk(tmp_path / "stick", megabytes) as stick:
        settings = RecordingSettings(second=str(stick), rate=8000)
        found = ic.second_check(settings, tmp_path, tmp_path / "recording")
        assert found is not None
        assert found.verdict is verdict
        assert found.words.startswith(f"« {stick} », de la place pour ")
        make_read_only(stick)
        closed = ic.second_check(settings, tmp_path, tmp_path / "recording")
        assert closed is not None
        assert closed.verdict is Verdict.BAD
        assert "ne peut pas être écrit : vérifiez ses droits et sa place" in closed.words


@pytest.mark.slow
def test_the_command_listens_unless_it_is_told_not_to(tmp_path: Path, make_studio: Callable[[Path], Atelier]) -> None:
    atelier = make_studio(tmp_path)
    lines = {one["what"]: one for one in atelier.json("antenne", "2026-11-26", "--controle", code=1)["checks"]}
    assert lines["Entrée son"]["words"].startswith("du son arrive")
    assert lines["Deuxième copie"]["verdict"] == "bad"
    assert lines["Deuxième copie"]["owner"] == "technique"
    lines = {
        one["what"]: one
        for one in atelier.json("antenne", "2026-11-26", "--controle", "--sans-ecoute", code=1)["checks"]
    }
    assert "Entrée son" not in lines
    assert "Deuxième copie" in lines
    atelier.run("antenne", "2026-11-26", "--sans-ecoute", code=1)


@pytest.fixture
def make_studio() -> Callable[[Path], Atelier]:
    import shutil

    def make(folder: Path) -> Atelier:
        root = folder / "atelier"
        shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
        shows = (ATELIER / "shows.toml").read_text("utf-8")
        shows = shows.replace('input = ""', 'input = "file:son.wav"', 1).replace('second = ""', 'second = "stick"', 1)
        (root / "shows.toml").write_text(shows, "utf-8")
        tone(root / "son.wav", -20)
        return Atelier(root)

    return make
