"""A random key for each record, the same in every count and every year: what noise is made from."""

from __future__ import annotations

import hashlib
import hmac

import ibis
from ibis.expr.types import Table

from palermo.tables import CELL_KEYS

__all__ = ["RECORD_KEY", "key_records"]

RECORD_KEY = "record_key"
_DIGITS = 7
assert 16**_DIGITS == CELL_KEYS


def key_records(cases: Table, secret: bytes) -> Table:
    """Give each record a key below `CELL_KEYS`, from its id and reporting entity; without an id from its row.

    The key is the beginning of the SHA-256 of a secret and the id, so both engines give the same.
    """
    salt = hmac.new(secret, b"palermo record keys", hashlib.sha256).hexdigest()
    who = ibis.coalesce(cases.record_id, cases.source_row.cast("string"))
    digest = (ibis.literal(salt) + who + "|" + ibis.coalesce(cases.reporting_entity, "")).hexdigest("sha256")
    key = ibis.literal(0, "int64")
    for place in range(_DIGITS):
        key = key * 16 + ibis.literal("0123456789abcdef").find(digest.substr(place, 1)).cast("int64")
    return cases.mutate(**{RECORD_KEY: key})
