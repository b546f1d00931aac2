"""``reprendre``, ``exporter`` and ``retirer`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bobine.cli import main
from tests.publish.check.site import Site
from tests.publish.moving.conftest import Room
from tests.publish.moving.host import mp3
from tests.publish.moving.test_taking_over import online, three


def said(capsys: pytest.CaptureFixture[str], room: Room, *arguments: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["--atelier", str(room.root), *arguments, "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_podcast_comes_leaves_and_one_of_its_episodes_is_withdrawn(
    site: Site, room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = said(capsys, room, "reprendre", three(site))
    assert (taken["episodes"], taken["added"], taken["unfinished"]) == (3, 3, [])
    assert taken["feed_url"] == f"{room.store.public_url}{room.show.slug}/feed.xml"
    assert Path(taken["redirections"], "adresses.csv").exists()
    exported = said(capsys, room, "exporter", str(tmp_path / "x"), "--nouvelle-adresse", "https://neuf.example/")
    assert (exported["episodes"], exported["missing"]) == (3, [])
    assert said(capsys, room, "exporter", str(tmp_path / "x"), "--verifier")["ok"]
    (tmp_path / "x" / "episodes.csv").unlink()
    assert said(capsys, room, "exporter", str(tmp_path / "x"), "--verifier", code=1)["wrong"] == ["episodes.csv"]
    reference = f"{room.show.slug}/2020-11-12"
    gone = said(capsys, room, "retirer", reference, "--motif", "à sa demande", "--maintenant")
    assert any(key.endswith(".mp3") for key in gone["removed"])
    assert set(online(room)) == {"https://ancien.example/?p=2", f"{site.address}a.mp3"}
    assert mp3("c") not in [path.read_bytes() for path in Path(room.store.location("")).rglob("*.mp3")]
    assert said(capsys, room, "reprendre", three(site))["added"] == 0
    assert "guid-c" not in online(room)


def test_what_a_user_reads(site: Site, room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--atelier", str(room.root), "reprendre", three(site)]) == 0
    out = " ".join(capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "« Ancien » : 3 épisodes ici (3 de plus ou à jour)." in out
    assert "Le flux dit autrement que shows.toml (podcast.author) : « Moi »" in out
    assert main(["--atelier", str(room.root), "exporter", str(tmp_path / "x")]) == 0
    out = " ".join(capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "3 épisodes" in out
    assert "vérifiés" in out


def test_an_episode_that_is_nowhere_is_told_as_before(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--atelier", str(room.root), "retirer", "2020-11-12", "--motif", "x"]) == 1
    assert "Aucune émission" in capsys.readouterr().err


def test_the_new_address_stands_in_the_old_feed(site: Site, room: Room) -> None:
    room.take(three(site))
    shows = room.root / "shows.toml"
    text = shows.read_text("utf-8")
    head = f"[shows.{room.show.slug}.podcast]\n"
    shows.write_text(text.replace(head, f'{head}new_feed_url = "https://neuf.example/f?a=1&b=2"\n'), "utf-8")
    room.take(three(site))
    feed = Path(room.store.location(f"{room.show.slug}/feed.xml")).read_text("utf-8")
    assert "<itunes:new-feed-url>https://neuf.example/f?a=1&amp;b=2</itunes:new-feed-url>" in feed
