"""Texts that libraries know: the licences of the SPDX list, and recurrence rules."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dateutil.rrule import rrulestr
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_LONGEST = 500
_START = datetime(2026, 1, 1, tzinfo=UTC)


def is_licence(text: str) -> bool:
    """Whether text is an identifier of the SPDX list, in any case, or an expression of them."""
    try:
        canonicalize_license_expression(text)
    except (InvalidLicenseExpression, ValueError):
        return False
    return True


def is_recurrence(text: str) -> bool:
    """Whether text is a recurrence rule (RFC 5545, 3.3.10), of at most 500 characters."""
    if len(text) > _LONGEST or not text.startswith("FREQ="):
        return False
    until = re.search(r"UNTIL=([^;]*)", text)
    is_zoned = until is not None and until[1].endswith("Z")  # the library wants a start of the same kind
    try:
        rrulestr(text, dtstart=_START if is_zoned else _START.replace(tzinfo=None))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return False
    return True
