"""``corrections.toml`` is read strictly and written whole; the public addresses are asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.evening.corrections.checking import Found, check_gone
from bobine.model.destination import FolderDestination
from bobine.model.published.corrections import Act, AuditTrail, Correction, Reply
from bobine.model.published.release import FormerFile, ReleaseStatus, Withdrawal
from bobine.store.records.corrections import change_corrections, corrections_path, read_corrections
from bobine.store.records.releases import write_release
from bobine.store.workspace import EpisodeFolder
from tests.store.records.test_round_trips import local_release

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TRAIL = AuditTrail(
    corrections=(
        Correction(at=AT, act=Act.WITHDRAW_ITEM, destination="local", reason="accord « retiré »", item="entretien"),
        Correction(
            at=AT, act=Act.CORRECT, destination="local", reason="le nom", done=True,
            replaced=("s/audio/a-0123456789ab.mp3", "s/audio/b-0123456789ab.mp3"),
            removed=("s/audio/b-0123456789ab.mp3",), until=AT + timedelta(days=7),
        ),
    ),
    replies=(Reply(at=AT, by="Mme Durand", text="Non.\n\n« Jamais » : [lien] <b>"),),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> EpisodeFolder:
    path = tmp_path / "episodes" / "s" / "2026-11-26"
    path.mkdir(parents=True)
    return EpisodeFolder("s", date(2026, 11, 26), path)


def test_a_trail_is_read_back_as_it_was_written(folder: EpisodeFolder) -> None:
    path = corrections_path(folder.path)
    assert read_corrections(path) == AuditTrail()
    change_corrections(path, lambda _: TRAIL)
    assert read_corrections(path) == TRAIL
    before = path.stat().st_mtime_ns
    change_corrections(path, lambda found: found)
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('act = "corriger"', 'act = "effacer"'),
        ('reason = "le nom"', 'reason = "le\\nnom"'),
        ("done = true", 'done = "oui"'),
        ('by = "Mme Durand"', 'by = "Mme\\u202eDurand"'),
        ('destination = "local"', 'destination = "../local"'),
        ('reason = "le nom"', 'reason = "le nom"\nautre = 1'),
    ],
)
def test_what_is_not_a_trail_is_refused_and_left_as_it_is(folder: EpisodeFolder, old: str, new: str) -> None:
    path = corrections_path(folder.path)
    change_corrections(path, lambda _: TRAIL)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    spoilt = path.read_bytes()
    with pytest.raises(PlanError):
        change_corrections(path, lambda _: AuditTrail())
    assert path.read_bytes() == spoilt


def answers(folder: EpisodeFolder, statuses: dict[str, int], feed: bytes | None, **changes: object) -> dict[str, Found]:
    change_corrections(corrections_path(folder.path), lambda _: TRAIL)
    local = local_release("local", ReleaseStatus.ONLINE)
    write_release(folder.release, replace(local, release=replace(local.release, **changes)))  # type: ignore[arg-type]
    destination = FolderDestination(name="local", public_url="http://localhost:8470/")

    def ask(address: str) -> int:
        return statuses[address.rpartition("/")[2][0]]

    found = check_gone(folder, (destination,), AT + timedelta(days=1), ask, lambda _url, _most: feed)
    return {one.address.rpartition("/")[2][0]: one.found for one in found}


def test_each_address_is_gone_there_waiting_or_silent(folder: EpisodeFolder) -> None:
    waiting = (FormerFile(key="s/audio/a-0123456789ab.mp3", until=AT + timedelta(days=7)),)
    assert answers(folder, {"a": 200, "b": 404}, b"<rss/>", former=waiting) == {
        "f": Found.CLEAR, "a": Found.WAITING, "b": Found.GONE,
    }  # fmt: skip
    assert answers(folder, {"a": 410, "b": 206}, b"... b-0123456789ab.mp3", former=waiting) == {
        "f": Found.CLEAR, "a": Found.GONE, "b": Found.THERE,
    }  # fmt: skip
    assert answers(folder, {"a": 0, "b": 500}, None) == {"f": Found.SILENT, "a": Found.SILENT, "b": Found.SILENT}


def test_a_feed_that_still_names_what_was_withdrawn_is_told(folder: EpisodeFolder) -> None:
    guid = local_release("local").release.guid
    found = answers(folder, {"a": 404, "b": 404}, f"<guid>{guid}</guid>".encode(), withdrawn=Withdrawal(at=AT))
    assert found["f"] is Found.THERE
    named = answers(folder, {"a": 404, "b": 404}, b"http://localhost:8470/s/audio/b-0123456789ab.mp3")
    assert named["f"] is Found.THERE
