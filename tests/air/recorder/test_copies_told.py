"""The state of the copies, told while their threads go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from bobine.air.recorder.copies import CopyWriter, sharing


class Finding:
    """A copy that finds its disk, or finds itself on another one, from one look to the next."""

    def __init__(self, *devices: int | None) -> None:
        self._devices: Iterator[int | None] = iter(devices)

    @property
    def device(self) -> int | None:
        return next(self._devices)


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ([Finding(None, 7)], [1]),
        ([Finding(None, 7), Finding(None, 7)], [2, 2]),
        ([Finding(7, 8), Finding(8, 7)], [1, 1]),
        ([Finding(7, None), Finding(7, None)], [2, 2]),
    ],
)
def test_each_copy_shares_its_disk_with_itself_whatever_its_thread_does(
    copies: list[Finding], expected: list[int]
) -> None:
    assert sharing(cast("list[CopyWriter]", copies)) == expected
