"""Reading a feed leniently: whatever comes, what can be understood of it, and what is wrong with its XML.

Entities stay closed, nothing outside of the bytes is read, and a document type is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from lxml import etree

from bobine.french import size
from bobine.publish.check.namespaces import Names
from bobine.publish.check.rules.finding import Finding, advice, error, quoted
from bobine.publish.check.rules.tree import NO_ATTRIBUTES, Node

MAX_BYTES = 32 << 20
"""Most bytes of a feed that are read."""

_FEW = 5
_BAD = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
_REFERENCE = re.compile(r"<!\[CDATA\[.*?\]\]>|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));", re.DOTALL)
_PROLOGUE = re.compile(r"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
_KNOWN_ENCODING = re.compile(
    r"(?i)utf-?8|utf-?16(?:le|be)?|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|gbk"
    r"|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed as it was read: the root element, None where nothing can be understood, and the faults of its XML."""

    root: Node | None
    findings: tuple[Finding, ...]


def read_feed(content: bytes) -> Reading:
    """Read the bytes of a feed, of whatever encoding and quality; nothing is raised."""
    findings: list[Finding] = []
    root = _root(content, findings)
    return Reading(root, tuple(findings))


def _root(content: bytes, findings: list[Finding]) -> Node | None:
    if len(content) > MAX_BYTES:
        words = f"Le flux dépasse {size(MAX_BYTES)} : mettez les épisodes anciens dans d'autres pages (rel=next)."
        findings.append(error("xml/too-large", "", words))
        return None
    if not content.strip(b"\x00\xef\xbb\xbf\xfe\xff \t\r\n"):
        findings.append(error("xml/empty", "", "Le flux est vide : publiez de nouveau."))
        return None
    text = _printable(_decoded(content, findings), findings)
    stripped = text.lstrip()
    if stripped.startswith("<?xml") and len(stripped) < len(text):
        words = "Il y a des espaces ou des lignes vides avant « <?xml » : enlevez-les, des lecteurs refusent le flux."
        findings.append(error("xml/leading-space", "ligne 1", words))
        text = "\n" * text[: len(text) - len(stripped)].count("\n") + _DECLARATION.sub("", stripped, count=1)
    prologue = _PROLOGUE.match(text)
    rest = text[prologue.end() if prologue else 0 :][:200].lower()
    if rest.startswith(("<!doctype html", "<html")):
        findings.append(
            error("xml/html", "", "C'est une page web, pas un flux : donnez l'adresse du flux lui-même (RSS).")
        )
        return None
    if rest.startswith("<!doctype"):
        words = "Le flux a un DOCTYPE, que les lecteurs refusent par sécurité : enlevez cette déclaration."
        findings.append(
            error("xml/doctype", f"ligne {text[: prologue.end() if prologue else 0].count(chr(10)) + 1}", words)
        )
        return None
    return _parsed(text, findings)


def _decoded(content: bytes, findings: list[Finding]) -> str:
    """The text; read as Windows-1252 where it is not in the encoding that it says."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = "utf-16"
    else:
        found = _ENCODING.search(content[:400].replace(b"\x00", b""))
        declared = found[1].decode("ascii", "replace") if found else "utf-8"
    if content.startswith((b"<\x00", b"\x00<")):
        declared = "utf-16-le" if content.startswith(b"<\x00") else "utf-16-be"
    if _KNOWN_ENCODING.fullmatch(declared) is None:
        words = f"L'encodage {quoted(declared)} n'est pas connu : écrivez le flux en UTF-8."
        findings.append(error("xml/encoding", "ligne 1", words))
        declared = "utf-8"
    try:
        text = content.decode(declared)
    except (UnicodeDecodeError, LookupError) as fault:
        place = content[: fault.start].count(b"\n") + 1 if isinstance(fault, UnicodeDecodeError) else 1
        words = f"Le flux dit être en {declared}, et n'en est pas : enregistrez-le vraiment en UTF-8."
        findings.append(error("xml/encoding", f"ligne {place}", words))
        text = content.decode("cp1252", "replace")
    else:
        if not declared.lower().startswith(("utf", "ascii", "us-ascii")):
            words = f"Le flux est en {declared} : passez-le en UTF-8, que tous les lecteurs comprennent."
            findings.append(advice("xml/utf-8", "ligne 1", words))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _printable(text: str, findings: list[Finding]) -> str:
    """The text without the characters that XML forbids, even as references."""
    seen = islice(re.finditer(_BAD, text), _FEW)
    findings.extend(_control(text, found.start(), ord(found[0])) for found in seen)
    text = re.sub(_BAD, "", text)

    def without(found: re.Match[str]) -> str:
        if not (found[1] or found[2]):
            return found[0]
        code = int(found[1], 16) if found[1] else int(found[2])
        if code <= 0x10FFFF and re.fullmatch(_BAD, chr(code)) is None:
            return found[0]
        if len([one for one in findings if one.rule == "xml/control-character"]) < _FEW:
            findings.append(_control(text, found.start(), code))
        return ""

    return _REFERENCE.sub(without, text)


def _control(text: str, place: int, code: int) -> Finding:
    words = f"Le caractère de commande U+{code:04X} est interdit en XML, et le flux n'est plus lu : enlevez-le."
    return error("xml/control-character", f"ligne {text.count(chr(10), 0, place) + 1}", words)


def _parsed(text: str, findings: list[Finding]) -> Node | None:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    blank = (
        _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1) if text.startswith("<?xml") else text
    )
    try:
        document = etree.fromstring(blank.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        document = None
    findings.extend(_ill_formed(parser.error_log))
    if document is None or document.getroottree().docinfo.doctype:
        if not findings:
            findings.append(error("xml/not-well-formed", "", "Ce n'est pas du XML : donnez l'adresse d'un flux RSS."))
        return None
    names = Names()
    root = _node(document, names)
    findings.extend(names.findings)
    return root


def _ill_formed(log: Any) -> Iterator[Finding]:
    told: set[int] = set()
    for entry in log:
        if entry.domain_name == "NAMESPACE" or entry.line in told or len(told) >= _FEW:
            continue
        told.add(entry.line)
        words = f"Le XML est mal formé ({quoted(entry.message)}) : les lecteurs s'arrêtent là ; corrigez cette ligne."
        yield error("xml/not-well-formed", f"ligne {entry.line}", words)


def _node(element: Any, names: Names) -> Node:
    attributes = {names.of_attribute(key): value for key, value in element.attrib.items()}
    if attributes.get("type") == "xhtml" and len(element):
        name = names.of_element(element.tag, element.prefix, element.sourceline or 0)
        return Node(name, element.sourceline or 0, _markup(element), attributes)
    return Node(
        name=names.of_element(element.tag, element.prefix, element.sourceline or 0),
        line=element.sourceline or 0,
        text=element.text or "",
        attributes=attributes or NO_ATTRIBUTES,
        children=tuple(_node(child, names) for child in element if isinstance(child.tag, str)),
    )


def _markup(element: Any) -> str:
    """What stands in an element of Atom whose text is XHTML (RFC 4287, 3.1.1.3), as HTML."""
    inside = deepcopy(element)
    for one in inside.iter(etree.Element):
        one.tag = etree.QName(one).localname
        one.attrib.update({etree.QName(key).localname: one.attrib.pop(key) for key in list(one.attrib)})
    etree.cleanup_namespaces(inside)
    pieces = [etree.tostring(one, method="html", encoding="unicode") for one in inside]
    return escape(inside.text or "", quote=False) + "".join(pieces)
