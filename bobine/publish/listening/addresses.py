"""Addresses of listeners, as far as one household is told from another; none is kept. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SHARED_BITS = 64
"""Of an IPv6 address, what a household has in common; the rest changes daily (IAB Podcast Measurement 2.1, IPv6)."""


def parse_network(text: str) -> Network:
    """An address, or a network (``192.168.0.0/16``).

    Raises:
        ValueError: if it is neither.
    """
    return ipaddress.ip_network(text.strip(), strict=False)


@lru_cache(maxsize=4096)
def household(address: str) -> str:
    """The part of an address that counts: an IPv4 address whole, an IPv6 one's first 64 bits; empty for no address."""
    parsed = _parsed(address)
    if parsed is None:
        return ""
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed) >> _SHARED_BITS << _SHARED_BITS, _SHARED_BITS)))
    return str(parsed)


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    parsed = _parsed(address) if networks else None
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address, perhaps with its port (``192.0.2.1:5000``, ``[2001:db8::1]:5000``)."""
    text = address.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
