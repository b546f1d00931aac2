"""What ``monter --tout`` refuses, what it shows on its way, and how it goes round lost workers: nothing is mastered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.children import LostError
from bobine.cli import main
from bobine.commands.monter_tout import ArchiveProgress
from bobine.errors import BusyError, ClusterError
from bobine.evening.archive.cluster import ClusterWorkers
from bobine.evening.archive.makers import makers_print, other_versions
from bobine.evening.archive.orders import AGAIN, Fate, Order, Outcome
from bobine.evening.archive.presence import lock_fault, one_run, place_fault
from bobine.evening.archive.rounds import remaster_all
from bobine.evening.archive.run import check_address
from tests.conftest import ATELIER

TEXTS = st.text(max_size=20)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("derniere", "--coeurs", "2"), "--coeurs ne va qu'avec --tout."),
        (("derniere", "--grappe", "tcp://a:1"), "--grappe ne va qu'avec --tout."),
        (("derniere", "--emission", "x"), "--emission ne va qu'avec --tout."),
        (("--tout", "--grappe", "tcp://a:1", "--coeurs", "2"), "--coeurs ne va pas avec --grappe"),
        (("--tout", "--grappe", "a:1"), "--grappe a:1\u00a0: écrivez l'adresse"),
        (("--tout", "bobine-romanaise", "--emission", "autre"), "Nommez une seule émission"),
        (("--tout", "2026-11-26"), "Il n'y a pas d'émission «\u00a02026-11-26\u00a0»"),
        (("--tout", "--formats", "wav"), "--formats wav"),
    ],
)
def test_what_does_not_go_together_is_refused(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--atelier", str(ATELIER), "monter", *words]) == 1
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize("address", ["tcp://192.168.1.10:8786", "tls://grappe.local:8786", "tcp://[::1]:8786"])
def test_an_address_of_a_scheduler_is_taken(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", ["", "grappe", "http://a:80", "tcp://a", "tcp://a:b", "tcp://a:1/x", "tcp://a b:1"])
def test_another_address_is_not(address: str) -> None:
    with pytest.raises(ClusterError, match="dask scheduler"):
        check_address(address)


def test_without_the_package_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'bobine\[grappe\]'"):
        ClusterWorkers("tcp://127.0.0.1:1", str(tmp_path), "beacon")


@given(TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=2), st.integers(1, 64), TEXTS, TEXTS)
def test_an_order_is_read_as_it_was_given(
    root: str, show: str, day: str, formats: list[str], cores: int, beacon: str, makers: str
) -> None:
    order = Order(root, show, day, tuple(formats), cores, beacon, makers)
    assert "\n" not in order.text()
    assert Order.read(order.text()) == order


@given(TEXTS, st.sampled_from(Fate), st.integers(0), st.integers(0), TEXTS)
def test_so_is_an_outcome(episode: str, fate: Fate, reused: int, encoded: int, sentence: str) -> None:
    outcome = Outcome(episode, fate, reused, encoded, sentence)
    assert "\n" not in outcome.text()
    assert Outcome.read(outcome.text()) == outcome


def test_versions_that_differ_are_named() -> None:
    here = {"bobine": "1 (code a)", "ffmpeg": "5.1 (système)", "numpy": "2"}
    assert other_versions(here, dict(here)) == ""
    there = {"bobine": "1 (code a)", "ffmpeg": "7.0 (imageio-ffmpeg)"}
    assert other_versions(here, there) == (
        "ffmpeg 7.0 (imageio-ffmpeg) au lieu de 5.1 (système), numpy absent au lieu de 2"
    )
    assert makers_print(here) == makers_print(dict(reversed(here.items())))
    assert makers_print(here) != makers_print(there)


def test_a_folder_is_the_runs_own_where_its_beacon_lies_and_its_lock_is_held(tmp_path: Path) -> None:
    (tmp_path / "shows.toml").touch()
    (tmp_path / "episodes").mkdir()
    left = tmp_path / ".monter-tout.0123456789ab.tmp"
    left.touch()  # by a run that was killed
    with one_run(tmp_path) as beacon:
        assert not left.exists()
        assert place_fault(tmp_path, beacon) == ""
        assert lock_fault(tmp_path) == ""
    assert "un autre dossier" in place_fault(tmp_path, beacon)
    assert "n'a pas de verrous en commun" in lock_fault(tmp_path)
    assert "n'y est pas un atelier" in place_fault(tmp_path / "episodes", beacon)


def test_two_runs_over_one_workspace_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "shows.toml").touch()
    refused = pytest.raises(BusyError, match="Un autre « bobine monter --tout » est en cours")
    with one_run(tmp_path), refused, one_run(tmp_path):
        pass


class Scripted:
    """Workers whose answers are known beforehand, an answer a round for each episode."""

    count = 1

    def __init__(self, answers: dict[str, list[Outcome | Exception | str]]) -> None:
        self.answers = answers
        self.rounds = 1

    def submit(self, order_text: str) -> Future[str]:
        answer = self.answers[Order.read(order_text).episode].pop(0)
        future: Future[str] = Future()
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer if isinstance(answer, str) else answer.text())
        return future

    def check(self) -> None:
        raise AssertionError

    def again(self) -> None:
        self.rounds += 1


@pytest.mark.parametrize(
    "lost",
    [
        *(LostError(), KeyError("of the cluster's own"), "", "{}"),
        *(Outcome("s/a", fate, sentence="x") for fate in sorted(AGAIN)),
    ],
    ids=str,
)
def test_what_was_lost_is_done_again_after_the_others(lost: Any) -> None:
    done, other = Outcome("s/a", Fate.ENCODED, 0, 2), Outcome("s/b", Fate.UNCHANGED, 2)
    told: list[Outcome] = []
    workers = Scripted({"s/a": [lost, done], "s/b": [other]})
    orders = [Order("/", "s", day, (), 1, "") for day in "ab"]
    assert remaster_all(orders, workers, told.append) == (done, other)
    assert told == [other, done]
    assert workers.rounds == 2


def test_what_is_always_lost_is_an_error_in_the_end_with_a_sentence() -> None:
    workers = Scripted({"s/a": [LostError(), LostError(), LostError()]})
    (found,) = remaster_all([Order("/", "s", "a", (), 1, "")], workers, lambda _: None)
    assert found.fate is Fate.ERROR
    assert found.sentence.startswith("Ce qui montait s/a s'est arrêté en plein travail, plusieurs fois :")


def test_the_progress_says_how_many_which_and_for_how_long_still() -> None:
    def recorded(day: str, sound_s: float) -> Any:
        return SimpleNamespace(folder=SimpleNamespace(reference=f"s/{day}"), sound_s=sound_s)

    archive: Any = SimpleNamespace(recorded=[recorded("a", 600), recorded("b", 300), recorded("c", 100)])
    shown: list[tuple[str, float]] = []
    now_s = 0.0
    clock: Callable[[], float] = lambda: now_s  # noqa: E731
    progress = ArchiveProgress(archive, lambda *what: shown.append(what), clock)
    progress.show()
    now_s = 1.0
    progress.note(Outcome("s/a", Fate.UNCHANGED))
    now_s = 61.0
    progress.note(Outcome("s/b", Fate.ENCODED, 0, 3))
    now_s = 90.0
    progress.note(Outcome("s/c", Fate.ERROR))
    assert shown == [
        ("0 sur 3", 0.0),
        ("1 sur 3, s/a", 0.6),
        ("2 sur 3, s/b, encore 20 s", 0.9),
        ("3 sur 3, s/c", 1.0),
    ]
