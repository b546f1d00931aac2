from datetime import date
from pathlib import Path

import pytest

from bobine.demo.rundown import RUNDOWN, planned_seconds
from bobine.demo.workspace import make_demo_workspace
from bobine.errors import WorkspaceError
from bobine.model.destination import FolderDestination
from bobine.model.rights import podcast_edit
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace


def test_the_workspace_is_read_without_a_fault(tmp_path: Path) -> None:
    feed = tmp_path / 'le "flux" \\ d\'essai'
    slug, day = make_demo_workspace(tmp_path / "demo", feed, date(2026, 12, 1), 4)
    assert (slug, day) == ("demo", date(2026, 11, 26))
    workspace = open_workspace(tmp_path / "demo")
    destination = workspace.destination("local")
    assert isinstance(destination, FolderDestination)
    assert Path(destination.path) == feed.resolve()
    assert destination.public_url == "http://localhost:8470/"
    episode = read_episode(workspace, workspace.show(slug), day)
    assert [item.title for item in episode.items] == [item.title for item in RUNDOWN]
    assert [item.duration.seconds for item in episode.items] == list(planned_seconds(4))


def test_the_podcast_lacks_one_item_and_nothing_is_unknown(tmp_path: Path) -> None:
    slug, day = make_demo_workspace(tmp_path, tmp_path / "feed", date(2026, 12, 1), 4)
    workspace = open_workspace(tmp_path)
    episode = read_episode(workspace, workspace.show(slug), day)
    edit = podcast_edit(episode, [item.id for item in episode.items])
    assert list(edit.left_out) == ["live-2"]
    assert edit.unknown == ()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 26), date(2026, 11, 19)),
        (date(2026, 11, 27), date(2026, 11, 26)),
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_episode_is_of_the_last_thursday_that_is_over(tmp_path: Path, today: date, expected: date) -> None:
    assert make_demo_workspace(tmp_path, tmp_path / "feed", today, 4)[1] == expected


def test_made_anew_it_keeps_the_podcasts_identity(tmp_path: Path) -> None:
    make_demo_workspace(tmp_path, tmp_path / "feed", date(2026, 12, 1), 4)
    shows = tmp_path / "shows.toml"
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    shows.write_text(shows.read_text("utf-8").replace('guid = ""', f'guid = "{guid}"'), "utf-8")
    make_demo_workspace(tmp_path, tmp_path / "feed", date(2026, 12, 1), 2)
    assert open_workspace(tmp_path).show("demo").podcast.guid == guid


def test_another_workspace_is_left_alone(tmp_path: Path) -> None:
    make_demo_workspace(tmp_path, tmp_path / "feed", date(2026, 12, 1), 4)
    shows = tmp_path / "shows.toml"
    other = shows.read_text("utf-8").replace("[shows.demo", "[shows.bobine")
    shows.write_text(other, "utf-8")
    with pytest.raises(WorkspaceError, match="déjà un autre atelier"):
        make_demo_workspace(tmp_path, tmp_path / "feed", date(2026, 12, 1), 4)
    assert shows.read_text("utf-8") == other
