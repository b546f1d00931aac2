"""The pages in a real browser: played, sought in, shared, without scripts, checked for accessibility, attacked."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from bobine.publish.feed.write import feed_bytes
from bobine.publish.layout import episode_page_key, feed_key, record_key, show_page_key
from bobine.publish.pages.site import pages_of
from bobine.publish.records import encode
from tests.publish.pages.browsing import needed, served, until
from tests.publish.pages.pages_samples import MAGAZINE, SAID, told, withdrawn
from tests.publish.samples import BASE, DAY, FEED, GUID, IMAGE, SHOW, chapters_of

CLIENTS = Path(__file__).parents[2] / "clients"
SLUG = SHOW.slug
EPISODE = episode_page_key(SLUG, DAY)
SHOW_PAGE = show_page_key(SLUG)

pytestmark = [pytest.mark.slow, pytest.mark.integration]


def installed(package: str) -> Path:
    """The folder of a package of npm, installed at the first run."""
    folder = CLIENTS / "node_modules" / package
    npm = shutil.which("npm")
    if npm is None:
        needed(f"{package} needs npm on the PATH")
    with FileLock(CLIENTS / ".npm.lock"):
        if not folder.is_dir():
            quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run([str(npm), "install", *quiet], cwd=CLIENTS, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a release leaves: half a minute of sound an episode, their records, feed and pages."""
    root = tmp_path_factory.mktemp("site")
    sound = root / "sound.mp3"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "sine=300:d=30",
        "-b:a",
        "64k",
        "-write_xing",
        "0",
        str(sound),
    ]
    subprocess.run(command, check=True)
    releases = [told(0), told(1), withdrawn(2), told(3)]
    short = [
        dataclasses.replace(
            one,
            duration_s=30,
            items=tuple(
                dataclasses.replace(item, start_ms=number * 6000, end_ms=number * 6000 + 6000)
                for number, item in enumerate(one.items)
            ),
        )
        for one in releases
    ]
    pages = pages_of(MAGAZINE, short, BASE, lambda _file: SAID)
    files = {**pages, feed_key(SLUG): feed_bytes(MAGAZINE, short, BASE, FEED, IMAGE, GUID)}
    for one in short:
        files |= {record_key(SLUG, one.date): encode(one), one.audio[0].file.key: sound.read_bytes()}
        files |= {one.audio[1].file.key: b"none", one.image.key: b"", chapters_of(one).key: b"{}"}
    for key, content in files.items():
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def site(folder: Path) -> str:
    return served(folder)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def test_it_plays_and_goes_to_an_item(page: Any, site: str) -> None:
    page.goto(site + EPISODE)
    page.click("#items [data-at='12'] .time")
    until(page, "document.getElementById('audio').currentTime > 12.2")
    assert page.url.endswith("#t=12")
    assert page.inner_text("#title") == "Le bail\u00a0: qui paie quoi\u202f?"
    assert page.get_attribute("#items [data-at='12']", "aria-current") == "true"
    assert page.inner_text("[data-do=play]") == "Pause"
    assert page.evaluate("document.querySelector('track').track.kind") == "chapters"


def test_the_keyboard(page: Any, site: str) -> None:
    page.goto(site + EPISODE)
    page.keyboard.press("n")
    assert page.inner_text("#at") == "0:06"
    page.keyboard.press("n")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#at") == "0:02"
    page.keyboard.press("l")
    assert page.inner_text("#at") == "0:30"
    page.keyboard.press("p")
    assert page.inner_text("#at") == "0:24"
    page.keyboard.press(">")
    page.keyboard.press("Space")
    until(page, "document.getElementById('audio').currentTime > 24.1")
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.25
    page.keyboard.press("k")
    assert page.evaluate("document.getElementById('audio').paused")
    page.click("#help summary")
    page.uncheck("#keys")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    before = page.inner_text("#at")
    page.keyboard.press("p")
    assert page.inner_text("#at") == before, "single keys can be turned off (WCAG 2.1.4)"


