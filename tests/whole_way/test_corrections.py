"""Corrected, withdrawn, answered: by commands, from the destination to what a listener's app is told."""

from __future__ import annotations

import json
import random
import re
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bobine.master.cache.entries import read_header
from tests.conftest import Atelier, Evening
from tests.whole_way.feeds import assert_feed_is_good, feed_file, only_episode

pytestmark = pytest.mark.slow

DAY = "2026-11-19"
KEYS = {"feed_url", "changed", "removed", "kept_until", "platforms"}


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path) -> Atelier:
    """An episode that is online."""
    atelier = evening.atelier.copy(tmp_path)
    atelier.run("publier", DAY)
    return atelier


def rewrite(atelier: Atelier, old: str, new: str, file: str = "episode.toml") -> None:
    path = atelier.episode / file if file == "episode.toml" else atelier.root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def files(feed: Path) -> set[str]:
    found = (path for path in (feed / "demo").rglob(f"*{DAY}*") if path.is_file() and "releases" not in path.parts)
    return {str(path.relative_to(feed)) for path in found}


def title_of(atelier: Atelier) -> str:
    (line,) = [one for one in (atelier.episode / "episode.toml").read_text("utf-8").splitlines()
               if one.startswith("title = ")][:1]  # fmt: skip
    return line


def test_a_misspelt_title_is_corrected_under_the_same_guid_and_the_old_files_wait(
    atelier: Atelier, tmp_path: Path
) -> None:
    feed = tmp_path / "feed"
    before, old = only_episode(feed_file(feed).read_bytes()), files(feed)
    rewrite(atelier, title_of(atelier), 'title = "La Bobine, bien écrite"')
    rewrite(atelier, 'title = "Portrait"', 'title = "Le portrait de Lucien"')
    said = atelier.json("corriger", DAY, "--motif", "le titre était mal écrit")
    assert said.keys() == KEYS
    after = only_episode(feed_file(feed).read_bytes())
    assert (after["guid"], after["title"]) == (before["guid"], "La Bobine, bien écrite")
    assert after["enclosures"][0]["url"] != before["enclosures"][0]["url"]
    assert " Le portrait de Lucien" in after["description"]
    for name in files(feed) - old:
        content = (feed / name).read_bytes()
        assert any("Le portrait de Lucien".encode(form) in content for form in ("utf-8", "utf-16-le")) != (
            ".jpg" in name
        )
    assert set(said["changed"]) >= {"demo/feed.xml", f"demo/releases/{DAY}.json"}
    assert said["removed"] == []
    assert said["kept_until"]
    assert files(feed) > old
    assert_feed_is_good(feed)
    again = atelier.json("corriger", DAY, "--motif", "le titre était mal écrit")
    assert (again["changed"], again["removed"]) == ([], [])
    at_once = atelier.json("corriger", DAY, "--motif", "sans attendre", "--maintenant")
    assert set(at_once["removed"]) == old
    assert at_once["kept_until"] is None
    assert not files(feed) & old
    trail = atelier.json("corriger", DAY, "--liste")["corrections"]
    assert [one["reason"] for one in trail] == ["le titre était mal écrit", "sans attendre"]
    assert set(trail[0]["replaced"]) == old
    told = atelier.run("corriger", DAY, "--liste").stdout
    assert all(one in told for one in ("attendre", *old))


@pytest.mark.parametrize("command", ["corriger", "retirer"])
def test_what_a_killed_run_left_of_the_episode_goes_at_once(atelier: Atelier, tmp_path: Path, command: str) -> None:
    sounds = tmp_path / "feed" / "demo" / "audio"
    left = sounds / f".demo-{DAY}-0123456789ab.{'c' * 12}.tmp.mp3"
    left.write_bytes(b"the voice of who leaves")
    atelier.json(command, DAY, "--motif", "à la demande d'une invitée", "--maintenant")
    assert not left.exists()
    assert [path.name for path in sounds.iterdir() if path.name.startswith(".")] == []


def chapters_of(feed: Path) -> list[float]:
    (named,) = re.findall(r'<podcast:chapters url="[^"]*/(demo/[^"]*)"', feed_file(feed).read_text("utf-8"))
    return [one["startTime"] for one in json.loads((feed / named).read_text("utf-8"))["chapters"]]


