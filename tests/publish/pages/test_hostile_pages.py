"""Hostile texts in every field of a show and its episodes: in a real browser, nothing of them runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from bobine.publish.pages.site import pages_of
from tests.publish.pages.browsing import served, until
from tests.publish.pages.pages_samples import ATTACKS, hostile, hostile_gone, hostile_show, hostile_taken_over
from tests.publish.samples import BASE

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.slow, pytest.mark.integration, pytest.mark.boundary]

UNTOUCHED = "document.title !== 'touché' && document.title !== '1'"
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()).filter(name => name.startsWith('on'))"
)
ADDRESSES = (
    "[...document.querySelectorAll('[href], [src], [action]')]"
    ".map(one => one.href?.baseVal ?? one.href ?? one.src ?? one.action).filter(one => /^javascript:/i.test(one))"
)


@pytest.mark.parametrize("policy", ["strict", "none"])
def test_hostile_texts_run_nowhere(chromium: Any, tmp_path: Path, policy: str, attempt: Attempt) -> None:
    """On every page, in the player and in the search; without a policy, where the escaping alone must hold."""
    # what the policy itself blocks hardly depends on the text
    for number, attack in enumerate(ATTACKS if policy == "none" else ATTACKS[::3]):
        releases = [hostile(attack, 0), hostile_taken_over(attack, 1), hostile_gone(attack, 2)]
        files = pages_of(hostile_show(attack), releases, BASE)
        for key, content in files.items():
            path = tmp_path / str(number) / key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        keys = ["", *(key for key in files if key.endswith(".html"))]
        assert {part for key in keys for part in key.split("/")} >= {"chroniques", "saisons", "personnes", "embed.html"}
        site = served(tmp_path / str(number))
        context = chromium.new_context(bypass_csp=policy == "none")
        page = context.new_page()
        seen: list[str] = []
        page.on("dialog", lambda dialog, seen=seen: seen.append(dialog.message))
        page.on("pageerror", lambda error, seen=seen: seen.append(str(error)))
        page.on("console", lambda line, seen=seen: seen.append(line.text) if "Content Security" in line.text else None)
        for key in keys:
            with attempt(f"a page of hostile texts in Chromium (policy: {policy})"):
                page.goto(site + key)
                if page.locator("#words").count():
                    page.fill("#words", "a")
                    until(page, "document.getElementById('found').textContent !== ''")
                page.evaluate("document.querySelectorAll('#items [data-at] .time').forEach(one => one.click())")
                assert page.evaluate(UNTOUCHED), key
                assert page.evaluate(HANDLERS) == [], key
                assert page.evaluate(ADDRESSES) == [], key
                assert seen == [], key
        context.close()
