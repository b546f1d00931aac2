"""Files of all kinds put in place under an open screen: each screen outlives them, says them, and follows again."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bobine.tui.documents import failures
from tests.conftest import ROOT
from tests.tui.conftest import DAY, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat

SHOW = Path("episodes/bobine-romanaise")
CASES = ROOT.parent / "shared" / "cases" / "damaged"
Attempt = Callable[[str], AbstractContextManager[None]]

PLACES = {
    "episode": PLAN,
    "shows": Path("shows.toml"),
    "as_run": PLAN.with_name("recording") / "as_run.toml",
    "hold": PLAN.with_name("hold.toml"),
    "manifest": PLAN.with_name("master") / "manifest.toml",
    "release": PLAN.with_name("release.toml"),
    "journal": PLAN.with_name("journal.jsonl"),
}
"""Where a damaged file belongs, by the beginning of its name."""

MADE: dict[str, tuple[Path, bytes]] = {
    "a number of 5,000 digits": (PLAN, b"number = " + b"9" * 5000),
    "a dotted key 2,000 deep": (PLAN, b".".join([b"a"] * 2000) + b" = 1"),
    "lists 3,000 deep": (PLAN, b"a = " + b"[" * 3000),
    "Latin-1 text": (PLAN, 'title = "Été"'.encode("latin-1")),
    "nothing at all": (PLAN, b""),
    "zeros": (PLAN, bytes(4096)),
    "an idea that is no table": (SHOW / "ideas.toml", b"ideas = 3"),
    "ideas with a number of 5,000 digits": (SHOW / "ideas.toml", b"a = " + b"1" * 5000),
    "a team of zeros": (SHOW / "team.toml", bytes(100)),
    "a team with an impossible day": (SHOW / "team.toml", b"a = 2026-13-45"),
    "a release with a number of 5,000 digits": (PLACES["release"], b"a = " + b"1" * 5000),
    "a show with a season of 1e300": (Path("shows.toml"), b"season = 1e300"),
    "a recording of zeros": (PLACES["as_run"], bytes(100)),
}
"""More of the kind: what is wrong, where it lies, and its bytes."""


def damaged() -> Iterator[Any]:
    for name, (place, content) in MADE.items():
        yield pytest.param(place, content, id=name)
    for path in sorted(CASES.glob("*")) if CASES.is_dir() else ():
        kind = path.name.removeprefix("fuzz_")
        for start, place in PLACES.items():
            if kind.startswith(start):
                yield pytest.param(place, path.read_bytes(), id=path.name)


@pytest.fixture(autouse=True)
def _may_be_unforeseen() -> Iterator[None]:
    """What a decoder does not tell in its own words is the screens' to outlive here, and the decoder's to mend."""
    yield
    failures.UNEXPECTED.clear()


async def all_screens(hands: Hands) -> None:
    """Look at each screen of planning, and press some of its keys."""
    for key, others in (
        ("f3", ("down", "up", "x", "u")),
        ("f4", ("down",)),
        ("f5", ("tab", "tab")),
        ("f2", ("down", "up")),
    ):
        await hands.press(key)
        await hands.look()
        await hands.press(*others)
        await hands.settled()
        await hands.look()


@pytest.mark.boundary
@pytest.mark.slow
@pytest.mark.parametrize(("place", "content"), [*damaged()])
def test_every_screen_outlives_it_and_follows_again(
    atelier: Path, attempt: Attempt, place: Path, content: bytes
) -> None:
    async def test() -> None:
        path, good = atelier / place, on_disk(atelier)
        before = path.read_bytes() if path.is_file() else None
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("f3", "f4", "f5", "f2", "f3")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            await hands.look()
            if place in (PLAN, Path("shows.toml")):
                assert "✗" in hands.text()
                assert place.name in hands.text()
            assert "Accueil, sommaire" in hands.text(), "the last good state stays"
            await all_screens(hands)
            assert path.read_bytes() == content, "what is damaged is never written over"
            path.unlink() if before is None else path.write_bytes(before)
            await hands.press("f3")
            await hands.look()
            await hands.until(lambda: "Réparez" not in hands.text())
            assert hands.rundown.episode == on_disk(atelier) == good

    async def opened_on_it() -> None:
        path = atelier / place
        path.write_bytes(content)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await all_screens(hands)

    with attempt("a damaged file under an open planning screen"):
        run(test)
    if place != Path("shows.toml"):
        with attempt("a planning screen that is opened on a damaged file"):
            run(opened_on_it)


FAILURES = {
    name: getattr(errno, name)
    for name in ("EIO", "ENOTCONN", "EHOSTDOWN", "EACCES", "ESTALE", "ENODEV", "ELOOP", "ETIMEDOUT", "EMFILE")
}


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, under: Path, number: int) -> Iterator[None]:
    """Every look at a file below a folder fails as the system's calls do."""
    with monkeypatch.context() as patch:
        for module, name in ((os, "open"), (os, "stat"), (os, "scandir"), (os, "listdir"), (os, "lstat")):
            patch.setattr(module, name, refusing(getattr(module, name), under, number))
        patch.setattr("builtins.open", refusing(open, under, number))
        patch.setattr("io.open", refusing(open, under, number))
        yield


