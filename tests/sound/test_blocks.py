"""The sums over blocks are those of the samples, however the sound comes in pieces."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bobine.sound.blocks import BlockSums


@given(
    rate=st.sampled_from([5, 8_000, 44_100, 48_000]),
    channels=st.integers(1, 4),
    length=st.integers(0, 20_000),
    cuts=st.lists(st.integers(0, 20_000), max_size=6),
    seed=st.integers(0, 1_000),
)
def test_the_pieces_do_not_matter(rate: int, channels: int, length: int, cuts: list[int], seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (length, channels)).astype(np.float32)
    sums = BlockSums(rate, channels)
    for piece in np.split(sound, sorted(min(cut, length) for cut in cuts)):
        sums.take(piece)
    found = sums.blocks()
    hop = found.hop
    assert found.samples == length
    assert len(found.mean) == -(-length // hop)
    blocks = [sound[at : at + hop].astype(np.float64) for at in range(0, length, hop)]
    near = partial(np.testing.assert_allclose, rtol=0, atol=1e-6)
    if blocks:
        near(found.mean, [block.mean(axis=0) for block in blocks])
        near(found.power, [(block**2).mean(axis=0) for block in blocks])
        near(found.peak, [np.abs(block).max(axis=0) for block in blocks])
    if channels == 2:
        near(found.cross, [(block[:, 0] * block[:, 1]).mean() for block in blocks])
