from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from bobine.errors import DiskError, PublishError
from bobine.model.destination import FolderDestination
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.media_types import FEED
from bobine.store.files import locked
from tests.disks import make_read_only, small_disk
from tests.publish.shelf import stored_file

KEY = "bobine/feed.xml"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(FolderDestination(name="local", path="feed"), tmp_path)


def swapped(store: Store, content: bytes, expected: str | None) -> bool:
    return store.swap(KEY, content, FEED, "no-cache", expected)


def version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.head("bobine/audio/a.mp3") is None
    assert store.fetch(KEY) is None
    assert store.listing("bobine/") == {}
    assert store.head("bobine") is None


def test_a_swap_needs_the_version_that_is_there(store: Store) -> None:
    assert not swapped(store, b"one", version(b"zero"))
    assert swapped(store, b"one", None)
    assert not swapped(store, b"two", None)
    assert not swapped(store, b"two", version(b"other"))
    assert swapped(store, b"two", version(b"one"))
    found = store.fetch(KEY)
    assert found is not None
    assert (found.content, found.version) == (b"two", version(b"two"))


def test_a_swap_waits_for_the_one_under_way(store: Store, tmp_path: Path) -> None:
    assert swapped(store, b"one", None)
    answers: list[bool] = []
    late = threading.Thread(target=lambda: answers.append(swapped(store, b"late", version(b"one"))))
    with locked(tmp_path / "feed" / "publication"):
        late.start()
        late.join(0.2)
        assert not answers
        Path(store.location(KEY)).write_bytes(b"two")
    late.join()
    assert answers == [False]
    assert Path(store.location(KEY)).read_bytes() == b"two"


def test_a_file_is_copied_whole_and_read_by_stretches(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "source.mp3"
    source.write_bytes(bytes(range(256)) * 8000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    counted: list[int] = []
    store.put(file, source, "public", counted.append)
    assert sum(counted) == file.bytes
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file)
    assert store.read(file.key, 256, 3) == b"\x00\x01\x02"
    assert store.read(file.key, file.bytes - 2, 99) == b"\xfe\xff"
    assert {key: entry.bytes for key, entry in store.listing("bobine/").items()} == {file.key: file.bytes}
    store.probe_public(file)


def test_locks_and_temporary_files_are_not_listed(store: Store, tmp_path: Path) -> None:
    assert swapped(store, b"one", None)
    (tmp_path / "feed" / "bobine" / ".feed.xml.tmp").write_bytes(b"half")
    (tmp_path / "feed" / "bobine" / ".hidden").mkdir()
    (tmp_path / "feed" / "bobine" / ".hidden" / "a.mp3").write_bytes(b"half")
    assert set(store.listing("bobine/")) == {KEY}


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../a.mp3", "bobine/../../a.mp3", "bobine/..", "a\\b.mp3", "bobine//a", "./a", ".hidden",
     "C:/a", "bobine/é.mp3", "bobine/a\n.mp3", "bobine/", "a" * 600, "bobine/a\x00.mp3", "~/a"],
)  # fmt: skip
def test_keys_stay_in_the_folder(store: Store, tmp_path: Path, key: str) -> None:
    source = tmp_path / "source.mp3"
    source.write_bytes(b"sound")
    before = sorted(tmp_path.rglob("*"))
    for use in (
        lambda: store.head(key),
        lambda: store.fetch(key),
        lambda: store.read(key, 0, 1),
        lambda: store.put(stored_file(source, key), source, ""),
        lambda: store.swap(key, b"x", FEED, "", None),
    ):
        with pytest.raises(PublishError, match="reste dans le dossier"):
            use()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_out_of_the_folder_is_not_followed(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.mp3").write_bytes(b"secret")
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "bobine").symlink_to(outside)
    with pytest.raises(PublishError, match="reste dans le dossier"):
        store.fetch("bobine/secret.mp3")


def test_a_good_folder_is_checked_without_a_trace(store: Store, tmp_path: Path) -> None:
    store.check()
    assert store.enforces_conditions()
    assert list((tmp_path / "feed").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in ("file", "file/feed", "/proc/bobine"):
        store = open_store(FolderDestination(name="local", path=path), tmp_path)
        with pytest.raises(PublishError, match=r"La destination « local » ne peut pas être écrite à « .* » \(.*path"):
            store.check()


def test_a_read_only_folder_is_told_in_one_sentence(store: Store, tmp_path: Path) -> None:
    with small_disk(tmp_path / "feed", 1) as folder:
        make_read_only(folder)
        with pytest.raises(PublishError, match="lecture seule"):
            store.check()
        with pytest.raises(PublishError, match="lecture seule"):
            swapped(store, b"one", None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="il faut /dev/full")
def test_a_full_disk_stays_a_disk_error(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``/dev/full`` stands for the disk: what is written to the temporary file goes there."""

    def write_to_full(_path: Path, content: bytes) -> int:
        with Path("/dev/full").open("wb") as full:
            return full.write(content)

    monkeypatch.setattr(Path, "write_bytes", write_to_full)
    with pytest.raises(DiskError, match="plus de place"):
        swapped(store, b"one", None)
    with pytest.raises(DiskError, match="plus de place"):
        store.check()
    assert set((tmp_path / "feed").rglob("*.xml")) == set()


def test_a_published_file_that_vanished_is_told(store: Store) -> None:
    with pytest.raises(PublishError, match="il n'existe pas"):
        store.read("bobine/audio/a.mp3", 0, 1)
