"""What is online is what was published: what changed since is said, and what may no longer be heard is an alarm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import NO_EDITS, Cut, Edits, edits_digest
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.people import Consent, ConsentScope, Person, Role, Verdict
from bobine.model.published.master import Manifest
from bobine.model.published.online import SinceOnline, published_plan, since_online
from bobine.model.published.release import ReleaseStatus
from bobine.store.documents.episodes import read_episode
from bobine.store.records.edits import change_edits, edits_path
from bobine.store.records.manifests import write_manifest
from bobine.store.records.online import read_since_online
from bobine.store.records.recordings import write_as_run
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import open_workspace
from tests.store.records.test_round_trips import local_release
from tests.tui.conftest import DAY, copy_atelier

Attempt = Callable[[str], AbstractContextManager[None]]
Change = Callable[[Episode], Episode]

HEARD = ("accueil", "portrait", "live-1", "paroles-d-ados")
AIRED = (*HEARD, "live-2")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Episode:
    root = tmp_path_factory.mktemp("online")
    copy_atelier(root)
    workspace = open_workspace(root)
    return read_episode(workspace, workspace.shows[0], DAY)


def person(key: str, **changes: object) -> Change:
    def change(plan: Episode) -> Episode:
        people = tuple(replace(one, **changes) if one.id == key else one for one in plan.people)  # type: ignore[arg-type]
        return replace(plan, people=people)

    return change


def item(key: str, **changes: object) -> Change:
    def change(plan: Episode) -> Episode:
        items = tuple(replace(one, **changes) if one.id == key else one for one in plan.items)  # type: ignore[arg-type]
        return replace(plan, items=items)

    return change


def without(key: str) -> Change:
    return lambda plan: replace(plan, items=tuple(one for one in plan.items if one.id != key))


def since(plan: Episode, *changes: Change, master: str = "") -> SinceOnline:
    after = plan
    for change in changes:
        after = change(after)
    return since_online(published_plan(plan, AIRED, HEARD, "master"), after, master)


def test_an_untouched_plan_is_as_it_is_online(plan: Episode) -> None:
    assert since(plan) == since(plan, master="master") == SinceOnline()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda plan: replace(plan, title="Autre"), ("titre",)),
        (lambda plan: replace(plan, summary="Autre"), ("résumé",)),
        (lambda plan: replace(plan, number=99), ("numéro",)),
        (lambda plan: replace(plan, cover="c.jpg"), ("couverture",)),
        (person("thi-lan", name="Thi-Lan N."), ("personnes",)),
        (person("samira", role=Role.GUEST), ("personnes", "accords")),
        (person("thi-lan", consent=Consent.REQUESTED), ("accords",)),
        (item("portrait", title="Le portrait"), ("éléments",)),
        (item("portrait", people=("samira",)), ("éléments", "personnes")),
        (without("portrait"), ("éléments", "personnes")),
        (item("live-2", podcast=PodcastRights.CUT), ("droits",)),
    ],
    ids=range(11),
)
def test_each_change_is_said(plan: Episode, change: Change, words: tuple[str, ...]) -> None:
    assert since(plan, change).changes == words


def test_another_transcript_is_a_change_and_so_is_none(plan: Episode) -> None:
    published = published_plan(plan, AIRED, HEARD, "master", "a" * 64)
    assert since_online(published, plan, "master", "a" * 64) == SinceOnline()
    for other in ("b" * 64, ""):
        assert since_online(published, plan, "master", other).changes == ("transcription",)


def test_what_listeners_do_not_hear_is_no_change(plan: Episode) -> None:
    assert since(plan, item("cinema", title="Ciné"), without("jeu"), item("live-2", title="Fin")) == SinceOnline()
    assert since(plan, person("anouar", name="Anouar K.")) == SinceOnline()


def test_a_new_master_is_a_change(plan: Episode) -> None:
    assert since(plan, master="autre").changes == ("montage",)


@pytest.mark.boundary
@pytest.mark.parametrize(
    "refusal",
    [
        {"consent": Consent.REFUSED},
        {"consent_scope": (ConsentScope.AIR,)},
    ],
    ids=["refused", "air only"],
)
@pytest.mark.parametrize("changed", ["nothing else", "item gone", "item renamed", "others too"])
def test_a_consent_refused_after_publication_is_an_alarm(
    plan: Episode, refusal: dict[str, object], changed: str, attempt: Attempt
) -> None:
    also: dict[str, list[Change]] = {
        "nothing else": [],
        "item gone": [without("portrait")],
        "item renamed": [item("portrait", title="Autre", people=())],
        "others too": [person("ines", **refusal), person("samira", name="S.")],
    }
    with attempt("a consent refused after publication"):
        alarms = since(plan, person("thi-lan", **refusal), *also[changed]).alarms
        assert "Thi-Lan Nguyen n'est pas d'accord pour le podcast (« Portrait »)" in alarms
        assert len(alarms) == (2 if changed == "others too" else 1)


@pytest.mark.boundary
def test_music_cut_after_publication_is_an_alarm(plan: Episode, attempt: Attempt) -> None:
    with attempt("music rights withdrawn after publication"):
        found = since(plan, item("live-1", podcast=PodcastRights.CUT))
        assert found.alarms == ("la musique de « Live 1 » n'est plus libérée",)
        assert found.changes == ("droits",)


def test_who_was_cut_out_is_no_alarm(plan: Episode) -> None:
    assert since(plan, person("elodie", consent=Consent.REFUSED)).alarms  # heard in live 1
    only = published_plan(plan, AIRED, {"accueil"}, "master")
    assert since_online(only, person("elodie", consent=Consent.REFUSED)(plan), "").alarms == ()


@given(st.sets(st.sampled_from(AIRED)), st.sampled_from([Consent.REFUSED, Consent.NONE, Consent.SIGNED]))
def test_an_alarm_is_of_what_is_heard(heard: set[str], consent: Consent) -> None:
    guest = Person(id="a", name="Ana", role=Role.GUEST, consent=Consent.SIGNED)
    items = tuple(
        Item(id=key, kind=ItemKind.TALK, title=key, duration=timedelta(minutes=1), people=("a",)) for key in AIRED
    )
    before = Episode(show="s", date=DAY, season=1, number=1, title="t", people=(guest,), items=items)
    after = replace(before, people=(replace(guest, consent=consent),))
    found = since_online(published_plan(before, AIRED, heard, "m"), after, "m")
    assert len(found.alarms) == (len(heard) if consent is Consent.REFUSED else 0)
    assert bool(found.changes) == (consent is not Consent.SIGNED)


def test_it_is_kept_in_the_release_and_a_failed_publication_takes_nothing_back(tmp_path: Path, plan: Episode) -> None:
    copy_atelier(tmp_path)
    workspace = open_workspace(tmp_path)
    folder = workspace.folder(workspace.shows[0], DAY)
    assert read_since_online(folder, plan) is None
    write_release(folder.release, local_release("local"))
    assert read_since_online(folder, plan) is None
    noted = published_plan(plan, AIRED, HEARD, "")
    for status in (ReleaseStatus.ONLINE, ReleaseStatus.PENDING):
        write_release(folder.release, replace(local_release("local", status), plan=noted))
        assert read_releases(folder.release)["local"].plan == noted
        found = read_since_online(folder, person("thi-lan", consent=Consent.REFUSED)(plan))
        assert found is not None
        assert len(found.alarms) == 1
    assert [one.podcast for one in noted.people if one.id == "thi-lan"] == [Verdict.GRANTED]


def test_another_recording_than_the_master_s_is_a_change(tmp_path: Path, plan: Episode) -> None:
    copy_atelier(tmp_path)
    workspace = open_workspace(tmp_path)
    folder = workspace.folder(workspace.shows[0], DAY)
    noted = published_plan(plan, AIRED, HEARD, "")
    write_release(folder.release, replace(local_release("local", ReleaseStatus.ONLINE), plan=noted))
    recording = Recording(file="a.wav", rate=9, channels=1, samples=90, sha256="1" * 64)
    write_manifest(folder.manifest, Manifest(recording_sha256=recording.digest, files=(), items=()))
    folder.recording.mkdir(parents=True, exist_ok=True)
    changes = []
    for digest in ("1" * 64, "2" * 64):
        aired = (AiredItem(id="portrait", start=0, end=90),)
        used = AsRun(recording=replace(recording, sha256=digest), source=MarksSource.MARKS, items=aired)
        write_as_run(folder.as_run, used)
        found = read_since_online(folder, plan)
        assert found is not None
        changes.append("autre enregistrement" in found.changes)
    assert changes == [False, True]


def test_edits_made_or_undone_after_the_master_are_a_change(tmp_path: Path, plan: Episode) -> None:
    copy_atelier(tmp_path)
    workspace = open_workspace(tmp_path)
    folder = workspace.folder(workspace.shows[0], DAY)
    path = edits_path(folder.path)
    one, other = (Edits(cuts=(Cut(item="portrait", sound="a", rate=9, start=0, end=end),)) for end in (5, 6))
    write_release(folder.release, local_release("local"))
    noted = published_plan(plan, AIRED, HEARD, "")
    write_release(folder.release, replace(local_release("local", ReleaseStatus.ONLINE), plan=noted))
    for used in (NO_EDITS, one, other):
        write_manifest(
            folder.manifest, Manifest(recording_sha256="0", files=(), items=(), edits_sha256=edits_digest(used))
        )
        for now in (NO_EDITS, one, other):
            change_edits(path, lambda _: replace(now))  # noqa: B023
            found = read_since_online(folder, plan)
            assert found is not None
            assert ("coupes ou sons remplacés" in found.changes) == (now != used)
    path.write_text("non", "utf-8")
    found = read_since_online(folder, person("thi-lan", consent=Consent.REFUSED)(plan))
    assert found is not None
    assert len(found.alarms) == 1, "a damaged file hides no alarm"
