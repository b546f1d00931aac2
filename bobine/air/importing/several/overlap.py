"""Find how much of the end of one file is the beginning of the next, exact to the sample. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]
"""One channel of sound, full scale 1."""

_COARSE_HZ = 4000
_SHORT_S = 0.25
_SHORTEST_S = 0.02
_CANDIDATES = 12
_NEAR_S = 0.01
_SAME = 0.05
_SAME_BYTES = 1e-4
_FLOOR = 10 ** (-70 / 20)
_NOTHING = 1e-11


def overlap(tail: Wave, head: Wave, rate: int) -> int | None:
    """Count the samples at the end of ``tail`` that begin ``head`` too; None where none do.

    The two stretches must be alike, and no others nearly so: where a tone or a loop would fit at several places,
    nothing is found. Under a quarter of a second they must be equal, but for what rounding leaves.

    Args:
        tail: the end of a file.
        head: the beginning of another, at the same rate.
        rate: sampling rate of both, Hz.
    """
    length = min(len(tail), len(head))
    tail, head = tail[len(tail) - length :], head[:length]
    found = {amount: _unlikeness(tail, head, amount) for amount in _candidates(tail, head, rate)}
    best = min(found, key=found.__getitem__, default=0)
    if not best or found[best] > (_SAME if best >= _SHORT_S * rate else _SAME_BYTES):
        return None
    others = [value for amount, value in found.items() if abs(amount - best) > _NEAR_S * rate]
    return best if all(value > 4 * found[best] + 0.02 for value in others) else None


def _candidates(tail: Wave, head: Wave, rate: int) -> set[int]:
    """Amounts of samples that may be the overlap: the likeliest few, each with the nearest that is likelier."""
    step = max(1, rate // _COARSE_HZ)
    found: set[int] = set()
    for amount in _peaks(_alike(*(np.diff(_slower(wave, step)) for wave in (_even(tail, step), head))), _CANDIDATES):
        near = range(max(1, (amount - 1) * step), min(len(tail), (amount + 3) * step) + 1)
        if amount * step >= _SHORT_S * rate and near:
            found.add(_nearest(tail, head, near, rate))
    short = int(2 * _SHORT_S * rate)
    alike = _alike(tail[-short:], head[:short])
    alike[: int(_SHORTEST_S * rate)] = 0
    return found | set(_peaks(alike, _CANDIDATES))


def _nearest(tail: Wave, head: Wave, amounts: range, rate: int) -> int:
    """The likeliest of amounts next to each other, judged by the loudest second that all of them share."""
    width = min(rate, amounts.start)
    sums = np.concatenate(([0.0], np.cumsum(head[: amounts.start].astype(np.float64) ** 2)))
    first = int(np.argmax(sums[width:] - sums[:-width]))
    part = head[first : first + width]

    def unlikeness(amount: int) -> float:
        begin = len(tail) - amount + first
        return _unlikeness(tail[begin : begin + width], part, width)

    return min(amounts, key=unlikeness)


def _even(tail: Wave, step: int) -> Wave:
    """A tail whose end is the end of a step."""
    return tail[len(tail) % step :]


def _slower(wave: Wave, step: int) -> Wave:
    whole = len(wave) // step * step
    slower: Wave = wave[:whole].reshape(-1, step).mean(axis=1, dtype=np.float32)
    return slower


def _alike(tail: Wave, head: Wave) -> NDArray[np.float64]:
    """The correlation of one file's end with the other's beginning, for each length from 0 on."""
    length = min(len(tail), len(head))
    tail, head = tail[len(tail) - length :].astype(np.float64), head[:length].astype(np.float64)
    size = 1 << max(1, 2 * length - 1).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(tail, size) * np.conj(np.fft.rfft(head, size)), size)
    # at lag p the head begins p samples after the tail's start: length - p samples are shared
    shared = np.concatenate(([0.0], crossed[:length][::-1]))
    ends = np.concatenate(([0.0], np.cumsum(tail[::-1] ** 2)))
    begins = np.concatenate(([0.0], np.cumsum(head**2)))
    power = np.sqrt(ends * begins)
    quiet = power <= _NOTHING * (1 + np.arange(length + 1))
    return np.where(quiet, 0.0, shared / np.where(quiet, 1.0, power))


def _peaks(alike: NDArray[np.float64], most: int) -> list[int]:
    """The local maxima of a curve, the highest first."""
    if len(alike) < 3:
        return []
    padded = np.concatenate((alike, [-np.inf]))
    tops = np.flatnonzero((padded[1:-1] > padded[:-2]) & (padded[1:-1] >= padded[2:])) + 1
    return [int(top) for top in tops[np.argsort(alike[tops])[::-1][:most]]]


def _unlikeness(tail: Wave, head: Wave, amount: int) -> float:
    """The distance between two stretches, level apart: 0 for one sound, 1 for two, more for opposed ones."""
    one, other = tail[len(tail) - amount :], head[:amount]
    one, other = one - one.mean(), other - other.mean()
    power = float(np.sqrt(float(np.dot(one, one)) * float(np.dot(other, other))))
    return 1.0 - float(np.dot(one, other)) / power if power > _FLOOR**2 * amount else 1.0
