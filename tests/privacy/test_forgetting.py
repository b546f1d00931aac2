"""Somebody who asks to be forgotten is named nowhere in the workspace, whatever a run that is killed left of it."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bobine.air.live.held_journal import spare_of
from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.errors import WorkspaceError
from bobine.evening.online.kept_covers import kept_cover
from bobine.evening.privacy import staging
from bobine.evening.privacy.forgetting import begin, carry_out
from bobine.evening.privacy.survey import survey
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import read_state, states
from bobine.store.documents.hours import read_hours
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.local_state import state_folder
from bobine.store.workspace import open_workspace
from tests.privacy.filled import DAY, NAME, SLUG, events
from tests.privacy.forgotten import LATER, forget
from tests.privacy.traces import traces

pytestmark = pytest.mark.integration


def test_nothing_is_left_of_the_name(root: Path) -> None:
    """In bytes of any encoding and in tags, history, archive, journal, its spare copy and conflict copies included."""
    assert len(list(traces(root.parent, NAME))) > 20
    assert forget(root) == "Bénévole 1"
    assert not list(traces(root.parent, NAME))
    assert not (root / ".oubli").exists()


def test_no_image_is_kept_that_may_show_the_name(root: Path) -> None:
    kept_cover(("episode", f"Avec {NAME}"), lambda: b"an image")
    covers = state_folder() / "covers"
    assert list(covers.iterdir())
    forget(root)
    assert not list(covers.iterdir())


def test_what_was_readable_still_is(root: Path) -> None:
    workspace = open_workspace(root)
    (show,) = workspace.shows
    before = read_episode(workspace, show, DAY)
    forget(root)
    workspace = open_workspace(root)
    after = read_episode(workspace, show, DAY)
    assert [item.id for item in after.items] == [item.id for item in before.items]
    assert after.person("benevole-1").name == "Bénévole 1"
    assert [person.role for person in after.people] == [person.role for person in before.people]
    assert [person.name for person in after.people][2:] == [person.name for person in before.people][2:]
    assert [member.name for member in read_team(workspace, show)] == ["Ana Autre"]
    assert read_ideas(workspace, show)[0].by == "avec Bénévole 1 au micro"


def test_every_document_is_still_toml_with_the_same_keys(root: Path) -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(one) for key, one in value.items()}
        return [shape(one) for one in value] if isinstance(value, list) else type(value)

    files = [path for path in root.rglob("*.toml") if "copie" not in path.name and path.name != "team.toml"]
    before = {path: shape(tomllib.loads(path.read_text("utf-8"))) for path in files}
    forget(root)
    assert {path: shape(tomllib.loads(path.read_text("utf-8"))) for path in files} == before


def test_the_journal_has_the_same_events_at_the_same_places(root: Path) -> None:
    path = root / "episodes" / "bobine-romanaise" / DAY.isoformat() / JOURNAL_FILE
    before = Journal(path).read()
    forget(root)
    after = Journal(path).read()
    assert len(before) == len(events())
    assert [(type(one), one.at, one.position) for one in after] == [(type(one), one.at, one.position) for one in before]
    assert spare_of(path).read_text("utf-8") == "".join(path.read_text("utf-8").splitlines(keepends=True)[: len(after)])


def test_hours_count_under_the_pseudonym(root: Path) -> None:
    (root / "episodes/bobine-romanaise/2026-11-26/hours.toml").write_text(
        f'[[hours]]\nid = "a"\nname = "{NAME}"\ntask = "other"\nduration = "2 h"\nnotes = "garde ses enfants"\n',
        "utf-8",
    )
    forget(root)
    workspace = open_workspace(root)
    (line,) = read_hours(workspace, workspace.shows[0], DAY)
    assert (line.name, line.duration.total_seconds(), line.notes) == ("Bénévole 1", 7200, "")


def test_who_signs_for_a_minor_goes_with_the_minor(root: Path) -> None:
    path = root / "episodes/bobine-romanaise/2026-11-26/episode.toml"
    person = '[[people]]\nid = "zoe"\nname = "Zoé B"\nrole = "guest"\nminor = true\nrepresentative = "Paul Brun"\n'
    path.write_text(path.read_text("utf-8").replace("[[people]]", f"{person}\n[[people]]", 1), "utf-8")
    workspace = open_workspace(root)
    carry_out(workspace, begin(workspace, ["zoe b"], "x", (), LATER), LATER)
    assert not list(traces(root, "Zoé B", "Paul Brun"))
    assert read_episode(workspace, workspace.shows[0], DAY).person("personne-1").representative == "représentant légal"


def test_aliases_are_the_same_person(root: Path) -> None:
    team = root / "episodes/bobine-romanaise/team.toml"
    team.write_text(f'[[members]]\nid = "x"\nname = "{NAME}"\naliases = ["Lolo des Platines"]\n', "utf-8")
    note = root / "episodes/bobine-romanaise/note.txt"
    note.write_text("Lolo des platines vient.", "utf-8")
    forget(root)
    assert note.read_text("utf-8") == "Bénévole 1 vient."
    assert not read_team(open_workspace(root), open_workspace(root).shows[0])


def test_an_item_where_the_person_speaks_is_named(root: Path) -> None:
    found = survey(open_workspace(root), ["Claire Dumollard"], LATER)
    assert ("bobine-romanaise/2026-11-26", "politique-locale") in [(one.reference, one.item) for one in found.heard]


def test_the_reason_does_not_name_the_person(root: Path) -> None:
    with pytest.raises(WorkspaceError, match="motif"):
        begin(open_workspace(root), [NAME], f"demandé par {SLUG}", (), LATER)
    assert not (root / ".oubli").exists()


class KilledError(BaseException):
    """A process that is killed."""


@pytest.mark.slow
def test_a_run_that_is_killed_anywhere_is_finished_by_the_next(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = staging._put
    for after in (0, 1, 5, 17):
        copy = tmp_path / f"copy-{after}"
        shutil.copytree(root, copy)
        left = after

        def killed(change: object, put: Callable[..., bool] = put) -> bool:
            nonlocal left
            if left == 0:
                raise KilledError
            left -= 1
            return put(change)

        workspace = open_workspace(copy)
        intention = begin(workspace, [NAME], "x", (), LATER)
        monkeypatch.setattr(staging, "_put", killed)
        with pytest.raises(KilledError):
            carry_out(workspace, intention, LATER)
        monkeypatch.setattr(staging, "_put", put)
        again = staging.read_intention(copy)
        assert again == intention
        carry_out(open_workspace(copy), again, LATER)
        assert not list(traces(copy, NAME)), after
        assert not (copy / ".oubli").exists()


def test_the_history_keeps_its_states(root: Path) -> None:
    workspace = open_workspace(root)
    folder = workspace.folder("bobine-romanaise", DAY)
    shutil.copy(folder.plan, folder.history / "20261120T100000.000000Z.toml")
    before = [state.at for state in states(folder)]
    forget(root)
    assert [state.at for state in states(folder)] == before
    newest = read_state(workspace, workspace.shows[0], DAY, states(folder)[0])
    assert newest.person("benevole-1").name == "Bénévole 1"


def test_a_name_that_tags_cut_is_found_in_pages_and_feeds(root: Path) -> None:
    page = root / "site/accueil.html"
    page.parent.mkdir()
    page.write_text("<p>avec <b>Lo\u00efc</b> <i>Chas</i>tel</p>\n<td>Lo&iuml;c</td><td>Chastel</td>\n", "utf-8")
    (root / "site/flux.xml").write_text("<d>avec &lt;b&gt;Lo\u00efc&lt;/b&gt; Chastel</d>", "utf-8")
    forget(root)
    assert page.read_text("utf-8") == ("<p>avec <b>Bénévole 1</b><i></i></p>\n<td>B&#233;n&#233;vole 1</td><td></td>\n")
    assert (root / "site/flux.xml").read_text("utf-8") == "<d>avec &lt;b&gt;Bénévole 1&lt;/b&gt;</d>"
