"""The usual names of a feed's elements, whatever prefix or address their namespace was given."""

from __future__ import annotations

from bobine.publish.check.rules.finding import Finding, error, quoted, warning

USUAL = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
    "fh": "http://purl.org/syndication/history/1.0",
}
"""The namespaces that the rules know, by the prefix that each is known by."""

_ALSO = {
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "podcastindex.org/namespace/1.0.md": "podcast",
}
_BY_PREFIX = ("itunes", "podcast")  # a parser that many apps use looks for these prefixes, not for the addresses
_XML = "http://www.w3.org/XML/1998/namespace"


def _folded(uri: str) -> str:
    return uri.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


_FOLDED = {_folded(uri): prefix for prefix, uri in USUAL.items()} | _ALSO


class Names:
    """The usual names of elements; each namespace that is not written as apps expect is noted once.

    Attributes:
        findings: what was noted.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._known: dict[tuple[str, str], str] = {}

    def of_element(self, tag: str, prefix: str | None, line: int) -> str:
        """The usual name of an element, such as ``itunes:image``.

        Args:
            tag: its name as lxml writes it: ``{uri}name``; ``prefix:name`` where the prefix was never declared.
            prefix: its prefix in the document.
            line: its line.
        """
        uri, name = tag[1:].split("}", 1) if tag.startswith("{") else ("", tag)
        if not uri:
            undeclared, colon, local = name.partition(":")
            if not colon:
                return name
            if (undeclared, "") not in self._known:
                self._known[undeclared, ""] = undeclared
                self._undeclared(undeclared, line)
            return f"{undeclared}:{local}"
        usual = self._known.get((prefix or "", uri))
        if usual is None:
            usual = self._known[prefix or "", uri] = self._prefix_of(prefix or "", uri, line)
        return f"{usual}:{name}" if usual else name

    def of_attribute(self, key: str) -> str:
        """The name of an attribute: ``xml:lang`` for that namespace, the local name for others."""
        uri, closing, name = key.rpartition("}")
        return f"xml:{name}" if closing and uri[1:] == _XML else name

    def _undeclared(self, prefix: str, line: int) -> None:
        words = f"Le préfixe {quoted(prefix)} n'est pas déclaré"
        known = USUAL.get(prefix)
        words += f' : ajoutez xmlns:{prefix}="{known}" à la balise rss.' if known else " : déclarez-le, ou enlevez-le."
        self.findings.append(error("xml/namespace", f"ligne {line}", words))

    def _prefix_of(self, prefix: str, uri: str, line: int) -> str:
        """The usual prefix of a namespace; the document's own where the namespace is not known."""
        usual = _FOLDED.get(_folded(uri), "")
        where = f"ligne {line}"
        if not usual and prefix in USUAL:
            words = f"Le préfixe {prefix} est donné à {quoted(uri)} : sa vraie adresse est {USUAL[prefix]}."
            self.findings.append(error("xml/namespace", where, words))
            return prefix
        if usual and uri != USUAL[usual]:
            words = f"L'adresse {quoted(uri)} n'est pas exactement celle de {usual} : écrivez {USUAL[usual]}."
            self.findings.append(error("xml/namespace", where, words))
        if usual and prefix != usual and (prefix or usual != "atom"):  # an Atom feed is told as what it is
            told = error if usual in _BY_PREFIX else warning
            words = (
                f"Ces balises ont le préfixe {quoted(prefix)} : écrivez {usual}:, des lecteurs ne connaissent que lui."
            )
            self.findings.append(told("xml/prefix", where, words))
        return usual or prefix
