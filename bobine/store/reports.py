"""Reports of unforeseen errors, without secrets: files in the user's own folder, for those who mend the program."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bobine import __version__
from bobine.french import printable

_KEPT = 20
_LONGEST = 200_000
_SECRET_NAMES = re.compile(r"SECRET|TOKEN|PASS|CREDENTIAL|KEY|AUTH", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
_HIDDEN = "•••"


def reports_folder() -> Path:
    """The folder for reports: in the user's state folder (``~/.local/state/bobine/rapports`` on Linux)."""
    from platformdirs import user_state_path

    return user_state_path("bobine", appauthor=False) / "rapports"


def write_report(error: BaseException, doing: str, now: datetime, environment: Mapping[str, str]) -> Path | None:
    """Write a report of an error; the last twenty reports are kept.

    Args:
        error: the unforeseen error.
        doing: the command, or the screen, without its arguments.
        now: the present instant.
        environment: the process's; what looks like a secret in it is taken out of the report, nothing is put in.

    Returns:
        The file; None where it could not be written.
    """
    try:
        folder = reports_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"bobine-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}.txt"
        content = report(error, doing, now, environment).encode("utf-8", "backslashreplace")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        for old in sorted(folder.glob("bobine-*.txt"))[:-_KEPT]:
            with contextlib.suppress(OSError):
                old.unlink()
    except (OSError, ValueError, RuntimeError):
        return None
    return path


def report(error: BaseException, doing: str, now: datetime, environment: Mapping[str, str]) -> str:
    """The text of a report; see ``write_report``."""
    trace = "".join(traceback.format_exception(error))
    head = (
        f"bobine {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{now.isoformat()}\n{doing}\n\n"
    )
    return head + without_secrets(trace[-_LONGEST:], environment)


def without_secrets(text: str, environment: Mapping[str, str]) -> str:
    """A text without the values of an environment's secrets, nor the names and passwords of addresses."""
    for name, value in environment.items():
        if _SECRET_NAMES.search(name) and len(value) >= 6:  # shorter ones are words that any text has
            text = text.replace(value, _HIDDEN)
    return _IN_ADDRESS.sub(f"{_HIDDEN}@", text)


def unforeseen_sentence(error: BaseException, path: Path | None) -> str:
    """The French sentence shown for an unforeseen error, with the place of its report."""
    where = (
        f"le rapport est dans « {printable(str(path))} » : joignez-le en le signalant"
        if path is not None
        else "le rapport n'a pas pu être écrit"
    )
    name = type(error).__name__
    return f"Bobine a rencontré une erreur imprévue ({name}) ; ce qui était enregistré le reste, et {where}."


def catch_in_threads(doing: str) -> None:
    """Report errors in threads, where the standard hook would print a traceback over the screen."""
    import threading

    def caught(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            write_report(arguments.exc_value, doing, datetime.now().astimezone(), os.environ)

    threading.excepthook = caught
    sys.unraisablehook = lambda _found: None
