"""A feed as the rules see it: elements by their usual names, wherever their prefixes came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

Judge = Callable[[str], bool]
"""A question about a text: is it what it should be?"""

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Node:
    """One element.

    Attributes:
        name: its name with the usual prefix: ``itunes:image``, ``podcast:guid``, ``title``.
        line: 1-based line of its start.
        text: the text before its first child, as it is written.
        attributes: its attributes by name.
        children: the elements in it, in order.
    """

    name: str
    line: int
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: NO_ATTRIBUTES)
    children: tuple[Node, ...] = ()

    def all(self, name: str) -> list[Node]:
        """The children of a name, in order."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, name: str) -> str:
        """The text of the first child of a name, without edge spaces; empty if there is none."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""

    def get(self, attribute: str) -> str:
        """The value of an attribute, without edge spaces; empty if there is none."""
        return self.attributes.get(attribute, "").strip()


@dataclass(frozen=True)
class Feed:
    """A feed to check.

    Attributes:
        root: the document's root element.
        now: the present instant (aware).
        is_licence: tells whether a text is of the list of licences (SPDX), in any case.
        is_recurrence: tells whether a text is a recurrence rule (RFC 5545, 3.3.10).
        address: where the feed was fetched from; empty if that is not known.
        chapter_counts: number of chapters in each JSON chapters file that was read, by its address.
    """

    root: Node
    now: datetime
    is_licence: Judge
    is_recurrence: Judge
    address: str = ""
    chapter_counts: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def channel(self) -> Node:
        """The channel; an empty one where the document has none."""
        return self.root.first("channel") or Node("channel", self.root.line)

    @cached_property
    def items(self) -> tuple[Node, ...]:
        """The episodes, in the order of the document."""
        return tuple(self.channel.all("item"))

    @cached_property
    def live_items(self) -> tuple[Node, ...]:
        """The live items."""
        return tuple(self.channel.all("podcast:liveItem"))

    def parents(self) -> Iterator[tuple[Node, Node | None]]:
        """The channel, then each item and live item, each with the item that a place is named by."""
        yield self.channel, None
        for item in (*self.items, *self.live_items):
            yield item, item

    def everywhere(self, name: str) -> Iterator[tuple[Node, Node | None]]:
        """Each element of a name that is a child of the channel or of an item, with that item."""
        for parent, item in self.parents():
            for child in parent.children:
                if child.name == name:
                    yield child, item
