"""Entries of the cache: whole or not there, bounded, forgotten with the items that they were made from."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.cache.cache import FOLDER, Cache, cache_of, remove_cache
from bobine.master.cache.entries import DamagedEntryError, checked, read_header, write_entry

KEY, OTHER, THIRD = "a" * 64, "b" * 64, "c" * 64


@given(st.lists(st.binary(max_size=50), max_size=5), st.lists(st.text(max_size=8), max_size=3), st.data())
def test_a_changed_byte_is_noticed_wherever_it_is(content: list[bytes], items: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / KEY
        write_entry(path, content, items)
        assert checked(path) == read_header(path)
        assert read_header(path).items == tuple(items)
        assert Cache(Path(folder)).read(KEY) == b"".join(content)
        whole = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole[: data.draw(st.sampled_from([len(whole), at + 1]))])
        with pytest.raises(DamagedEntryError):
            checked(path)
        assert Cache(Path(folder)).read(KEY) is None
        assert not path.exists()


def test_an_entry_fetched_outlives_the_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write(KEY, [b"frames"], ["a"])
    assert cache.fetch(KEY, tmp_path / "own")
    remove_cache(tmp_path)
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    assert (tmp_path / "own").read_bytes().endswith(b"frames")
    assert not cache.fetch(KEY, tmp_path / "again")
    write_entry(tmp_path / "own", [b"others"], ["a"])
    cache.keep(KEY, tmp_path / "own")
    assert cache.read(KEY) == b"others"


def test_a_damaged_entry_is_not_fetched(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write(KEY, [b"frames"])
    (tmp_path / "cache" / KEY).write_bytes(b"nonsense")
    assert not cache.fetch(KEY, tmp_path / "own")
    assert not (tmp_path / "own").exists()
    assert not (tmp_path / "cache" / KEY).exists()


def aged(path: Path, seconds: int) -> None:
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - seconds))


def test_the_longest_unused_go_first_and_those_in_use_never(tmp_path: Path) -> None:
    first = Cache(tmp_path, most_bytes=2500)
    for age, key in ((30, KEY), (20, OTHER), (10, THIRD)):
        first.write(key, [bytes(1000)])
        aged(tmp_path / key, age)
    second = Cache(tmp_path, most_bytes=2500)
    assert second.read(KEY) is not None
    second.trim()
    assert {path.name for path in tmp_path.iterdir()} == {KEY, THIRD, "CACHEDIR.TAG"}
    tight = Cache(tmp_path, most_bytes=10)
    assert tight.read(KEY) is not None
    tight.trim()
    assert {path.name for path in tmp_path.iterdir()} == {KEY, "CACHEDIR.TAG"}
    Cache(tmp_path).trim(others=False)
    assert {path.name for path in tmp_path.iterdir()} == {"CACHEDIR.TAG"}


def test_what_a_killed_run_left_half_written_goes_after_a_while(tmp_path: Path) -> None:
    new, old = tmp_path / ".x.0123456789ab.tmp", tmp_path / ".y.0123456789ab.tmp"
    for path in (new, old):
        path.write_bytes(b"half")
    aged(old, 7200)
    Cache(tmp_path).trim()
    assert new.exists()
    assert not old.exists()


def test_entries_go_with_an_item_that_they_were_made_from(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write(KEY, [b"1"], ["a", "b"])
    cache.write(OTHER, [b"2"], ["c"])
    (tmp_path / THIRD).write_bytes(b"no entry: it may hold anything")
    cache.forget([])
    assert (tmp_path / THIRD).exists()
    cache.forget(["b"])
    assert {path.name for path in tmp_path.iterdir()} == {OTHER, "CACHEDIR.TAG"}


def test_a_cache_that_cannot_be_used_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (None, tmp_path / "file", tmp_path / "file" / "inside"):
        cache = Cache(folder)
        cache.write(KEY, [b"1"], ["a"])
        cache.keep(KEY, tmp_path / "file")
        assert cache.read(KEY) is None
        assert not cache.fetch(KEY, tmp_path / "target")
        cache.forget(["a"])
        cache.trim(others=False)
    assert (tmp_path / "file").exists()


def test_a_link_out_of_the_master_is_neither_used_nor_followed(tmp_path: Path) -> None:
    elsewhere, master = tmp_path / "elsewhere", tmp_path / "master"
    for folder in (elsewhere, master):
        folder.mkdir()
    (elsewhere / "papers").write_bytes(b"")
    (master / FOLDER).symlink_to(elsewhere)
    assert not cache_of(master).keeps
    remove_cache(master)
    assert (elsewhere / "papers").exists()
    assert not (master / FOLDER).is_symlink()
