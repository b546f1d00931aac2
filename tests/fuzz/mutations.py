"""Good files made bad: by bytes, by lines and by values. The same generator makes the same files."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

EVIL_TEXTS = (
    "",
    " ",
    "\0",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\ufffe",
    "é" * 300,
    "a" * 70_000,
    "[b]",
    "<b>&",
    "../../x",
    "/",
    "-i",
    "\n",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "99:99:99",
    "-3'00",
    "1e999",
    "NaN",
    "٣",
    "𝟙",
    "'",
    '"',
    "\\",
    "id\x00",
    "%s%n",
    "{}",
)
"""Texts that a decoder may trip over."""

EVIL_NUMBERS = (
    0,
    -1,
    1,
    2**31,
    2**63,
    -(2**63),
    2**64,
    10**15,
    10**16,
    10**30,
    10**400,
    -(10**400),
    1e308,
    -1e308,
    1e-320,
    0.5,
    float("inf"),
    float("-inf"),
    float("nan"),
)

EVIL_TOML = (
    '""',
    '"\\u0000"',
    '"\\u202e"',
    '"' + "a" * 70_000 + '"',
    "0",
    "-1",
    "9" * 25,
    "9" * 5000,
    "0x" + "f" * 5000,
    "1e308",
    "-1e400",
    "nan",
    "inf",
    "true",
    "1979-05-27",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59.999999",
    "00:00:00",
    "23:59:59.999999",
    "24:00:00",
    "[]",
    "{}",
    "[{}]",
    "[[]]",
    "[" * 60 + "]" * 60,
    "[" * 5000 + "]" * 5000,
    "{a = " * 40 + "1" + "}" * 40,
    "[" + "1," * 6000 + "]",
    "“texte”",
    "«texte»",
    '"' + "\\U0001F389" * 50 + '"',
    '"""\n' + "x\n" * 500 + '"""',
    "''",
    "'\u202e'",
    '"-3\'00"',
    '"99999999:00"',
    '"24h00"',
    '"0\'00"',
    '["a", 1, true]',
    '"../../../etc/passwd"',
    '"/etc/passwd"',
    '"a/../b"',
    '"\u0661\u0662"',
    "1_000_000_000_000_000_000",
)
"""Values written where another one stood."""

_LINE = re.compile(r"^([ \t]*[\w\".-]+[ \t]*=[ \t]*)(.*)$", re.MULTILINE)
_TOKENS = (
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"[",
    b"]",
    b"{",
    b"}",
    b'"',
    b'"""',
    b"'",
    b"=",
    b"#",
    b"\\",
    b"\r",
    b"\n",
    b"\t",
    b".",
    b";",
    b",",
    b"9" * 400,
    b"\xe2\x80\xae",
    b"[" * 3000,
    b"a." * 300,
    b"<<<<<<< a\n=======\n>>>>>>> b\n",
)


def mutated_bytes(content: bytes, dice: random.Random) -> bytes:
    """A few blows to a file's bytes, whatever it is."""
    found = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(found) + 1)
        match dice.randrange(6):
            case 0:
                found[place:place] = dice.choice(_TOKENS)
            case 1:
                del found[place : place + dice.choice((1, 2, 30, 1000))]
            case 2:
                if found:
                    found[place % len(found)] = dice.randrange(256)
            case 3:
                found[place:place] = found[place : place + dice.choice((3, 50, 500))]
            case 4:
                del found[place:]
            case _:
                found[place : place + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
    return bytes(found)


def mutated_lines(content: bytes, dice: random.Random) -> bytes:
    """Lines of a text taken away, doubled, moved, or changed from tables into lists of them."""
    lines = content.decode("utf-8", "replace").splitlines(keepends=True)
    for _ in range(dice.randint(1, 3)):
        if not lines:
            break
        place, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[place]
            case 1:
                lines.insert(other, lines[place])
            case 2:
                lines[place], lines[other] = lines[other], lines[place]
            case 3:
                lines[place] = lines[place].replace("[[", "[").replace("]]", "]")
            case _:
                lines[place] = re.sub(r"^\[(.*)\]$", r"[[\1]]", lines[place].strip()) + "\n"
    return "".join(lines).encode()


def mutated_toml(content: bytes, dice: random.Random) -> bytes:
    """Values of a TOML file replaced by others of any type."""
    text = content.decode("utf-8", "replace")
    for _ in range(dice.choice((1, 1, 2))):
        found = list(_LINE.finditer(text))
        if not found:
            break
        line = dice.choice(found)
        text = text[: line.start(2)] + dice.choice(EVIL_TOML) + text[line.end(2) :]
    return text.encode("utf-8", "replace")


def mutated_json(content: bytes, dice: random.Random) -> bytes:
    """Values of a JSON document, or of one of the lines of a journal, replaced by others of any type."""
    text = content.decode("utf-8", "replace")
    lines = text.splitlines() if text.count("\n") > 1 and not text.startswith(("{\n", "[\n")) else [text]
    place = dice.randrange(len(lines))
    try:
        document = json.loads(lines[place])
    except (ValueError, RecursionError):
        return mutated_bytes(content, dice)
    for _ in range(dice.choice((1, 1, 2))):
        document = _replaced(document, dice)
    lines[place] = _written(document)
    return "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"


def mutated(content: bytes, by: Callable[[bytes, random.Random], bytes], dice: random.Random) -> bytes:
    """One mutation of a file: most by what it is made of, some by its bytes."""
    return dice.choice((by, by, by, mutated_lines, mutated_bytes))(content, dice)


def _replaced(value: Any, dice: random.Random) -> Any:
    """The same document with one node of it replaced, removed or nested."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        if dice.random() < 0.08:
            return {name: child for name, child in value.items() if name != key}
        return {**value, key: _replaced(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        place = dice.randrange(len(value))
        return [*value[:place], _replaced(value[place], dice), *value[place + 1 :]]
    return dice.choice(
        (
            lambda: dice.choice(EVIL_TEXTS),
            lambda: dice.choice((*EVIL_TEXTS, "\ud800")),
            lambda: dice.choice(EVIL_NUMBERS),
            lambda: dice.choice((None, True, False, {}, [], [[]], {"": {}}, [{}])),
            lambda: [value] * dice.choice((1, 2, 2000)),
            lambda: {"type": {}},
            lambda: _nested(dice.choice((10, 200))),
        )
    )()


def _nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def _written(document: Any) -> str:
    """As JSON; numbers too long to be written in decimal by Python are spelt out."""
    try:
        return json.dumps(document, ensure_ascii=False)
    except (ValueError, RecursionError):
        return '{"type": ' + "9" * 5000 + "}"