def test_a_place_is_shared_and_found_again(page: Any, site: str) -> None:
    page.goto(site + EPISODE)
    page.click("[data-do=on]")
    page.click("[data-do=back]")
    page.click("[data-do=share]")
    until(page, "document.getElementById('said').textContent !== ''")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{site}{EPISODE}#t=20"
    page.goto("about:blank")
    page.goto(link)
    assert page.inner_text("#at") == "0:20"
    page.click("[data-do=play]")
    until(page, "document.getElementById('audio').currentTime > 20.1")


def test_search_finds_what_is_only_in_the_index(page: Any, site: str) -> None:
    page.goto(site + SHOW_PAGE)
    page.fill("#words", "SYLVESTRE 17 decembre")
    page.wait_for_selector("#results a")
    assert page.locator("#results li").count() == 1
    assert page.inner_text("#found") == "1 émission."
    page.click("#results a")
    assert page.url == site + episode_page_key(SLUG, told(3).date)
    page.go_back()
    page.fill("#words", "introuvable")
    until(page, "document.getElementById('found').textContent === 'Aucune émission.'")
    page.fill("#words", "")
    page.wait_for_selector("#entries:visible")


def test_without_scripts(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + SHOW_PAGE)
    assert page.locator("#entries a").count() == 3
    assert not page.is_visible("#find")
    page.click("#entries li:last-child a")
    assert page.url == site + EPISODE
    assert not page.is_visible("#controls")
    assert page.is_visible("audio[controls]")
    href = page.get_attribute("#items [data-at='12'] .time", "href")
    assert href is not None
    assert href.endswith(".mp3#t=12")
    context.close()


def test_a_transcript_is_read_and_leads_into_the_sound(chromium: Any, page: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site + EPISODE)
    plain.click("text=Lire ce qui se dit")
    assert plain.is_visible("text=Je couds depuis vingt ans.")
    assert plain.get_attribute(".said a >> nth=1", "href").endswith(".mp3#t=12")
    plain.click("text=Lire à part")
    assert plain.is_visible("text=Bonsoir & bienvenue, ici La Bobine")
    context.close()
    for key in (EPISODE, EPISODE.replace("index", "transcription")):
        page.goto(site + key)
        page.evaluate("document.querySelectorAll('details').forEach(function (one) { one.open = true; })")
        page.click(".said a >> nth=1")
        until(page, "Math.abs(document.getElementById('audio').currentTime - 12) < 3")
        assert page.url.endswith("#t=12")
        assert page.is_visible("[data-do=after]") is ("transcription" not in key)


def test_nothing_is_asked_of_anybody_else(page: Any, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for key in (SHOW_PAGE, EPISODE, EPISODE.replace("index", "embed"), ""):
        page.goto(site + key)
        page.wait_for_load_state("networkidle")
    assert all(url.startswith((site, "data:")) for url in asked), asked
    assert not [text for text in said if "Content Security" in text], said


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_of_accessibility(chromium: Any, site: str, scheme: str, width: int) -> None:
    axe = (installed("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    gone = episode_page_key(SLUG, withdrawn(2).date)
    others = [f"{SLUG}/{name}/index.html" for name in ("saisons/8", "chroniques/pedro", "personnes")]
    said = EPISODE.replace("index", "transcription")
    for key in (SHOW_PAGE, EPISODE, said, EPISODE.replace("index", "embed"), gone, *others, ""):
        page.goto(site + key)
        page.evaluate("document.querySelectorAll('details').forEach(function (one) { one.open = true; })")
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
        )
        faults = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert not faults, (key, faults)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{key} is wider than the screen"
    context.close()


def test_the_pages_are_valid_html(folder: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("the checker of HTML needs Java (apt install default-jre-headless)")
    jar = installed("vnu-jar") / "build" / "dist" / "vnu.jar"
    files = [str(path) for suffix in ("html", "css", "svg") for path in sorted((folder / SLUG).rglob(f"*.{suffix}"))]
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it runs for too short a time to be worth optimising
    command = [java, "-Xss4m", *quick, "-jar", str(jar), "--also-check-css", "--also-check-svg", *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
