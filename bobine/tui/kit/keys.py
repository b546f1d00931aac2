"""Other spellings of a key: Caps Lock, the keypad, a space typed with AltGr. Pure."""

from __future__ import annotations

from collections.abc import Mapping

_OTHERWISE: Mapping[str, tuple[str, str]] = {
    "no_break_space": ("space", " "),
    "narrow_no_break_space": ("space", " "),
    "shift+space": ("space", " "),
    "shift+enter": ("enter", "\r"),
    "add": ("plus", "+"),
    "subtract": ("minus", "-"),
    "minus_sign": ("minus", "-"),
    "en_dash": ("minus", "-"),
    "divide": ("slash", "/"),
    "multiply": ("asterisk", "*"),
    "equal": ("equals_sign", "="),
    "decimal": ("full_stop", "."),
    "separator": ("comma", ","),
}
"""Keys as terminals tell them, and what a hand meant: the key and its character."""


def meant(key: str) -> tuple[str, str] | None:
    """The key and the character that were meant; None where a key says itself what it is.

    Args:
        key: as Textual names it; « É » and « U » are what Caps Lock or Shift make of « é » and « u ».
    """
    if len(key) == 1 and len(key.lower()) == 1 and key != key.lower():
        return key.lower(), key.lower()
    return _OTHERWISE.get(key)
