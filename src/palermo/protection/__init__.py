"""The gate through which every number leaves the building: tables in, a `Release` out."""

from palermo.protection.cellkey import load_cell_key
from palermo.protection.cells import TablesDisagree
from palermo.protection.gate import release
from palermo.protection.ledger import Book, Ledger, in_parts, known_end, read_ledger
from palermo.protection.noisy import TICK, Noisy
from palermo.protection.policy import ReleasePolicy, load_policy
from palermo.protection.published import reopen, verify

__all__ = [
    "TICK",
    "Book",
    "Ledger",
    "Noisy",
    "ReleasePolicy",
    "TablesDisagree",
    "in_parts",
    "known_end",
    "load_cell_key",
    "load_policy",
    "read_ledger",
    "release",
    "reopen",
    "verify",
]