def refusing(call: Any, under: Path, number: int) -> Any:
    def refused(path: Any = ".", *arguments: Any, **options: Any) -> Any:
        if isinstance(path, str | os.PathLike) and str(path).startswith(str(under)):
            raise OSError(number, os.strerror(number), str(path))
        return call(path, *arguments, **options)

    return refused


@pytest.mark.boundary
@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "part"),
    [
        *((number, "") for number in FAILURES.values()),
        *((errno.EIO, part) for part in ("shows.toml", "episodes")),
    ],
)
def test_a_folder_that_fails_is_outlived(
    atelier: Path, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, number: int, part: str
) -> None:
    async def test() -> None:
        good = on_disk(atelier)
        async with seat(make_app(atelier, day=DAY)) as hands:
            await all_screens(hands)
            await hands.press("f3")
            with failing(monkeypatch, atelier / part if part else atelier, number):
                await hands.look()
                assert "✗" in hands.text()
                assert "Accueil, sommaire" in hands.text()
                await all_screens(hands)
            await hands.press("f3")
            await hands.look()
            await hands.until(lambda: "✗ Un" not in hands.text() and "Réparez" not in hands.text())
            assert hands.rundown.episode == on_disk(atelier) == good

    with attempt("a folder that fails under an open planning screen"):
        run(test)


@pytest.mark.boundary
@pytest.mark.slow
def test_a_folder_that_vanishes_and_comes_back(atelier: Path, attempt: Attempt) -> None:
    async def test() -> None:
        good = on_disk(atelier)
        away = atelier.with_name("ailleurs")
        async with seat(make_app(atelier, day=DAY)) as hands:
            await all_screens(hands)
            await asyncio.to_thread(atelier.rename, away)
            for key in ("f3", "f4", "f5", "f2"):
                await hands.press(key)
                await hands.look()
                assert "✗" in hands.text(), "it is said"
            assert "26 nov. 2026" in hands.text()
            await all_screens(hands)
            assert not await asyncio.to_thread(atelier.exists), "nothing was made in its place"
            await asyncio.to_thread(away.rename, atelier)
            await hands.press("f3")
            await hands.look()
            await hands.until(lambda: "Réparez" not in hands.text())
            assert hands.rundown.episode == on_disk(atelier) == good

    with attempt("a workspace that vanishes under an open planning screen"):
        run(test)


@pytest.mark.boundary
@pytest.mark.slow
@pytest.mark.parametrize("what", ["a folder", "a link loop", "a link to nothing"])
@pytest.mark.parametrize(
    "place", [PLAN, SHOW / "ideas.toml", SHOW / "team.toml", Path("shows.toml")], ids=lambda p: p.name
)
def test_something_else_in_a_file_s_place(atelier: Path, attempt: Attempt, place: Path, what: str) -> None:
    async def test() -> None:
        path = atelier / place
        good = path.read_bytes()
        async with seat(make_app(atelier, day=DAY)) as hands:
            await all_screens(hands)
            path.unlink()
            if what == "a folder":
                path.mkdir()
            else:
                path.symlink_to(path.name if what == "a link loop" else "nulle-part")
            await all_screens(hands)
            shutil.rmtree(path) if what == "a folder" else path.unlink()
            path.write_bytes(good)
            await hands.press("f3")
            await hands.look()
            await hands.until(lambda: "Réparez" not in hands.text())
            assert "Accueil, sommaire" in hands.text()

    with attempt("a folder or a link in the place of a file under an open planning screen"):
        run(test)
