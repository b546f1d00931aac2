"""Somebody who asks to be forgotten is named nowhere in the workspace, whatever a run that is killed left of it."""

from __future__ import annotations

import argparse
import json
import shutil
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.air.live.held_journal import spare_of
from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.cli import main
from bobine.commands import screens
from bobine.errors import WorkspaceError
from bobine.evening.privacy import staging
from bobine.evening.privacy.forgetting import begin, carry_out
from bobine.evening.privacy.no_longer_needed import no_longer_needed
from bobine.evening.privacy.online.seen import seen_online
from bobine.evening.privacy.register import read_register
from bobine.evening.privacy.survey import survey
from bobine.evening.privacy.unfinished import unfinished
from bobine.model.published.keeping import Hold
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import read_state, states
from bobine.store.documents.hours import read_hours
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.records.keeping import put_hold
from bobine.store.workspace import open_workspace
from bobine.tui.kit.drafts import DRAFTS
from bobine.tui.messages import Forget
from tests.privacy.filled import DAY, NAME, SLUG, events, fill
from tests.privacy.traces import traces

pytestmark = pytest.mark.integration

LATER = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))
SOON = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    (tmp_path / "atelier").mkdir()
    fill(tmp_path / "atelier")
    return tmp_path / "atelier"


def forget(root: Path, now: datetime = LATER, spared: tuple[str, ...] = ()) -> str:
    workspace = open_workspace(root)
    intention = begin(workspace, ["loïc chastel"], "à sa demande", spared, now)
    done = carry_out(workspace, intention, now)
    assert done.is_whole
    return str(done.pseudonym)


def test_nothing_is_left_of_the_name(root: Path) -> None:
    """In bytes of any encoding and in tags, history, archive, journal, its spare copy and conflict copies included."""
    assert len(list(traces(root.parent, NAME))) > 20
    assert forget(root) == "Bénévole 1"
    assert not list(traces(root.parent, NAME))
    assert not (root / ".oubli").exists()


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


def test_the_archive_stays_as_long_as_the_recording_must(root: Path) -> None:
    """Said with its reason and its end; asked again after that, the rest goes under the same pseudonym."""
    pseudonym = forget(root, SOON)
    left = list(traces(root, NAME))
    archive = root / "episodes/bobine-romanaise/2026-11-26/archive"
    assert {Path(one).parent for one in left} == {archive}
    (row,) = read_register(root).forgotten
    assert {root / one.place for one in row.remaining} == {Path(one) for one in left}
    assert all("moins de 31 jours" in one.why and str(one.until) == "2026-12-28" for one in row.remaining)
    assert forget(root) == pseudonym
    assert not list(traces(root, NAME))
    (row,) = read_register(root).forgotten
    assert not row.remaining


def test_a_hold_keeps_the_archive(root: Path) -> None:
    odd = root / "episodes/bobine-romanaise/2025-10-02"
    put_hold(odd / "hold.toml", Hold(by="le bureau", at=LATER, reason="plainte"))
    found = survey(open_workspace(root), [NAME], LATER)
    kept = [one for one in found.kept if one.names]
    assert {one.place.split("/")[2] for one in kept} == {"2025-10-02"}
    assert all("plainte" in one.why and one.until is None for one in kept)


def test_somebody_else_of_that_name_is_spared(root: Path) -> None:
    forget(root, spared=("episodes/bobine-romanaise/2025-10-02",))
    left = {Path(one.removesuffix(" (its name)").removesuffix(" (its tags)")) for one in traces(root, NAME)}
    assert {path.relative_to(root).parts[2] for path in left} == {"2025-10-02"}


def test_an_item_where_the_person_speaks_is_named(root: Path) -> None:
    found = survey(open_workspace(root), ["Claire Dumollard"], LATER)
    assert ("bobine-romanaise/2026-11-26", "politique-locale") in [(one.reference, one.item) for one in found.heard]


def test_near_spellings_are_told_and_left(root: Path) -> None:
    team = root / "episodes/bobine-romanaise/team.toml"
    team.write_text(team.read_text("utf-8").replace("Ana Autre", "Loïc Chastell"), "utf-8")
    assert survey(open_workspace(root), [NAME], LATER).near == ("Loïc Chastell",)
    forget(root)
    assert "Loïc Chastell" in team.read_text("utf-8")


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


