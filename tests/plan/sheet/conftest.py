"""The worked example, its show and its sheet."""

from __future__ import annotations

import pytest

from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.sheet.content import Sheet
from tests.plan.sheet.sheets import sheet_of, the_episode, the_show


@pytest.fixture(scope="module")
def show() -> Show:
    return the_show()


@pytest.fixture(scope="module")
def example(show: Show) -> Episode:
    return the_episode(show)


@pytest.fixture(scope="module")
def sheet(show: Show, example: Episode) -> Sheet:
    return sheet_of(show, example)
