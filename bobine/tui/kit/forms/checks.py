"""Check of a record before it is written, by the rules for files that are read. Nothing is read or written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.store.codec.decode import Decoder
from bobine.store.codec.encode import encode
from bobine.store.rules.tables import RULES

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def faults(record: DataclassInstance) -> dict[str, str]:
    """Faults of a record's own fields: a French message by field; empty where all is well."""
    decoder = Decoder(RULES)
    decoder.table(type(record), encode(record))
    return {str(fault.path[0]): fault.message for fault in reversed(decoder.faults) if fault.path}
