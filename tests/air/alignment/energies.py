"""Energies of made-up programmes, for tests that need no sound."""

from __future__ import annotations

import math
import random

from bobine.air.alignment.curves.shape import RATE


def programme(seed: int, seconds: int) -> list[float]:
    """Energies that rise and fall as speech does, a few times a second, with pauses."""
    rng = random.Random(seed)
    found: list[float] = []
    while len(found) < seconds * RATE:
        level = 10 ** rng.uniform(-5, -1) if rng.random() > 0.2 else 1e-8
        length = rng.randint(8, 40)
        found += [level * math.sin(math.pi * (at + 0.5) / length) ** 2 for at in range(length)]
    return found[: seconds * RATE]
