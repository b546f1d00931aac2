"""A screen over documents: what is edited is written at once, undone in order, and follows what changes elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from bobine.errors import BobineError
from bobine.french import printable, typeset
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.source import Source
from bobine.tui.documents.steps import News
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen

if TYPE_CHECKING:
    from bobine.plan.editing.merge import Merged

T = TypeVar("T")

UNDO_KEYS: tuple[BindingType, ...] = (
    Binding("u", "undo", "Annuler", tooltip="Annuler la dernière modification"),
    Binding("r", "redo", "Refaire", show=False, tooltip="Refaire ce qui vient d'être annulé"),
    Binding("ctrl+z", "undo", "Annuler", show=False, tooltip="Annuler la dernière modification"),
    Binding("ctrl+y", "redo", "Refaire", show=False, tooltip="Refaire ce qui vient d'être annulé"),
)
"""For the bindings of each such screen, where they suit it in the keys' line."""

_MOST_TOLD = 3
"""Changes made elsewhere that are told one by one."""


class Fault(Static):
    """The line that says why a file cannot be used; hidden while all can."""

    DEFAULT_CSS = """
    Fault { display: none; height: auto; padding: 0 1; background: $panel; color: $tone-alert; text-style: bold; }
    Fault.-shown { display: block; }
    """

    def show(self, fault: str, *, kept: bool, unsaved: str = "") -> None:
        """Say what is wrong; nothing where nothing is.

        Args:
            fault: the sentences of the error, one a line.
            kept: a state that could be read before is still shown.
            unsaved: why what is shown is not written yet; empty where it is.
        """
        self.set_class(bool(fault or unsaved), "-shown")
        lines = [f"✗ {printable(line)}" for line in fault.splitlines()[:_MOST_TOLD]]
        if fault:
            more = "Le dernier état lisible reste affiché. " if kept else ""
            lines.append(f"{more}Réparez le fichier : l'écran suivra.")
        if unsaved:
            why = " ".join(printable(line) for line in unsaved.splitlines())
            lines.append(f"✗ PAS ENREGISTRÉ, réessayé sans cesse : ne fermez pas cet écran. {why}")
        if lines:
            self.update(Content(typeset("\n".join(lines))))


class DocumentScreen(DeskScreen):
    """A screen that edits one document or several."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._documents: list[Document[Any]] = []
        self._unread: dict[str, str] = {}
        self._show_fault = ""
        self._drawing = ""
        self._done: list[Document[Any]] = []
        self._undone: list[Document[Any]] = []

    def draw(self, go: str | None = None) -> None:
        """Show the documents as they are now; ``go`` is the key of the row that the cursor goes to."""

    def open_document(self, source: Source[T], changes: Callable[[T, T], Iterable[str]]) -> Document[T] | None:
        """Read a document and follow it; None where it cannot be read, which is said.

        Args:
            source: where it comes from.
            changes: what differs between two states, in short French phrases.
        """
        try:
            value = source.read()
        except Exception as error:  # noqa: BLE001 - a screen outlives any file
            self._unread[_files_of(source)] = sentence(error)
            self.show_faults()
            return None
        return self.follow_document(source, value, changes)

    def follow_document(self, source: Source[T], value: T, changes: Callable[[T, T], Iterable[str]]) -> Document[T]:
        """Follow a document that was just read.

        Args:
            source: where it comes from.
            value: what was read.
            changes: as ``open_document`` takes them.
        """
        self._unread.pop(_files_of(source), None)
        document = Document(source, value, lambda news: self._news(news, changes))
        self._documents.append(document)
        self.show_faults()
        return document

    @property
    def fault(self) -> str:
        """Faults of the files, one a line; empty where there is none."""
        faults = [
            self._look_fault,
            self._show_fault,
            self._drawing,
            *self._unread.values(),
            *(document.fault for document in self._documents),
        ]
        return "\n".join(fault for fault in faults if fault)

    @property
    def unsaved(self) -> str:
        """Why what is shown is not written yet; empty where it is."""
        return "\n".join(dict.fromkeys(document.unsaved for document in self._documents if document.unsaved))

    def edit_document(self, document: Document[T], value: T, label: str, *, go: str | None = None) -> None:
        """Show another value of a document and write it.

        Args:
            document: which.
            value: what it shall be.
            label: what was done, as undo names it.
            go: key of the row that the cursor goes to.
        """
        if value == document.value:
            return
        try:
            document.edit(value, label)
        except BobineError as error:
            self.tell(str(error), refused=True)
            self.draw()
        else:
            self._done.append(document)
            self._undone.clear()
            self.draw(go)

    def told(self, merged: Merged[T]) -> T:
        """The value of a merge, whose conflicts are told."""
        for conflict in merged.conflicts:
            self.tell(conflict.sentence, warning=True)
        return merged.value

    async def look(self) -> None:
        """Show what changed on the disk."""
        for document in self._documents:
            await document.look()

    async def settle(self) -> None:
        """Wait until every edit is on the disk."""
        for document in self._documents:
            await document.settle()

    def show_changed(self, fault: str) -> None:
        """The show itself changed on the disk."""
        self._show_fault = fault
        self.redraw()
        self.show_faults()

    def redraw(self) -> None:
        """Draw what came from outside; where that cannot be, what was drawn before stays, and it is said."""
        self._drawing = ""
        try:
            self.draw()
        except Exception as error:  # noqa: BLE001 - a screen outlives any file
            self._drawing = sentence(error)

    def look_failed(self, fault: str) -> None:
        """Say above the list why the last look at the disk failed."""
        if fault != self._look_fault:
            self._look_fault = fault
            self.show_faults()

    def show_faults(self) -> None:
        """Say what is wrong with the files, or that nothing is any more."""
        for line in self.query(Fault):
            line.show(self.fault, kept=bool(self._documents), unsaved=self.unsaved)
        for listing in self.query(Listing):
            listing.unread(bool(self._unread))

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._step(self._done, self._undone, back=True)

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self._undone, self._done, back=False)

    def _step(self, source: list[Document[Any]], target: list[Document[Any]], *, back: bool) -> None:
        label, changed = "", False
        try:
            while source and not label:
                document = source[-1]
                before = document.value
                label = document.undo() if back else document.redo()
                changed = document.value != before
                source.pop()
                if label:
                    target.append(document)
        except BobineError as error:
            self.tell(str(error), refused=True)
            return
        verb = "annulé" if back else "refait"
        if label and not changed:
            self.tell(f"Rien n'a été {verb} de : {label}. Cela a été changé ailleurs depuis.", warning=True)
        else:
            self.tell(f"{verb.capitalize()} : {label}" if label else f"Rien à {'annuler' if back else 'refaire'}.")
        self.draw()

    def _news(self, news: News[T], changes: Callable[[T, T], Iterable[str]]) -> None:
        if not self.is_attached:
            return
        self.redraw()
        self.show_faults()
        for conflict in news.conflicts:
            self.tell(conflict, warning=True)
        if news.refused:
            self.tell(news.refused, refused=True)
        elif news.elsewhere and news.before != news.after:
            phrases = tuple(changes(news.before, news.after))
            more = f" ; et {len(phrases) - _MOST_TOLD} de plus" if len(phrases) > _MOST_TOLD else ""
            self.tell(f"Modifié ailleurs : {' ; '.join(phrases[:_MOST_TOLD])}{more}")


def _files_of(source: Source[T]) -> str:
    """The names of the files of a source, to tell it from another."""
    return str([part[0] if isinstance(part, tuple) else part for part in source.signature()])
