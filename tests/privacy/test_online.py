"""Somebody who was published is named nowhere online any more: records, feeds, pages, tags, covers, at each mirror."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bobine.evening.privacy import forgetting
from bobine.evening.privacy.forgetting import begin, carry_out
from bobine.evening.privacy.online import clearing
from bobine.evening.privacy.staging import read_intention
from bobine.publish.transcripts.reading import Cue
from bobine.publish.transcripts.writing import webvtt
from bobine.store.documents.episodes import read_episode
from bobine.store.records.corrections import read_corrections
from bobine.store.records.online import read_since_online
from bobine.store.records.releases import read_releases
from bobine.store.workspace import open_workspace
from tests.conftest import Atelier, Evening, made_once
from tests.privacy.traces import traces

pytestmark = [pytest.mark.slow, pytest.mark.integration]

NAME = "Lucien Témoin"
DAY = "2026-11-19"


@pytest.fixture(autouse=True)
def _covers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal also removes the covers that are kept: not those here, which all tests share."""
    monkeypatch.setattr(forgetting, "forget_covers", lambda: None)


def _make_published(folder: Path, evening: Evening) -> None:
    """An episode whose title, text, items and people name somebody, at two destinations, with a feed that is kept."""
    atelier = evening.atelier.copy(folder)
    shows = atelier.root / "shows.toml"
    text = shows.read_text("utf-8").replace("[shows.demo.podcast]\n", '[shows.demo.podcast]\nmirrors = ["miroir"]\n')
    path = json.dumps(str(folder / "miroir"))
    text += f'\n[destinations.miroir]\nkind = "folder"\npath = {path}\npublic_url = "http://localhost:8471/"\n'
    shows.write_text(text, "utf-8")
    for name in ("episode.toml", "master/manifest.toml"):
        file = atelier.episode / name
        renamed = file.read_text("utf-8").replace('title = "Portrait"', f'title = "Portrait de {NAME}"')
        renamed = renamed.replace("Une émission fabriquée de toutes pièces", f"{NAME} se raconte")
        file.write_text(renamed.replace("Des voix qui", "Avec LUCIEN TEMOIN, des voix qui"), "utf-8")
    said = folder / "dite.vtt"
    said.write_bytes(webvtt([Cue(1, 2, NAME, "Bonsoir."), Cue(2, 3, "Nadia", f"Bonsoir {NAME}.")]))
    atelier.json("transcription", DAY, str(said))
    said.unlink()
    atelier.json("publier", DAY)
    feed = folder / "feed" / "demo" / "feed.xml"
    feed.write_text(feed.read_text("utf-8").replace("</channel>", "<!-- à nous --></channel>"), "utf-8")
    atelier.json("publier", DAY)


@pytest.fixture
def published(evening: Evening, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    made = made_once(tmp_path_factory, "published-person", lambda folder: _make_published(folder, evening))
    shutil.copytree(made, tmp_path / "all")
    shows = tmp_path / "all" / "atelier" / "shows.toml"
    shows.write_text(shows.read_text("utf-8").replace(str(made), str(tmp_path / "all")), "utf-8")
    return tmp_path / "all"


def forget(folder: Path) -> bool:
    workspace = open_workspace(folder / "atelier")
    now = datetime.now(UTC)
    intention = read_intention(workspace.root) or begin(workspace, [NAME], "à sa demande", (), now)
    return carry_out(workspace, intention, now).is_whole


def test_nothing_online_names_them(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(published / "state"))
    before = list(traces(published, NAME))
    assert {"feed", "miroir", "atelier"} <= {Path(one).relative_to(published).parts[0] for one in before}
    assert any("/releases/feed-" in one for one in before)
    assert any(one.endswith("(its tags)") for one in before)
    atelier = Atelier(published / "atelier")
    record = published / "feed" / "demo" / "releases" / f"{DAY}.json"
    was = json.loads(record.read_text("utf-8"))
    old = {name: sorted(path.name for path in (published / name).rglob("*-*.jpg")) for name in ("feed", "miroir")}
    assert forget(published)
    assert not list(traces(published, NAME))
    for name, pictures in old.items():  # the cover that was drawn with the title is another one
        assert sorted(path.name for path in (published / name).rglob("*-*.jpg")) != pictures
    now = json.loads(record.read_text("utf-8"))
    for key in ("guid", "published", "duration_s"):
        assert now[key] == was[key]
    assert [one["start_ms"] for one in now["items"]] == [one["start_ms"] for one in was["items"]]
    assert "former" not in now
    assert len(list((published / "feed" / "demo" / "transcripts").iterdir())) == 2
    workspace = open_workspace(atelier.root)
    episode = read_episode(workspace, workspace.shows[0], date.fromisoformat(DAY))
    since = read_since_online(workspace.folder(episode.show, episode.date), episode)
    assert since is not None
    assert "transcription" not in since.changes
    again = atelier.json("publier", DAY)
    assert not list(traces(published, NAME))
    assert not [key for key in again["uploaded"] if key.endswith((".mp3", ".opus", ".jpg", ".vtt", ".srt"))]
    releases = read_releases(atelier.episode / "release.toml")
    assert {one.release.title for one in releases.values()} == {"Personne 1 se raconte"}
    trail = read_corrections(atelier.episode / "corrections.toml").corrections
    assert {one.destination for one in trail if one.reason == "à sa demande"} == {"local", "miroir"}
    assert all(one.done for one in trail)


def test_a_destination_that_is_away_is_finished_later(published: Path) -> None:
    (published / "miroir").rename(published / "parti")
    (published / "miroir").write_text("", "utf-8")
    assert not forget(published)
    assert read_intention(published / "atelier") is not None
    assert not list(traces(published / "feed", NAME))
    (published / "miroir").unlink()
    (published / "parti").rename(published / "miroir")
    assert forget(published)
    assert not list(traces(published, NAME))


class KilledError(BaseException):
    """A process that is killed."""


def test_what_a_killed_run_left_there_names_them_no_more(published: Path) -> None:
    (sound,) = (published / "feed" / "demo" / "audio").glob("*.mp3")
    left = sound.with_name(f".{sound.stem}.{'c' * 12}.tmp.mp3")
    shutil.copy(sound, left)
    elsewhere = sound.with_name(f".demo-2026-01-01-0123456789ab.{'d' * 12}.tmp.mp3")
    shutil.copy(sound, elsewhere)
    os.utime(elsewhere, (0, 0))
    assert str(left) in " ".join(traces(published, NAME))
    assert forget(published)
    assert not list(traces(published, NAME))
    assert not left.exists()
    assert not elsewhere.exists()


@pytest.mark.parametrize("step", ["_note_local", "_clear_leftovers"])
def test_a_run_that_is_killed_online_is_finished_by_the_next(
    published: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., object] = getattr(clearing, step)

    def killed(*arguments: object, **options: object) -> object:
        if step == "put_record":
            real(*arguments, **options)
        raise KilledError

    monkeypatch.setattr(clearing, step, killed)
    with pytest.raises(KilledError):
        forget(published)
    monkeypatch.setattr(clearing, step, real)
    assert forget(published)
    assert not list(traces(published, NAME))
    trail = read_corrections(Atelier(published / "atelier").episode / "corrections.toml").corrections
    assert all(one.done for one in trail)
