"""Replaces the items of an ``episode.toml`` where they stand: what is not an item, comments too, stays as it was.

An item that does not change keeps its text to the byte. Comments between two items stay with the one that they come
before, or follow the rundown where that one is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bobine.errors import WorkspaceError
from bobine.model.episode import Episode, Item
from bobine.model.show import Show
from bobine.store.crosschecks import episode_faults
from bobine.store.decode import Decoder
from bobine.store.encode import encode, toml_table
from bobine.store.episodes import read_episode
from bobine.store.files import atomic_write, locked
from bobine.store.locate import Places, find_places
from bobine.store.rules import RULES
from bobine.store.sounds import sound_faults
from bobine.store.toml import parse_toml, read_toml
from bobine.store.workspace import Workspace

if TYPE_CHECKING:
    from tomlkit.items import Item as Written

_BOM = b"\xef\xbb\xbf"


def replace_items(workspace: Workspace, show: Show, day: date, change: Callable[[Episode], Sequence[Item]]) -> Episode:
    """Give an episode another rundown, under the lock of its file, from its newest state.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        change: makes the new items from the episode as it stands; what it raises leaves the file as it was.

    Returns:
        The episode as written.

    Raises:
        WorkspaceError: if there is no such episode, another program holds the lock or wrote meanwhile, or the file is
            written in a way that its items cannot be replaced in.
        PlanError: if the plan cannot be read, or would not be readable with these items.
        DiskError: if the disk is full or the place cannot be written.
    """
    plan = workspace.folder(show, day).plan
    episode = read_episode(workspace, show, day)
    with locked(plan):
        content = plan.read_bytes()
        episode = read_episode(workspace, show, day)
        changed = replace(episode, items=tuple(change(episode)))
        edited = with_items(read_toml(plan, workspace.root).text, episode.items, changed.items).encode()
        _check(edited, changed, workspace, show)
        if plan.read_bytes() != content:
            raise WorkspaceError(f"« {plan} » vient d'être modifié par un autre programme : recommencez.")
        atomic_write(plan, (_BOM if content.startswith(_BOM) else b"") + edited)
    return changed


def _check(content: bytes, expected: Episode, workspace: Workspace, show: Show) -> None:
    """Read the new file as strictly as the next reader will: it must say what is expected, or it is not written."""
    plan = workspace.folder(show, expected.date).plan
    source = parse_toml(content, plan.relative_to(workspace.root).as_posix())
    decoder = Decoder(RULES)
    found = decoder.table(Episode, source.table, (), show=show.slug)
    decoder.faults += episode_faults(source.table, [chronique.id for chronique in show.chroniques])
    decoder.faults += sound_faults(source.table, "items", plan.parent, workspace.root)
    if decoder.faults:
        raise source.error(decoder.faults)
    if found != expected:
        raise WorkspaceError(
            f"« {plan} » est écrit d'une façon qui ne permet pas d'y remplacer les éléments : rassemblez les [[items]] "
            "à la suite, chacun avec ses [[items.works]], puis recommencez."
        )


@dataclass(frozen=True, slots=True)
class _Block:
    """One item's text, and what stands between it and the item before."""

    before: str
    text: str


def with_items(text: str, previous: Sequence[Item], items: Sequence[Item]) -> str:
    """The text of an ``episode.toml`` with another rundown.

    Args:
        text: the file.
        previous: the items that it holds.
        items: the new ones.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    head, blocks, tail = _parted(text.replace("\r\n", "\n"), len(previous))
    old = {item.id: (item, block) for item, block in zip(previous, blocks, strict=True)}
    written = ""
    for index, item in enumerate(items):
        known, block = old.pop(item.id, (None, _Block("", "")))
        before = (block.before or "\n") if index else block.before.lstrip("\n")
        written += before + (block.text if known == item and block.text else _fresh(item))
    orphans = "".join("\n" + block.before.strip("\n") + "\n" for _, block in old.values() if "#" in block.before)
    return (head + written + orphans + tail).replace("\n", newline)


def _parted(text: str, count: int) -> tuple[str, list[_Block], str]:
    """What comes before the items, the items, and what comes after; other tables among the items go before."""
    places = find_places(text)
    if ("items",) in places.values:
        return _spaced(_without_array(text, places)), [_Block("", "")] * count, ""
    spans = [_span(text, places, index) for index in range(count)]
    if not spans:
        return _spaced(text), [], ""
    content = text.encode()
    head, blocks, end_before = content[: spans[0][0]].decode(), [], spans[0][0]
    for start, end in spans:
        before = content[end_before:start].decode()
        if re.search(r"^\s*[^#\s]", before, re.MULTILINE):
            head, before = head + before.lstrip("\n"), ""
        blocks.append(_Block(before, _ended(content[start:end].decode())))
        end_before = end
    return _ended(head), blocks, content[end_before:].decode()


def _span(text: str, places: Places, index: int) -> tuple[int, int]:
    """Byte offsets of one item: from its header's line to the end of its last own line."""
    lines = text.encode().splitlines(keepends=True)
    start = sum(len(line) for line in lines[: places.lines["items", index] - 1])
    return start, max(end for path, end in places.ends.items() if path[:2] == ("items", index))


def _without_array(text: str, places: Places) -> str:
    """The text without ``items = [ … ]``."""
    content = text.encode()
    start, end = places.values[("items",)]
    start = content.rfind(b"\n", 0, start) + 1
    return (content[:start] + content[end:].lstrip(b" \t").removeprefix(b"\n")).decode()


def _spaced(text: str) -> str:
    """The text, ended by an empty line."""
    return text.rstrip("\n") + "\n\n" if text.strip() else ""


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _fresh(item: Item) -> str:
    plain: dict[str, Any] = encode(item, sparse=True)
    if "\n" in item.notes:
        plain["notes"] = _several_lines(item.notes)
    return toml_table({"items": [plain]}).as_string().strip("\n") + "\n"


def _several_lines(text: str) -> Written:
    """A text written over several lines, as people do, from the line below its quotes."""
    import tomlkit

    written = tomlkit.string(text, multiline=True).as_string()
    lower = tomlkit.value('"""\n' + written.removeprefix('"""'))
    return lower if lower.unwrap() == text else tomlkit.string(text)
