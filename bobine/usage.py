"""The manners of the command line: argparse in French, exit code 2 with one of its sentences, and JSON for scripts."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from bobine.french import sort_key, typeset

_SENTENCES = {
    "usage: ": "Utilisation : ",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "je ne comprends pas : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n'existe pas ; choisissez : %(choices)s",
    "invalid %(type)s value: %(value)r": "« %(value)s » n'est pas une valeur possible",
    "expected one argument": "attend une valeur",
    "expected at least one argument": "attend au moins une valeur",
    "not allowed with argument %s": "ne va pas avec %s",
    "ambiguous option: %(option)s could match %(matches)s": "« %(option)s » est ambigu : %(matches)s",
    "one of the arguments %s is required": "il faut l'un de : %s",
    "positional arguments": "Arguments",
    "options": "Options",
    "show this help message and exit": "montrer cette aide",
    "show program's version number and exit": "montrer la version",
}


def without_accents(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """The command line with its command and its options as they are known: ``vérifier``, ``--contrôle``.

    What they are given stays as it is.

    Args:
        arguments: what was typed.
        commands: the commands there are.
    """
    plain: list[str] = []
    named = False
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if word == "--":
            return [*plain, *arguments[place:]]
        if word.startswith("--"):
            plain.append(sort_key(name) + equals + value)
        elif not named and sort_key(word) in commands and plain[-1:] != ["--atelier"]:
            named = True
            plain.append(sort_key(word))
        else:
            plain.append(word)
    return plain


def speak_french() -> None:
    """Have argparse say its own sentences in French (it looks each one up through ``argparse._``)."""
    argparse._ = lambda sentence: _SENTENCES.get(sentence, sentence)  # type: ignore[attr-defined]


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and errors are in French; options may stand among what they follow: « A --option B »."""

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add one, its help set before it is broken into lines: never between a quotation mark and its word."""
        if isinstance(options.get("help"), str):
            options["help"] = typeset(options["help"])
        return super().add_argument(*names, **options)

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Take options wherever they stand, also between a command's own arguments."""
        if self._subparsers is not None or self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        # the base class would take the length of its own « usage: » away
        self.usage = self.format_usage().removeprefix(_SENTENCES["usage: "])
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing, self.usage = False, None

    def format_help(self) -> str:
        """The help, with French spacing after its headings."""
        return re.sub(r"^(\w+):$", "\\1\u00a0:", typeset(super().format_help()), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave with code 2."""
        program = self.prog
        sys.stderr.write(typeset(f"{program} : {message}\nEssayez « {program} --help ».\n"))
        raise SystemExit(2)


def as_json_text(value: dict[str, Any]) -> str:
    """One line of JSON; bytes of file names that are no UTF-8 are written as escapes, and come back when it is read."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def print_any_text() -> None:
    """Let any file name be printed on any terminal: what has no sign there becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
