from __future__ import annotations

import pytest

from bobine.errors import AwayError, PublishError
from bobine.evening.ending.patience import WAITS_S, until_it_is_back


def test_what_is_away_is_tried_again_and_each_wait_is_told() -> None:
    left = [AwayError("a"), AwayError("b")]
    told: list[tuple[str, float]] = []
    slept: list[float] = []

    def work() -> str:
        if left:
            raise left.pop(0)
        return "fait"

    assert until_it_is_back(work, lambda away, wait_s: told.append((str(away), wait_s)), slept.append) == "fait"
    assert told == [("a", WAITS_S[0]), ("b", WAITS_S[1])]
    assert slept == [WAITS_S[0], WAITS_S[1]]


def test_it_ends() -> None:
    slept: list[float] = []

    def work() -> None:
        raise AwayError("toujours pas")

    with pytest.raises(AwayError):
        until_it_is_back(work, lambda *_: None, slept.append)
    assert sum(slept) == sum(WAITS_S) <= 20 * 60


def test_a_refusal_is_not_tried_again() -> None:
    def work() -> None:
        raise PublishError("la clé d'accès est refusée")

    with pytest.raises(PublishError, match="clé"):
        until_it_is_back(work, lambda *_: None, lambda _: pytest.fail("it waited"))
