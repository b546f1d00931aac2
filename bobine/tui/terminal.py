"""Terminal input: bytes that nobody understands are left out, and the program goes on."""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

READ = 4096
"""Bytes that are read at once."""

LOOK_S = 0.1
"""Interval at which it is checked whether the program ends, in seconds."""

PASTE_S = 1.0
"""A paste that nothing was added to for so long is over, even where its end never came, in seconds."""

LARGEST = (2000, 1000)
"""The most columns and lines that a terminal is believed to have."""


class SteadyDriver(LinuxDriver):
    """A terminal whose input never ends the program: not by its encoding, nor by a sequence that makes no sense."""

    def run_input_thread(self) -> None:
        """Read keys until the program ends.

        Raises:
            OSError: if the terminal is gone.
        """
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        parser = XTermParser(self._debug)
        edge, pasting, quiet_s = "", False, 0.0
        while not self.exit_event.is_set():
            text = ""
            if select.select([self.fileno], [], [], LOOK_S)[0]:
                content = os.read(self.fileno, READ)
                if not content:
                    self.exit_event.wait(LOOK_S)
                text, quiet_s = decoder.decode(content), 0.0
                pasting, edge = _pasting(edge + text, pasting), text[1 - len(BRACKETED_PASTE_START) :]
            elif pasting and (quiet_s := quiet_s + LOOK_S) >= PASTE_S:
                text, pasting = BRACKETED_PASTE_END, False
            try:
                for message in parser.feed(text) if text else parser.tick():
                    self.process_message(message)
            except Exception:  # noqa: BLE001 - whatever a sequence does to the parser, the next key is read
                parser = XTermParser(self._debug)

    def process_message(self, message: Message) -> None:
        """Hand on what was read; a size that no terminal has is left out."""
        if isinstance(message, events.Resize):
            width, height = message.size
            if not (0 < width <= LARGEST[0] and 0 < height <= LARGEST[1]):
                return
        super().process_message(message)


def _pasting(text: str, before: bool) -> bool:
    """Whether a paste is going on at the end of a text."""
    begun, over = text.rfind(BRACKETED_PASTE_START), text.rfind(BRACKETED_PASTE_END)
    return before if begun == over else begun > over
