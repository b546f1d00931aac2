"""Cross-correlation of two long sequences by a fast Fourier transform. Pure."""

from __future__ import annotations

import cmath
from collections.abc import Sequence
from itertools import chain, repeat
from operator import add, mul, sub


def cross_correlation(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The sum of ``one[i] * other[i + lag]`` for each lag from ``-(len(one) - 1)`` to ``len(other) - 1``.

    Both may be empty; then so is the result.
    """
    if not one or not other:
        return []
    size = 1 << (len(one) + len(other) - 2).bit_length()
    size = max(size, 2)
    # both real sequences ride on one transform, as real and imaginary part
    padded = map(
        complex,
        chain(one, repeat(0.0, size - len(one))),
        chain(other, repeat(0.0, size - len(other))),
    )
    spectrum = transform(list(padded))
    mirrored = [spectrum[0], *spectrum[:0:-1]]
    # conj(A)·B with A = (Z + conj(mirror))/2 and B = (Z - conj(mirror))/2i; conjugated, a forward transform inverts it
    crossed = [
        (a + b.conjugate()) * (a - b.conjugate()).conjugate() * 0.25j / size
        for a, b in zip(spectrum, mirrored, strict=True)
    ]
    del spectrum, mirrored
    found = [value.real for value in transform(crossed)]
    before = len(one) - 1
    return [*(found[size - before :] if before else []), *found[: len(other)]]


def transform(values: Sequence[complex]) -> list[complex]:
    """The discrete Fourier transform.

    Raises:
        ValueError: if their number is no power of two.
    """
    size = len(values)
    if size < 1 or size & (size - 1):
        raise ValueError("the number of values is no power of two")
    turns = [cmath.exp(-2j * cmath.pi * at / size) for at in range(size // 2)]
    return _transform(values, turns)


def _transform(values: Sequence[complex], turns: Sequence[complex]) -> list[complex]:
    if len(values) == 1:
        return list(values)
    if len(values) == 2:
        return [values[0] + values[1], values[0] - values[1]]
    finer = turns[::2]
    even = _transform(values[::2], finer)
    odd = list(map(mul, turns, _transform(values[1::2], finer)))
    return [*map(add, even, odd), *map(sub, even, odd)]
