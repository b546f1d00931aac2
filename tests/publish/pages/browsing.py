"""A real browser on pages that are served as ``bobine servir`` does."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bobine.publish.serve.app import create_app, serve
from tests.publish.samples import BASE


def needed(what: str) -> NoReturn:
    """Do without a test whose tool is absent, except in CI."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def opened_browser() -> Iterator[Any]:
    """Chromium, as Playwright drives it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        needed("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield browser
        browser.close()


def served(root: Path) -> str:
    """The address of a server of a destination's folder."""
    return f"http://127.0.0.1:{port_of(root)}/"


def port_of(root: Path) -> int:
    """The port of a server of a destination's folder, which ends with the tests."""
    ports: list[int] = []
    ready = threading.Event()

    def tell(port: int) -> None:
        ports.append(port)
        ready.set()

    threading.Thread(target=serve, args=(create_app(root, BASE), "127.0.0.1", 0, tell), daemon=True).start()
    assert ready.wait(20)
    return ports[0]


def until(page: Any, expression: str) -> None:
    """Wait for something to be true in the page, whose policy lets nothing be waited for inside it."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)
