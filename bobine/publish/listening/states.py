"""The state of days that are not over, as a JSON document: who was counted, as salted digests. Pure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bobine.model.published.listening import LeftOut
from bobine.publish.listening.counting import SALT_BYTES, DayCount
from bobine.publish.listening.coverage import Coverage


def encode_state(day: DayCount) -> dict[str, Any]:
    """A day's count as a document: equal counts give equal documents."""
    return {
        "salt": day.salt.hex(),
        "requests": day.requests,
        "apps": dict(sorted(day.apps.items())),
        "left_out": {reason.value: count for reason, count in sorted(day.left_out.items())},
        "counted": {episode: sorted(who) for episode, who in sorted(day.counted.items())},
        "partial": [
            [*key, coverage.requests, coverage.unplaced, coverage.starts, coverage.ends]
            for key, coverage in sorted(day.partial.items(), key=lambda one: one[0])
        ],
    }


def decode_state(document: dict[str, Any]) -> DayCount:
    """A day's count.

    Raises:
        ValueError: if it is none; also KeyError, TypeError, AttributeError, OverflowError.
    """
    salt = bytes.fromhex(document["salt"])
    if len(salt) != SALT_BYTES:
        raise ValueError(document["salt"])
    if any(len(starts) != len(ends) for *_, starts, ends in document["partial"]):
        raise ValueError(document["partial"])
    partial = {
        (str(episode), str(suffix), int(listener)): Coverage(
            [int(at) for at in starts], [int(at) for at in ends], int(unplaced), int(requests)
        )
        for episode, suffix, listener, requests, unplaced, starts, ends in document["partial"]
    }
    return DayCount(
        salt=salt,
        counted={str(episode): {int(one) for one in who} for episode, who in document["counted"].items()},
        partial=partial,
        apps=Counter({str(app): int(count) for app, count in document["apps"].items()}),
        requests=int(document["requests"]),
        left_out=Counter({LeftOut(reason): int(count) for reason, count in document["left_out"].items()}),
    )
