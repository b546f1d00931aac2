"""Publishing a mastered show, to the folder and to S3, as commands."""

from __future__ import annotations

import random
import signal
import time
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Atelier, Evening
from tests.disks import make_read_only, small_disk
from tests.publish.psp1 import violations
from tests.publish.seaweed import ACCESS_KEY, SECRET_KEY, SeaweedFS
from tests.whole_way.feeds import assert_feed_is_good, feed_file, only_episode

pytestmark = pytest.mark.slow

DAY = "2026-11-19"


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path) -> Atelier:
    return evening.atelier.copy(tmp_path)


def test_the_feed_is_accepted_by_three_clients(
    atelier: Atelier, evening: Evening, tmp_path: Path, partytime: Callable[[bytes], Any]
) -> None:
    said = atelier.json("publier", DAY)
    content = feed_file(tmp_path / "feed").read_bytes()
    known = {"feed_url", "feed_path", "guid", "enclosure_url", "pages", "uploaded", "unchanged", "warnings"}
    assert said.keys() == known
    for address in said["pages"]:
        assert address.startswith("http://localhost:8470/")
        assert (
            (tmp_path / "feed" / address.removeprefix("http://localhost:8470/"))
            .read_bytes()
            .startswith(b"<!doctype html>")
        )
    assert Path(said["feed_path"]) == feed_file(tmp_path / "feed")
    assert violations(content) == []
    assert atelier.json("verifier", "--flux") == {"ok": True, "findings": []}
    assert assert_feed_is_good(tmp_path / "feed") == 1
    episode = only_episode(content)
    assert episode["enclosures"][0]["url"] == said["enclosure_url"]
    assert episode["guid"] == said["guid"]
    assert episode["total_time"] == round(evening.mastered["mp3"]["duration_s"])
    (item,) = partytime(content)["items"]
    assert item["enclosure"]["url"] == said["enclosure_url"]
    assert item["enclosure"]["length"] == (tmp_path / "feed" / said["enclosure_url"].split("8470/")[1]).stat().st_size
    assert item["podcastChapters"]["url"].endswith(".json")
    assert {a["type"].split(";")[0] for a in item["alternativeEnclosures"]} == {"audio/mpeg", "audio/ogg"}


def test_publishing_twice_changes_nothing_and_says_so(atelier: Atelier, tmp_path: Path) -> None:
    first = atelier.json("publier", DAY)
    content, stamp = feed_file(tmp_path / "feed").read_bytes(), feed_file(tmp_path / "feed").stat().st_mtime_ns
    second = atelier.json("publier", DAY)
    assert first["uploaded"]
    assert second["uploaded"] == []
    assert feed_file(tmp_path / "feed").read_bytes() == content
    assert feed_file(tmp_path / "feed").stat().st_mtime_ns == stamp
    assert "Rien à changer" in atelier.run("publier", DAY).stdout


def test_killed_at_any_moment_it_ends_in_the_same_bytes(atelier: Atelier, tmp_path: Path) -> None:
    release = atelier.episode / "release.toml"
    rng, killed = random.Random(7), 0
    for _ in range(14):
        process = atelier.start("publier", DAY)
        time.sleep(rng.uniform(0.3, 3.0))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.communicate()
        assert_feed_is_good(tmp_path / "feed")
        if release.exists():
            tomllib.loads(release.read_text(encoding="utf-8"))
    assert killed >= 3
    atelier.run("publier", DAY)
    content = feed_file(tmp_path / "feed").read_bytes()
    # the same release, published in one go to an empty folder
    other = atelier.copy(tmp_path / "other")
    shows = other.root / "shows.toml"
    text = shows.read_text(encoding="utf-8")
    shows.write_text(text.replace(str(tmp_path / "feed"), str(tmp_path / "other" / "feed")), encoding="utf-8")
    other.run("publier", DAY)
    assert feed_file(tmp_path / "other" / "feed").read_bytes() == content
    assert not list((atelier.episode / "master").glob(".publier-*"))


def test_a_title_corrected_after_mastering_is_right_everywhere(atelier: Atelier, tmp_path: Path) -> None:
    first = atelier.json("publier", DAY)
    plan = atelier.episode / "episode.toml"
    title = 'Brebis & <loups> : l\'été "chaud"'
    text = plan.read_text(encoding="utf-8")
    text = text.replace('title = "Une émission fabriquée de toutes pièces"', f"title = '''{title}'''")
    plan.write_text(text, encoding="utf-8")
    second = atelier.json("publier", DAY)
    assert second["guid"] == first["guid"]
    assert second["enclosure_url"] != first["enclosure_url"]
    content = feed_file(tmp_path / "feed").read_bytes()
    episode = only_episode(content)
    assert episode["title"] == title
    import mutagen

    path = tmp_path / "feed" / second["enclosure_url"].split("8470/")[1]
    assert str(mutagen.File(path)["TIT2"]) == title


