"""A document that a screen edits: shown at once, written in the background, merged with what others write meanwhile.

It knows no screen and no file: how to read, write and merge come in as functions, so that an episode, the ideas and
the team are edited in one way.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from bobine.errors import BobineError
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.refusal import may_pass
from bobine.tui.documents.signatures import Signature
from bobine.tui.documents.source import Source
from bobine.tui.documents.steps import News, Step, Write

T = TypeVar("T")

RETRY_S = 2.0
"""How long an edit waits that the disk refused, before it is tried again, in seconds."""

_LOOK_S = 0.02

BREATH_S = 0.03
"""How long a write waits for the screen to be painted first, in seconds: both want the same processor."""


class Document(Generic[T]):
    """One document, open on a screen.

    Attributes:
        value: what is shown: the newest state known, with the edits that are still being written.
        fault: why the file cannot be read as it stands; the last good state is shown meanwhile, and edits are refused.
        unsaved: why what is shown is not written yet: its disk or its lock refused, and is tried again and again.
    """

    def __init__(self, source: Source[T], value: T, notify: Callable[[News[T]], None]) -> None:
        self.value = value
        self.fault = ""
        self.unsaved = ""
        self._tries = 0
        self._hurry = asyncio.Event()
        self._source = source
        self._saved = value
        self._notify = notify
        self._waiting: deque[Write[T]] = deque()
        self._writes = 0
        self._undo: list[Step[T]] = []
        self._redo: list[Step[T]] = []
        self._seen: Signature = ()
        self._task: asyncio.Task[None] | None = None
        self._looking = False

    def edit(self, value: T, label: str) -> None:
        """Show another value at once and write it in the background.

        Raises:
            BobineError: if the file cannot be read as it stands: it must be mended first.
        """
        if value == self.value:
            return
        self._check()
        step = Step(self.value, value, label)
        self._undo.append(step)
        self._redo.clear()
        self._apply(Write(step, back=False, again=False, take_back=lambda: _remove(self._undo, step)))

    def undo(self) -> str:
        """Take the last edit back, leaving what others wrote; gives its label, empty where there is nothing.

        Raises:
            BobineError: as ``edit`` does.
        """
        return self._step(self._undo, self._redo, back=True)

    def redo(self) -> str:
        """Do again what was taken back last; gives its label, empty where there is nothing.

        Raises:
            BobineError: as ``edit`` does.
        """
        return self._step(self._redo, self._undo, back=False)

    async def settle(self) -> None:
        """Wait until every edit is written or refused; where the disk refuses, until it was tried once more."""
        tries = self._tries
        self._hurry.set()
        while self._task is not None and not self._task.done():
            if self.unsaved and self._tries > tries:
                return
            await asyncio.wait([self._task], timeout=_LOOK_S)

    async def look(self) -> None:
        """Read the files again if they changed, and show what is new in them."""
        if self._looking:
            return
        self._looking = True
        try:
            await self._look()
        finally:
            self._looking = False

    async def _look(self) -> None:
        seen = await asyncio.to_thread(self._source.signature)
        if seen == self._seen and not self.fault:
            return
        fault, found, writes = "", self._saved, self._writes
        try:
            found = await asyncio.to_thread(self._source.read)
        except Exception as error:  # noqa: BLE001 - the last good state outlives any file
            fault = sentence(error)
        if (self._waiting and not self.unsaved) or writes != self._writes:
            return  # what was read may be older than what was written since: the next look will tell
        self._seen = seen
        before, was = self.value, self.fault
        self.fault = fault
        self._forget(self._saved, found)
        self._saved = found
        self._show()
        if before != self.value or was != fault:
            ours = self._source.ours(found)
            self._notify(News(before, self.value, elsewhere=not ours, unsaved=self.unsaved))

    def _forget(self, seen: T, newest: T) -> None:
        """Leave out of undo and redo what others dropped meanwhile."""
        if seen == newest:
            return
        forget = self._source.forget
        for step in (*self._undo, *self._redo):
            step.before, step.after = (
                forget(step.before, step.after, seen, newest), forget(step.after, step.before, seen, newest)
            )  # fmt: skip

    def _show(self) -> None:
        """Show the saved state with the edits that are not written yet."""
        self.value = self._saved
        for later in self._waiting:
            self.value = self._merged(later, self.value)

    def _check(self) -> None:
        if self.fault:
            raise BobineError(f"Rien n'a été changé, car le fichier est à réparer d'abord : {self.fault}")

    def _step(self, source: list[Step[T]], target: list[Step[T]], *, back: bool) -> str:
        if not source:
            return ""
        self._check()
        step = source.pop()
        target.append(step)

        def take_back() -> None:
            _remove(target, step)
            source.append(step)

        self._apply(Write(step, back, again=True, take_back=take_back))
        return step.label

    def _apply(self, write: Write[T]) -> None:
        self.value = self._merged(write, self.value)
        self._waiting.append(write)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write())

    def _merged(self, write: Write[T], value: T) -> T:
        merge = (self._source.merge_back if write.again else None) or self._source.merge
        return merge(write.base, write.mine, value)

    async def _write(self) -> None:
        await asyncio.sleep(BREATH_S)
        while self._waiting:
            edit = self._waiting[0]
            before, refused = self.value, ""
            conflicts: tuple[str, ...] = ()
            self._tries += 1
            try:
                write = (self._source.write_back if edit.again else None) or self._source.write
                written = await asyncio.to_thread(write, edit.base, edit.mine)
                conflicts = tuple(conflict.sentence for conflict in written.conflicts)
                # the same values as are shown, where they are equal: undo keeps every one of them
                old = self._saved if written.found == self._saved else written.found
                self._forget(self._saved, old)
                shown = self._merged(edit, old)
                self._saved = shown if written.value == shown else written.value
                edit.learn(old, self._saved)
            except Exception as error:  # noqa: BLE001 - an edit that cannot be written is refused, never lost in silence
                if may_pass(error):
                    await self._hold(sentence(error))
                    continue
                refused = sentence(error)
                edit.take_back()
            self._writes += 1
            self._waiting.popleft()
            held, self.unsaved = self.unsaved, ""
            self._show()
            if refused or conflicts or held or self.value != before:
                self._notify(News(before, self.value, conflicts, refused))

    async def _hold(self, why: str) -> None:
        """Leave on the screen what the disk does not take now, and wait before it is tried again."""
        new, self.unsaved = why != self.unsaved, why
        if new:
            self._notify(News(self.value, self.value, unsaved=why))
        self._hurry.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), RETRY_S)


def _remove(steps: list[Step[T]], step: Step[T]) -> None:
    """Remove that very step, if it is still there."""
    steps[:] = [one for one in steps if one is not step]
