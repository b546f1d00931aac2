"""What is written is read back equal, and the same value is always the same bytes."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import BobineError, MasterError, PlanError, SoundError
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.model.aired.edits import Edits
from bobine.model.episode import Episode, Item
from bobine.model.episode_day import episode_day
from bobine.model.ideas import Idea
from bobine.model.published.master import Manifest, MasteredItem
from bobine.model.published.release import Audio, Contributor, LocalRelease, Release, ReleaseStatus, StoredFile
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.records.derived import safe_text
from bobine.store.records.manifests import read_manifest, write_manifest
from bobine.store.records.recordings import as_run_path, read_as_run, write_as_run
from bobine.store.records.releases import read_releases, write_release
from bobine.store.toml.read import parse_toml
from bobine.store.toml.write import toml_table
from tests.examples import at_most

NO_RULES = Rules(text=lambda _text: None)

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
SAFE_TEXT = TEXT.filter(lambda text: safe_text(text) is None)
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    int: st.integers(0, 2**40),
    float: st.floats(-1e9, 1e9),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times().map(lambda moment: moment.replace(microsecond=0)),
    timedelta: st.integers(0, 86_400).map(lambda seconds: timedelta(seconds=seconds)),
    datetime: st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])),
}  # fmt: skip


@functools.cache  # a strategy is built and checked once, not for each example
def any_value(hint: Any, text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[Any]:
    """Any value of a type of the model."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return st.builds(episode_day, st.dates(), st.sampled_from(["", "bonus", "2-bis"]))
    if origin in (types.UnionType, typing.Union):
        (inner,) = [part for part in typing.get_args(hint) if part is not type(None)]
        return st.none() | any_value(inner, text)
    if origin is tuple:
        return st.lists(any_value(typing.get_args(hint)[0], text), max_size=2).map(tuple)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{field.name: any_value(hints[field.name], text) for field in dataclasses.fields(hint)})
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return text if hint is str else SCALARS[hint]


@pytest.mark.parametrize("cls", [Show, Episode, Item, Member, Idea, AsRun, Edits, Manifest, Release])
@at_most(40)
@given(data=st.data(), sparse=st.booleans())
def test_any_value_of_the_model_survives(cls: Any, data: st.DataObject, sparse: bool) -> None:
    value = data.draw(any_value(cls))
    text = toml_table(encode(value, sparse=sparse)).as_string()
    assert toml_table(encode(value, sparse=sparse)).as_string() == text
    decoder = Decoder(NO_RULES)
    assert decoder.table(cls, parse_toml(text.encode(), "x").table) == value
    assert decoder.faults == []


AS_RUN = AsRun(
    recording=Recording(file="recording.wav", rate=48_000, channels=2, samples=192_000_000, sha256="ab"),
    source=MarksSource.MARKS,
    items=(
        AiredItem(id="generique", start=576_000, end=2_400_000),
        AiredItem(id="accueil", start=2_400_000, end=48_000 * 3725),
    ),
)  # fmt: skip


@pytest.fixture
def episode_dir(tmp_path: Path) -> Path:
    return tmp_path / "episodes/fil/2026-11-26"


def test_an_as_run_has_its_times_beside_its_positions(episode_dir: Path) -> None:
    path = as_run_path(episode_dir / "recording")
    write_as_run(path, AS_RUN)
    assert read_as_run(path) == AS_RUN
    assert path.read_text("utf-8").endswith(
        "[[items]]\nid = \"generique\"\nstart = 576000 # 0'12\nend = 2400000 # 0'50\n\n"
        "[[items]]\nid = \"accueil\"\nstart = 2400000 # 0'50\nend = 178800000 # 1 h 02'05\n"
    )


POINTS = (
    NamedPoint(position=600_000, text="Repère 1", item="generique"),
    NamedPoint(position=180_000_000, text="« À couper »"),
)


def test_an_as_run_has_its_marks_and_is_written_as_ever_without(episode_dir: Path) -> None:
    path = as_run_path(episode_dir / "recording")
    write_as_run(path, AS_RUN)
    before = path.read_text("utf-8")
    assert "points" not in before
    marked = dataclasses.replace(AS_RUN, points=POINTS)
    write_as_run(path, marked)
    assert read_as_run(path) == marked
    assert path.read_text("utf-8") == before + (
        '\n[[points]]\nposition = 600000 # 0\'12\ntext = "Repère 1"\nitem = "generique"\n\n'
        '[[points]]\nposition = 180000000 # 1 h 02\'30\ntext = "« À couper »"\n'
    )
    write_as_run(path, dataclasses.replace(marked, items=()))
    assert read_as_run(path).points == POINTS


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("position = 600000", "position = -1", "points[1].position"),
        ("position = 180000000", "position = 192000001", "points"),
        ('text = "Repère 1"', 'text = ""', "points[1].text"),
        ('item = "generique"\n\n[[points', 'item = "../x"\n\n[[points', "points[1].item"),
    ],
)
def test_damaged_marks_are_refused(episode_dir: Path, old: str, new: str, key: str) -> None:
    path = episode_dir / "recording/as_run.toml"
    write_as_run(path, dataclasses.replace(AS_RUN, points=POINTS))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_as_run(path)
    assert [fault.key for fault in caught.value.faults] == [key]