def test_what_the_master_holds_goes_online_as_it_would_be_made_again(atelier: Atelier, tmp_path: Path) -> None:
    def online(folder: Path) -> dict[str, bytes]:
        files = (
            path for path in folder.rglob("*") if path.is_file() and path.suffix in (".mp3", ".opus", ".jpg", ".json")
        )
        told = (path for path in files if "releases" not in path.parts and path.name != "state.json")  # not their dates
        return {str(path.relative_to(folder)): path.read_bytes() for path in told}

    made_again = atelier.copy(tmp_path / "other")
    shows, manifest = made_again.root / "shows.toml", made_again.episode / "master" / "manifest.toml"
    text = shows.read_text(encoding="utf-8")
    shows.write_text(text.replace(str(tmp_path / "feed"), str(tmp_path / "other" / "feed")), encoding="utf-8")
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(line.startswith("words_sha256") for line in lines)
    manifest.write_text("".join(line for line in lines if not line.startswith("words_sha256")), encoding="utf-8")
    atelier.run("publier", DAY)
    made_again.run("publier", DAY)
    kept = online(tmp_path / "feed")
    assert len(kept) >= 4
    assert kept == online(tmp_path / "other" / "feed")


def test_a_cover_changed_by_hand_in_the_master_is_made_again(atelier: Atelier, tmp_path: Path) -> None:
    first = atelier.json("publier", DAY)
    (atelier.episode / "master" / "cover.jpg").write_bytes(b"no cover")
    second = atelier.json("publier", DAY)
    assert first["uploaded"]
    assert second["uploaded"] == []


def test_a_consent_withdrawn_after_mastering_stops_the_publication(atelier: Atelier, tmp_path: Path) -> None:
    plan = atelier.episode / "episode.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('consent = "signed"', 'consent = "refused"', 1), encoding="utf-8")
    done = atelier.run("publier", DAY, code=1)
    assert "Remontez" in done.stderr
    assert not feed_file(tmp_path / "feed").exists()
    mastered = atelier.json("monter", DAY)
    assert len([item for item in mastered["items"] if not item["kept"]]) >= 2
    atelier.run("publier", DAY)
    assert assert_feed_is_good(tmp_path / "feed") == 1


def test_an_unknown_right_stops_the_master_and_names_who_and_what(atelier: Atelier) -> None:
    plan = atelier.episode / "episode.toml"
    text = plan.read_text(encoding="utf-8")
    text = text.replace('podcast = "cut"', 'podcast = "unknown"').replace(
        'consent = "signed"', 'consent = "requested"', 1
    )
    plan.write_text(text, encoding="utf-8")
    before = (atelier.episode / "master" / "podcast.mp3").read_bytes()
    done = atelier.run("monter", DAY, code=1)
    assert "Live 2" in done.stderr
    name = next(p["name"] for p in tomllib.loads(text)["people"] if p.get("consent") == "requested")
    assert name in done.stderr
    assert (atelier.episode / "master" / "podcast.mp3").read_bytes() == before


def test_to_a_real_s3_server_and_back(atelier: Atelier, seaweed: SeaweedFS) -> None:
    destination = seaweed.destination()
    with (atelier.root / "shows.toml").open("a", encoding="utf-8") as shows:
        shows.write(
            f'\n[destinations.distant]\nkind = "bucket"\nbucket = "{destination.bucket}"\n'
            f'endpoint = "{destination.endpoint}"\npublic_url = "{destination.public_url}"\n'
            f'prefix = "{destination.prefix}"\n'
        )
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_EC2_METADATA_DISABLED": "true"}
    said = atelier.json("publier", DAY, "--vers", "distant", env=keys)
    with urllib.request.urlopen(said["feed_url"]) as answer:
        content = answer.read()
        assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert violations(content) == []
    request = urllib.request.Request(said["enclosure_url"], headers={"Range": "bytes=1000-1999"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 206
        assert len(answer.read()) == 1000
        assert answer.headers["Content-Type"] == "audio/mpeg"
    again = atelier.json("publier", DAY, "--vers", "distant", env=keys)
    assert again["uploaded"] == []
    check = atelier.json("verifier", "--vers", "distant", env=keys)
    assert check["ok"]
    refused = atelier.run(
        "publier", DAY, "--vers", "distant", env={**keys, "AWS_SECRET_ACCESS_KEY": "wrong-secret"}, code=1
    )
    assert "wrong-secret" not in refused.stderr + refused.stdout


def test_without_a_master_it_says_what_to_do(atelier: Atelier) -> None:
    import shutil

    shutil.rmtree(atelier.episode / "master")
    assert "bobine monter" in atelier.run("publier", DAY, code=1).stderr


def test_a_tampered_master_is_refused(atelier: Atelier) -> None:
    with (atelier.episode / "master" / "podcast.mp3").open("ab") as file:
        file.write(b"x")
    assert "bobine monter" in atelier.run("publier", DAY, code=1).stderr


def test_a_read_only_destination_is_said_and_loses_nothing(atelier: Atelier, tmp_path: Path) -> None:
    with small_disk(tmp_path / "feed", 30) as folder:
        atelier.run("publier", DAY)
        content = feed_file(folder).read_bytes()
        make_read_only(folder)
        plan = atelier.episode / "episode.toml"
        plan.write_text(plan.read_text(encoding="utf-8").replace("fabriquée", "retouchée"), encoding="utf-8")
        done = atelier.run("publier", DAY, code=1)
        assert "lecture seule" in done.stderr
        assert feed_file(folder).read_bytes() == content
        assert not atelier.json("verifier", code=1)["ok"]