def said(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str, code: int = 0) -> str:
    """What a command says, on either output."""
    capsys.readouterr()
    assert main(["--atelier", str(root), "personne", *arguments]) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_the_command_shows_exports_and_forgets(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, root, "loic chastel", "--oublier")
    assert "team.toml" in shown
    assert "Bénévole\u00a01" in shown.replace(" 1", "\u00a01")
    assert "--oui" in shown
    assert list(traces(root, NAME))
    table = json.loads(said(capsys, root, NAME, "--exporter", str(tmp_path / "moi"), "--json"))
    entries = json.loads((tmp_path / "moi.json").read_text("utf-8"))["entries"]
    assert table["entries"] == entries
    assert all(one["file"] and one["text"] for one in entries)
    assert any(one["key"] == "members[1]" and one["row"]["name"] == NAME for one in entries)
    page = (tmp_path / "moi.html").read_text("utf-8")
    assert "Heures de bénévolat" in page
    assert "hours[1]" in page
    done = json.loads(said(capsys, root, NAME, "--oublier", "--oui", "--json"))
    assert done["forgotten"]
    assert NAME not in json.dumps(done, ensure_ascii=False)
    workspace = open_workspace(root)
    assert not seen_online(workspace, survey(workspace, [NAME], LATER).search).found


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("42",), "n'est pas un nom"), ((NAME, "--oui"), "--oublier"), ((NAME, "--motif", "x"), "--oublier")],
)
def test_a_wrong_call_says_what_to_write(
    root: Path, arguments: tuple[str, ...], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert word in said(capsys, root, *arguments, code=1)


def test_who_signed_for_a_minor_is_proposed_once_nothing_keeps_the_show(root: Path) -> None:
    path = root / "episodes/bobine-romanaise/2026-11-26/episode.toml"
    person = '[[people]]\nid = "zoe"\nname = "Zoé B"\nrole = "guest"\nminor = true\nrepresentative = "Paul Brun"\n'
    path.write_text(path.read_text("utf-8").replace("[[people]]", f"{person}\n[[people]]", 1), "utf-8")
    workspace = open_workspace(root)
    found = no_longer_needed(workspace, LATER)
    assert ("Paul Brun", "bobine-romanaise/2026-11-26") in [(one.name, one.reference) for one in found]
    assert "Paul Brun" not in [one.name for one in no_longer_needed(workspace, SOON)]
    carry_out(workspace, begin(workspace, ["Paul Brun"], "x", (), LATER), LATER)
    assert "Paul Brun" not in [one.name for one in no_longer_needed(workspace, LATER)]
    assert not list(traces(root, "Paul Brun"))


def test_a_name_that_tags_cut_is_found_in_pages_and_feeds(root: Path) -> None:
    page = root / "site/accueil.html"
    page.parent.mkdir()
    page.write_text("<p>avec <b>Lo\u00efc</b> <i>Chas</i>tel</p>\n<td>Lo&iuml;c</td><td>Chastel</td>\n", "utf-8")
    (root / "site/flux.xml").write_text("<d>avec &lt;b&gt;Lo\u00efc&lt;/b&gt; Chastel</d>", "utf-8")
    forget(root)
    assert page.read_text("utf-8") == ("<p>avec <b>Bénévole 1</b><i></i></p>\n<td>B&#233;n&#233;vole 1</td><td></td>\n")
    assert (root / "site/flux.xml").read_text("utf-8") == "<d>avec &lt;b&gt;Bénévole 1&lt;/b&gt;</d>"


def test_verifier_says_what_is_unfinished_and_names_nobody(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> str:
        capsys.readouterr()
        main(["--atelier", str(root), "verifier"])
        return capsys.readouterr().out.replace("\u00a0", " ")

    assert "oublis" not in told()
    begin(open_workspace(root), [NAME], "à sa demande", (), LATER)
    said = next(line for line in told().splitlines() if "oublis" in line)
    assert 'bobine personne "Bénévole 1"' in said
    assert "1er mars 2027" in said
    assert "Chastel" not in said
    main(["--atelier", str(root), "personne", "Bénévole 1"])
    assert "oublis" not in told()


def test_what_was_kept_is_told_once_nothing_keeps_it(root: Path) -> None:
    forget(root, SOON)
    (row,) = read_register(root).forgotten
    (left, *_) = [one for one in row.remaining if one.until is not None]
    assert left.until is not None
    assert unfinished(root, SOON.date()) == ()
    (said, *_) = unfinished(root, left.until)
    assert left.place in said
    assert "Bénévole 1" in said
    (root / left.place).unlink()
    assert left.place not in "".join(unfinished(root, left.until))


def test_what_was_agreed_on_a_screen_is_done_in_the_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "")
    DRAFTS.keep("somewhere", NAME)
    screens._fulfil(Forget(NAME), argparse.Namespace(atelier=root))
    assert "Bénévole\u00a01" in capsys.readouterr().out.replace(" 1", "\u00a01")
    assert all("/archive/" in one for one in traces(root.parent, NAME)), "but for what the law keeps"
    assert DRAFTS.find("somewhere") == ""
