"""``bobine historique``: the states are listed, and one comes back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bobine.model.episode import Episode
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER, Atelier

EPISODE = "2026-11-26"


def _shorter_agenda(episode: Episode) -> Episode:
    rows = (replace(item, duration=timedelta(minutes=2)) if item.id == "agenda" else item for item in episode.items)
    return replace(episode, items=tuple(rows))


def _without_cinema(episode: Episode) -> Episode:
    return replace(episode, items=tuple(item for item in episode.items if item.id != "cinema"))


@pytest.fixture
def own(tmp_path: Path) -> Atelier:
    """The workspace of the worked example after two edits: an item is shorter, then another is gone."""
    shutil.copyfile(ATELIER / "shows.toml", tmp_path / "shows.toml")
    shutil.copytree(
        ATELIER / "episodes", tmp_path / "episodes", ignore=shutil.ignore_patterns("recording", "master", "history")
    )
    workspace = open_workspace(tmp_path)
    show, day = workspace.resolve(EPISODE, datetime.now(UTC).date())
    for minute, change in enumerate((_shorter_agenda, _without_cinema)):
        edit_episode(workspace, show, day, change, datetime(2026, 11, 20, 12, minute, tzinfo=UTC))
    return Atelier(tmp_path)


def test_states_are_listed_newest_first(own: Atelier) -> None:
    out = own.run("historique", EPISODE, env={"TZ": "Europe/Paris", "COLUMNS": "150"}).stdout
    rows = [" ".join(line.split()) for line in out.splitlines() if line.strip()[:1].isdigit()]
    assert rows[0].startswith("1 20/11/2026 13:01:00 (actuel) 49'30 −5'30 « Cinéma » enlevé")
    assert "durée de « Agenda » : 3'00 → 2'00" in rows[1]
    assert rows[2].split()[0] == "3"
    found = own.json("historique", EPISODE)
    assert [(state["n"], state["present"], state["planned_s"], state["gap_s"]) for state in found["states"]] == [
        (1, True, 2970, -330), (2, False, 3240, -60), (3, False, 3300, 0),
    ]  # fmt: skip
    assert found["states"][0]["changes"] == ["« Cinéma » enlevé"]


def test_a_state_comes_back_even_over_a_broken_plan(own: Atelier) -> None:
    plan = own.episode / "episode.toml"
    plan.write_text("cassé", encoding="utf-8")
    out = own.run("historique", EPISODE).stdout
    assert "ne se lit pas" in out
    assert "modifié à la main" in out
    assert "revenu à son état" in own.run("historique", EPISODE, "--revenir", "3").stdout
    assert plan.read_bytes() == (ATELIER / "episodes/bobine-romanaise/2026-11-26/episode.toml").read_bytes()
    states = own.json("historique", EPISODE)["states"]
    assert [state["readable"] for state in states] == [True, False, True, True, True]
    assert states[0]["changes"] == ["« Cinéma » ajouté", "durée de « Agenda » : 2'00 → 3'00"]


def test_what_cannot_be_is_said(own: Atelier) -> None:
    assert "de 1 à 3" in own.run("historique", EPISODE, "--revenir", "4", code=1).stderr
    shutil.rmtree(own.episode / "history")
    assert "commence à la première modification" in own.run("historique", EPISODE).stdout
    assert own.json("historique", EPISODE)["states"] == []
