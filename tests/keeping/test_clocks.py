"""A clock that runs ahead frees nothing: the present date is believed as far as the workspace's files agree with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import WorkspaceError
from bobine.evening.keeping import purge, stock
from bobine.evening.retention import KeepingFacts, Obstacle, judge
from tests.keeping.conftest import DAY, LATER, PARIS, Studio

Attempt = Callable[[str], AbstractContextManager[None]]
AIRED = datetime(2026, 11, 26, 18, 55, tzinfo=PARIS)
DAYS = timedelta(days=1)


def verdict_of(seen: list[datetime], now: datetime, kept: int = 31) -> list[Obstacle]:
    facts = KeepingFacts(broadcast=DAY, aired_until=AIRED, kept_days=kept, seen=tuple(seen))
    return [one.obstacle for one in judge(facts, now).refusals]


@given(
    st.floats(0, 30.9), st.floats(0, 4000), st.lists(st.floats(-400, 30.9), max_size=30), st.floats(0, 6.9),
    st.lists(st.floats(0, 1), max_size=5),
)  # fmt: skip
def test_a_clock_that_jumped_ahead_frees_nothing_before_the_days_are_over(
    real: float, jump: float, written: list[float], since_jump: float, meanwhile: list[float]
) -> None:
    """Files were written up to the jump; what was written since carries the clock's false dates."""
    true_before = [AIRED + day * DAYS for day in written if day <= real - since_jump] + [AIRED]
    false_after = [
        AIRED + (max(real - since_jump, 0) + jump + share * min(since_jump, real)) * DAYS for share in meanwhile
    ]
    now = AIRED + (real + jump) * DAYS
    if jump < 31 and max([0, *[day for day in written if day <= real - since_jump]]) + jump > 30:
        return  # no longer than a holiday: nothing in the files can tell
    if jump < 31:
        false_after = []
    assert verdict_of([one.astimezone(UTC) for one in true_before + false_after], now)


@given(st.floats(33, 400), st.integers(1, 14))
def test_a_workspace_that_is_lived_in_is_purged_in_time(days: float, every: int) -> None:
    seen = [AIRED + day * DAYS for day in range(0, int(days) + 1, every)]
    passed = not verdict_of([one.astimezone(UTC) for one in seen], AIRED + days * DAYS)
    assert passed == (max(seen) >= AIRED + 31 * DAYS)


def test_after_the_holidays_a_week_is_enough() -> None:
    back = AIRED + 70 * DAYS
    assert verdict_of([AIRED, AIRED + DAYS, back], back + DAYS) == [Obstacle.CLOCK]
    assert verdict_of([AIRED, AIRED + DAYS, back], back + 7 * DAYS) == []


def test_what_was_copied_with_the_dates_of_today_is_believed() -> None:
    now = AIRED + 2000 * DAYS
    assert verdict_of([now - timedelta(minutes=1)], now) == []


@pytest.mark.boundary
@pytest.mark.parametrize("ahead", [32, 60, 365, 4000])
def test_a_purge_under_a_wrong_clock_is_refused_and_says_which(studio: Studio, attempt: Attempt, ahead: int) -> None:
    with attempt("a clock that is ahead, and a purge"):
        path = studio.record()
        for one in studio.root.rglob("*"):
            os.utime(one, (AIRED.timestamp(),) * 2)
        now = AIRED + ahead * DAYS
        found = stock(studio.workspace, studio.show, DAY, now, even_unused=True)
        with pytest.raises(WorkspaceError, match=r"l'horloge de cet ordinateur dit .* vérifiez cette date"):
            purge(studio.workspace, found, now, even_unused=True)
        assert path.exists()


@pytest.mark.boundary
def test_nothing_is_purged_through_a_link(
    studio: Studio, attempt: Attempt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    papers = tmp_path_factory.mktemp("Documents")
    letters = [papers / f"lettre-{number}.odt" for number in range(3)]
    for letter in letters:
        letter.write_bytes(b"cher")
    with attempt("a purge through a link"):
        studio.folder.recording.symlink_to(papers)
        found = stock(studio.workspace, studio.show, DAY, LATER, even_unused=True)
        assert not found.files
        assert "rien n'y est effacé" in found.elsewhere[0]
        assert all(letter.exists() for letter in letters)
        studio.folder.recording.unlink()
    with attempt("a purge through a link"):
        path = studio.record()
        (path.parent / "lien.wav").symlink_to(letters[0])
        os.mkfifo(path.parent / "tube.wav")
        found = stock(studio.workspace, studio.show, DAY, LATER, even_unused=True)
        assert [one.path for one in found.files] == [path]
    with attempt("a purge through a link"):
        path.unlink()
        path.symlink_to(letters[1])
        purge(studio.workspace, found, LATER, even_unused=True)
        assert all(letter.exists() for letter in letters)
    with attempt("a purge through a link"):
        path.unlink()
        studio.record()
        aside = path.parent.rename(path.parent.with_name("vrai"))
        (papers / path.name).write_bytes(b"son de quelqu'un")
        found = stock(studio.workspace, studio.show, DAY, LATER, even_unused=True)
        path.parent.symlink_to(aside)
        assert not stock(studio.workspace, studio.show, DAY, LATER, even_unused=True).files
        assert not found.files
        assert (aside / path.name).exists()
