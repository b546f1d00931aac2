"""Files of one array of tables and nothing else: ideas, a team, hours. Read strictly, edited in place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bobine.errors import WorkspaceError
from bobine.store.codec.decode import Decoder
from bobine.store.codec.keys import KeyFault
from bobine.store.files import atomic_write, locked, put_back_on_error, sweep
from bobine.store.rules.crosschecks import same_id_faults
from bobine.store.rules.tables import RULES
from bobine.store.toml.edit import with_rows
from bobine.store.toml.read import Source, decoding, parse_toml, read_toml

if TYPE_CHECKING:
    from bobine.store.toml.edit import Row

R = TypeVar("R", bound="Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFile(Generic[R]):
    """A kind of file that holds one array of tables.

    Attributes:
        key: the name of the array, which is the name of ``holder``'s one field.
        holder: the dataclass that the whole file decodes into.
        rows: the rows of a holder.
        what: what two of them are called, when they have one id: « idées ».
        start: the comment that a new file starts with.
        more: faults of the file as parsed, beyond those of its rows one by one.
    """

    key: str
    holder: type[Any]
    rows: Callable[[Any], tuple[R, ...]]
    what: str
    start: str
    more: Callable[[Mapping[str, Any]], Iterable[KeyFault]] = lambda _: ()

    def read(self, path: Path, root: Path) -> tuple[R, ...]:
        """The rows of a file; none where there is no file.

        Raises:
            PlanError: if it cannot be read as it stands; lists every fault.
        """
        try:
            return self._decoded(read_toml(path, root))
        except FileNotFoundError:
            return ()

    def edit(self, path: Path, root: Path, change: Callable[[tuple[R, ...]], Sequence[R]]) -> tuple[R, ...]:
        """Change the rows of a file, under its lock, from its newest state; where nothing changes, nothing is written.

        Args:
            path: the file; it is made where there is none.
            root: the workspace.
            change: makes the new rows from those of the file; what it raises leaves the file as it was.

        Returns:
            The rows as written.

        Raises:
            PlanError: if the file cannot be read as it stands, or could not be read with this change.
            WorkspaceError: if another program holds the lock or wrote meanwhile, or the file is written in a way that
                this cannot be changed in.
            DiskError: if the disk is full or the place cannot be written.
        """
        with locked(path):
            sweep(path.parent, path.stem)
            return self._changed(path, root, change)

    @contextlib.contextmanager
    def edited_with(
        self, path: Path, root: Path, change: Callable[[tuple[R, ...]], Sequence[R]]
    ) -> Iterator[tuple[R, ...]]:
        """Change the rows of a file together with what is done meanwhile: if that fails, the file is as it was.

        Its lock is held until the end. Gives the rows as written; takes and raises what ``edit`` does.
        """
        with locked(path):
            sweep(path.parent, path.stem)
            with put_back_on_error(path):
                yield self._changed(path, root, change)

    def _changed(self, path: Path, root: Path, change: Callable[[tuple[R, ...]], Sequence[R]]) -> tuple[R, ...]:
        """As ``edit`` does; the lock is held."""
        source = self._source(path, root)
        rows = self._decoded(source)
        changed = tuple(change(rows))
        if changed == rows:
            return rows
        content = self._edited(source, rows, changed)
        if content is None or self._decoded(parse_toml(content, source.name)) != changed:
            raise WorkspaceError(
                f"« {source.name} » est écrit d'une façon qui ne permet pas de le modifier d'ici : rassemblez les "
                f"[[{self.key}]] à la suite, puis recommencez."
            )
        if self._source(path, root).content != source.content:
            raise WorkspaceError(f"« {source.name} » vient d'être modifié par un autre programme : recommencez.")
        atomic_write(path, content)
        return changed

    def _source(self, path: Path, root: Path) -> Source:
        """The file, or the comment that a new one starts with."""
        try:
            return read_toml(path, root)
        except FileNotFoundError:
            return parse_toml(self.start.encode(), path.relative_to(root).as_posix())

    def _decoded(self, source: Source) -> tuple[R, ...]:
        with decoding(source):
            decoder = Decoder(RULES)
            holder = decoder.table(self.holder, source.table)
            decoder.faults += same_id_faults(source.table, self.key, self.what)
            decoder.faults += self.more(source.table)
            if decoder.faults or holder is None:
                raise source.error(decoder.faults)
            return self.rows(holder)

    def _edited(self, source: Source, rows: Sequence[R], changed: Sequence[R]) -> bytes | None:
        """The new content; None where it cannot be made."""
        try:
            return source.encoded(with_rows(source.text, self.key, rows, changed))
        except (KeyError, UnicodeEncodeError):
            return None