def test_an_as_run_without_items_survives(episode_dir: Path) -> None:
    path = episode_dir / "recording/as_run.toml"
    write_as_run(path, dataclasses.replace(AS_RUN, items=()))
    assert read_as_run(path).items == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('file = "recording.wav"', 'file = "../x.wav"', "recording.file"),
        ("rate = 48000", "rate = 0", "recording.rate"),
        ("start = 576000", "start = -1", "items[1].start"),
        ("end = 2400000 #", "end = 576000 #", "items[1].end"),
        ("end = 2400000 #", "end = 2400001 #", "items"),
        ("end = 178800000", "end = 192000001", "items"),
        ('id = "accueil"', 'id = "generique"', "items"),
        ('source = "marks"', 'source = "ailleurs"', "source"),
    ],
)
def test_a_damaged_as_run_is_refused(episode_dir: Path, old: str, new: str, key: str) -> None:
    path = episode_dir / "recording/as_run.toml"
    write_as_run(path, AS_RUN)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_as_run(path)
    assert [fault.key for fault in caught.value.faults] == [key]
    assert caught.value.faults[0].file == "episodes/fil/2026-11-26/recording/as_run.toml"
    assert caught.value.faults[0].line > 0


@pytest.mark.parametrize(
    ("read", "where", "error", "command"),
    [
        (read_as_run, "recording/as_run.toml", SoundError, "bobine importer fil/2026-11-26 FICHIER"),
        (read_manifest, "master/manifest.toml", MasterError, "bobine monter fil/2026-11-26"),
    ],
)
def test_a_missing_file_says_what_to_do(
    episode_dir: Path, read: Any, where: str, error: type[BobineError], command: str
) -> None:
    with pytest.raises(error, match=command):
        read(episode_dir / where)


@at_most(30)
@given(data=st.data())
def test_a_manifest_file_survives(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.getbasetemp() / "m/manifest.toml"
    manifest = data.draw(any_value(Manifest, SAFE_TEXT))
    manifest = dataclasses.replace(
        manifest,
        files=tuple(dataclasses.replace(file, file="podcast.mp3", kbps=128, duration_s=1.5) for file in manifest.files),
        items=tuple(dataclasses.replace(item, id="a") for item in manifest.items),
    )
    write_manifest(path, manifest)
    first = path.read_bytes()
    assert read_manifest(path) == manifest
    write_manifest(path, manifest)
    assert path.read_bytes() == first


def stored(key: str) -> StoredFile:
    return StoredFile(key=key, media_type="audio/mpeg", bytes=3, sha256="ab", integrity="sha384-cd")


RELEASE = Release(
    guid="f3b4",
    date=date(2026, 11, 26),
    season=8,
    number=7,
    title='Une <ville> & "nous"',
    description="Ligne un\n\n00:00:00 Générique",
    duration_s=3300,
    published=datetime(2026, 11, 26, 19, 0, tzinfo=timezone(timedelta(hours=1))),
    updated=datetime(2026, 11, 27, 8, 0, 0, 5, tzinfo=UTC),
    audio=(Audio(file=stored("audio/a.mp3"), kbps=128), Audio(file=stored("audio/a.opus"), kbps=48)),
    image=stored("images/c.jpg"),
    chapters=stored("chapters/c.json"),
    people=(Contributor(name="Samira", role="host"),),
)


def local_release(destination: str, status: ReleaseStatus = ReleaseStatus.PENDING) -> LocalRelease:
    return LocalRelease(destination=destination, feed_url="http://localhost:8470/f.xml", status=status, release=RELEASE)


def test_releases_of_several_destinations_live_together(episode_dir: Path) -> None:
    path = episode_dir / "release.toml"
    assert read_releases(path) == {}
    write_release(path, local_release("local"))
    write_release(path, local_release("en-ligne"))
    write_release(path, local_release("local", ReleaseStatus.ONLINE))
    assert read_releases(path) == {
        "en-ligne": local_release("en-ligne"),
        "local": local_release("local", ReleaseStatus.ONLINE),
    }
    first = path.read_bytes()
    write_release(path, local_release("local", ReleaseStatus.ONLINE))
    assert path.read_bytes() == first
    assert b"[destinations.en-ligne]" in first


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('status = "pending"', 'status = "fini"', "destinations.local.status"),
        ('key = "audio/a.mp3"', 'key = "../a.mp3"', "destinations.local.release.audio[1].file.key"),
        ('key = "audio/a.mp3"', 'key = "/a.mp3"', "destinations.local.release.audio[1].file.key"),
        ('key = "audio/a.mp3"', 'key = "é.mp3"', "destinations.local.release.audio[1].file.key"),
        ("2026-11-26T19:00:00+01:00", "2026-11-26T19:00:00", "destinations.local.release.published"),
        ("season = 8", "season = 8\nautre = 1", "destinations.local.release.autre"),
    ],
)
def test_a_damaged_release_is_refused(episode_dir: Path, old: str, new: str, key: str) -> None:
    path = episode_dir / "release.toml"
    write_release(path, local_release("local"))
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_releases(path)
    assert [fault.key for fault in caught.value.faults] == [key]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        encode(MasteredItem(id="a", title="b", kept=True, gain_db=value))


def test_files_of_the_program_refuse_invisible_commands() -> None:
    assert safe_text("deux\nlignes") is None
    assert safe_text("\x1b[2J") is not None
