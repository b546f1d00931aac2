"""Reading and writing shared by the files that the program writes: strict reading with light rules, whole writing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bobine.french import is_one_safe_line
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.files import atomic_write
from bobine.store.toml.read import decoding, read_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

T = TypeVar("T")


def safe_text(text: str) -> str | None:
    """A text of any length and number of lines, without invisible commands."""
    if is_one_safe_line(text.replace("\n", "").replace("\t", "")):
        return None
    return "ce texte contient un caractère invisible de commande ou de sens d'écriture"


def in_folder(text: str) -> str | None:
    """A relative path of ASCII characters that stays below its folder."""
    parts = text.split("/")
    if text.isascii() and "\\" not in text and all(part not in ("", ".", "..") for part in parts):
        return safe_text(text)
    return "un chemin relatif sans .. était attendu"


def read_derived(path: Path, cls: type[T], rules: Rules) -> T:
    """Read one value from a file that the program wrote.

    Raises:
        FileNotFoundError: if there is none.
        PlanError: if it cannot be read as it stands (damaged, or edited by hand).
    """
    source = read_toml(path, workspace_of(path))
    with decoding(source):
        decoder = Decoder(rules)
        value = decoder.table(cls, source.table)
        if value is None:
            raise source.error(decoder.faults)
        return value


def write_document(path: Path, document: TOMLDocument | Mapping[str, object], header: str) -> None:
    """Write a whole TOML document, under a one-line comment that says what it is.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    import tomlkit

    atomic_write(path, f"# {header}\n\n{tomlkit.dumps(document)}".encode())


def reference_of(path: Path) -> str:
    """The name that commands give the episode of a file in its ``recording/`` or ``master/`` folder."""
    return "/".join(path.resolve().parts[-4:-2])


def workspace_of(path: Path) -> Path | None:
    """The folder above ``episodes/`` that a path lies in, by which it is named to the user."""
    return next((folder.parent for folder in path.parents if folder.name == "episodes"), None)
