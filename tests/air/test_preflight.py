from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.air.preflight.machine import Verdict, clock_synchronised, machine_checks
from bobine.evening.preflight import preflight
from bobine.model.recording import RecordingSettings
from bobine.store.documents.episodes import read_episode
from tests.keeping.conftest import DAY, Studio


def supply(folder: Path, name: str, kind: str, online: str = "") -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "type").write_text(kind + "\n")
    if online:
        (folder / name / "online").write_text(online + "\n")


def verdicts(folder: Path, *, bytes_per_second: int = 1, synchronised: bool | None = True) -> dict[str, Verdict]:
    found = machine_checks(folder / "not" / "there", bytes_per_second, power=folder, synchronised=synchronised)
    assert all(check.owner or check.verdict is Verdict.GOOD for check in found)
    return {check.what: check.verdict for check in found}


def test_a_desktop_computer_with_room_and_a_kept_clock_is_good(tmp_path: Path) -> None:
    assert set(verdicts(tmp_path).values()) == {Verdict.GOOD}
    assert set(verdicts(tmp_path / "no such folder").values()) == {Verdict.GOOD}


@pytest.mark.parametrize(("online", "verdict"), [("1", Verdict.GOOD), ("0", Verdict.BAD)])
def test_a_laptop_must_be_plugged_in(tmp_path: Path, online: str, verdict: Verdict) -> None:
    supply(tmp_path, "AC", "Mains", online)
    supply(tmp_path, "BAT0", "Battery")
    assert verdicts(tmp_path)["Courant"] is verdict


def test_a_disk_that_is_nearly_full_and_a_clock_that_is_not_kept_are_told(tmp_path: Path) -> None:
    assert verdicts(tmp_path, bytes_per_second=10**15)["Disque"] is Verdict.BAD
    assert verdicts(tmp_path, synchronised=False)["Horloge"] is Verdict.DOUBT
    assert verdicts(tmp_path, synchronised=None)["Horloge"] is Verdict.DOUBT
    assert clock_synchronised() in (True, False, None)


@pytest.mark.parametrize(("rate", "channels", "minutes"), [(48_000, 2, 100), (48_000, 1, 200), (96_000, 2, 50)])
def test_the_minutes_are_those_of_what_the_recorder_writes(
    rate: int, channels: int, minutes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio(tmp_path)
    show = replace(studio.show, recording=RecordingSettings(rate=rate, channels=channels))
    usage = shutil.disk_usage(tmp_path)
    sixteen_bits = 2
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=48_000 * 2 * sixteen_bits * 60 * 100))
    episode = read_episode(studio.workspace, studio.show, DAY)
    checks = preflight(show, episode, studio.root, studio.folder, listen=False)
    (disk,) = (check for check in checks if check.what == "Disque")
    assert disk.words.startswith(f"de la place pour {minutes} minutes")
