"""What stays when somebody is forgotten: what the law or a hold keeps, until nothing does, and the names of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.evening.privacy.forgetting import begin, carry_out
from bobine.evening.privacy.no_longer_needed import no_longer_needed
from bobine.evening.privacy.register import read_register
from bobine.evening.privacy.survey import survey
from bobine.evening.privacy.unfinished import unfinished
from bobine.model.published.keeping import Hold
from bobine.store.records.keeping import put_hold
from bobine.store.workspace import open_workspace
from tests.privacy.filled import NAME
from tests.privacy.forgotten import LATER, SOON, forget
from tests.privacy.traces import traces

pytestmark = pytest.mark.integration


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


def test_near_spellings_are_told_and_left(root: Path) -> None:
    team = root / "episodes/bobine-romanaise/team.toml"
    team.write_text(team.read_text("utf-8").replace("Ana Autre", "Loïc Chastell"), "utf-8")
    assert survey(open_workspace(root), [NAME], LATER).near == ("Loïc Chastell",)
    forget(root)
    assert "Loïc Chastell" in team.read_text("utf-8")


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
