"""The gate through which every number leaves the building: tables in, a `Release` out."""

from palermo.protection.cells import TablesDisagree
from palermo.protection.gate import release
from palermo.protection.published import reopen, verify

__all__ = ["TablesDisagree", "release", "reopen", "verify"]
