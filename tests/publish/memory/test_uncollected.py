"""What is set aside while values come and go is looked at again afterwards, and garbage among it is found."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bobine.publish.memory.uncollected import set_aside


class Loop:
    """What only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _nothing_is_set_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_was_there_is_let_be_and_what_comes_is_found() -> None:
    before = weakref.ref(Loop())
    with set_aside():
        meanwhile = weakref.ref(Loop())
        gc.collect()
        assert before() is not None
        assert meanwhile() is None
    gc.collect()
    assert before() is None


def test_it_ends_with_a_failure_too() -> None:
    with pytest.raises(ValueError, match="no"), set_aside():
        raise ValueError("no")
    assert gc.get_freeze_count() == 0


def test_what_somebody_else_set_aside_stays_so() -> None:
    gc.freeze()
    with set_aside():
        pass
    assert gc.get_freeze_count() > 0