def test_a_cut_goes_online_by_one_correction_which_makes_the_master_again(atelier: Atelier, tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    before, chapters = only_episode(feed_file(feed).read_bytes()), chapters_of(feed)
    atelier.run("couper", DAY, "portrait", "2", "3,5")
    assert "Montage refait" in atelier.run("corriger", DAY, "--motif", "une toux").stdout
    after = only_episode(feed_file(feed).read_bytes())
    assert after["guid"] == before["guid"]
    moved = [round(old - new, 3) for old, new in zip(chapters, chapters_of(feed), strict=True)]
    assert [shift for shift in moved if shift] == [pytest.approx(1.5, abs=0.1)] * (len(moved) - moved.count(0))
    assert moved.count(0) < len(moved)
    assert moved[0] == 0
    made = (atelier.episode / "master" / "podcast.mp3").stat()
    assert "Montage refait" not in atelier.run("corriger", DAY, "--motif", "une toux").stdout
    assert (atelier.episode / "master" / "podcast.mp3").stat().st_ino == made.st_ino
    atelier.run("couper", DAY, "portrait", "--rendre", "1")
    atelier.run("corriger", DAY, "--motif", "elle ne gênait pas")
    assert chapters_of(feed) == pytest.approx(chapters, abs=0.001)
    assert_feed_is_good(feed)


def test_without_a_reason_nothing_is_changed(atelier: Atelier, tmp_path: Path) -> None:
    content = feed_file(tmp_path / "feed").read_bytes()
    for command in (("corriger", DAY), ("retirer", DAY), ("retirer", DAY, "--motif", " ")):
        assert "--motif" in atelier.run(*command, code=1).stderr
    assert feed_file(tmp_path / "feed").read_bytes() == content


def test_an_item_leaves_the_sound_the_chapters_and_the_texts(atelier: Atelier, tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    before, old = only_episode(feed_file(feed).read_bytes()), files(feed)
    assert "Portrait" in before["description"]
    said = atelier.json("retirer", DAY, "--element", "portrait", "--motif", "accord retiré", "--maintenant")
    assert said.keys() == KEYS
    kept = [read_header(path).items for path in (atelier.episode / "master" / ".cache").glob("[0-9a-f]*")]
    assert any("ados" in items for items in kept)
    assert not any("portrait" in items for items in kept), "the voice of who left is kept nowhere"
    assert set(said["removed"]) >= {one for one in old if "/audio/" in one or "/chapters/" in one}
    after = only_episode(feed_file(feed).read_bytes())
    assert after["guid"] == before["guid"]
    assert after["total_time"] < before["total_time"]
    online = [path for path in (feed / "demo").rglob("*") if path.suffix in (".json", ".xml")]
    assert online
    assert all("Portrait" not in path.read_text("utf-8") for path in online)
    chapters = json.loads(next((feed / "demo" / "chapters").glob("*.json")).read_text("utf-8"))["chapters"]
    assert chapters[-1]["startTime"] < after["total_time"]
    assert_feed_is_good(feed)
    # a master made again leaves it out too, until it is given back
    assert not {one["id"]: one["kept"] for one in atelier.json("monter", DAY)["items"]}["portrait"]
    assert atelier.json("publier", DAY)["uploaded"] == []
    assert atelier.json("retirer", DAY, "--element", "portrait", "--rendre")["given_back"]
    assert "Remontez" in atelier.run("publier", DAY, code=1).stderr
    assert "ados" in atelier.run("retirer", DAY, "--element", "inconnu", "--motif", "essai", code=1).stderr


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(atelier: Atelier) -> Iterator[str]:
    """The feed's folder, served; the base of its addresses, which shows.toml names too."""
    number = port()
    rewrite(atelier, "localhost:8470", f"localhost:{number}", "shows.toml")
    atelier.run("publier", DAY)
    server = atelier.start("servir", "--port", str(number))
    try:
        for _ in range(200):
            if status(f"http://localhost:{number}/") == 200:
                break
            time.sleep(0.1)
        yield f"http://localhost:{number}/"
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_a_withdrawn_episode_is_gone_for_listeners_and_comes_back_by_publishing(
    atelier: Atelier, served: str, tmp_path: Path
) -> None:
    feed = tmp_path / "feed"
    before = only_episode(feed_file(feed).read_bytes())
    address = before["enclosures"][0]["url"]
    assert status(address) == 200
    said = atelier.json("retirer", DAY, "--motif", "à la demande d'une invitée")
    assert said["removed"] == []
    assert before["guid"] not in feed_file(feed).read_text("utf-8")
    assert status(address) == 410
    assert "encore" not in atelier.run("retirer", DAY, "--verifier").stdout
    now = atelier.json("retirer", DAY, "--motif", "à la demande d'une invitée", "--maintenant")
    assert {address.removeprefix(served)} <= set(now["removed"])
    assert files(feed) == set()
    assert atelier.json("retirer", DAY, "--verifier")["ok"] is True
    record = (feed / "demo" / "releases" / f"{DAY}.json").read_text("utf-8")
    assert before["title"] not in record
    assert "est retiré" in atelier.run("corriger", DAY, "--motif", "essai", code=1).stderr
    atelier.run("publier", DAY)
    back = only_episode(feed_file(feed).read_bytes())
    assert (back["guid"], back["published"]) == (before["guid"], before["published"])
    assert status(back["enclosures"][0]["url"]) == 200
    assert [one["command"] for one in atelier.json("corriger", DAY, "--liste")["corrections"]] == [
        "retirer", "retirer", "publier",
    ]  # fmt: skip


def test_killed_at_any_moment_a_withdrawal_names_nothing_deleted_and_is_finished(
    atelier: Atelier, tmp_path: Path
) -> None:
    feed, rng, killed = tmp_path / "feed", random.Random(12), 0
    for _ in range(5):
        process = atelier.start("retirer", DAY, "--motif", "essai", "--maintenant")
        time.sleep(rng.uniform(0.3, 2.0))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.communicate()
        assert_feed_is_good(feed)
    assert killed
    atelier.run("retirer", DAY, "--motif", "essai", "--maintenant")
    assert files(feed) == set()
    assert assert_feed_is_good(feed) == 0


def test_a_right_of_reply_stands_whole_in_the_text(atelier: Atelier, tmp_path: Path) -> None:
    text = tmp_path / "réponse.txt"
    text.write_text("Je n'ai <b>jamais</b> dit cela & je le répète.\n", encoding="utf-8")
    said: dict[str, Any] = atelier.json("droit-de-reponse", DAY, "--texte", str(text), "--de", "Mme Durand")
    assert said.keys() == KEYS
    told = only_episode(feed_file(tmp_path / "feed").read_bytes())["description"]
    assert "Droit de réponse de Mme Durand" in told
    assert "jamais" in told
    again = atelier.json("droit-de-reponse", DAY, "--texte", str(text), "--de", "Mme Durand")
    assert again["changed"] == []
    assert atelier.json("publier", DAY)["uploaded"] == []
    assert "trois jours" in atelier.run("droit-de-reponse", DAY, "--texte", str(text), "--de", "Mme Durand").stdout
