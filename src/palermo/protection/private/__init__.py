"""Differential privacy: tables and records from which no person can be told to be there or not."""

from palermo.protection.private.audit import AuditReport, audit
from palermo.protection.private.budget import Budget, delta_of, epsilon_of, public_delta, rho_of
from palermo.protection.private.domain import Domain, load_domain
from palermo.protection.private.encoding import encode, must_be_parquet, read_table, without_person
from palermo.protection.private.noise import SAMPLERS
from palermo.protection.private.release import PrivateRelease, Request, release_from_engine, release_privately
from palermo.protection.private.synthesis import MODES

__all__ = [
    "MODES",
    "SAMPLERS",
    "AuditReport",
    "Budget",
    "Domain",
    "PrivateRelease",
    "Request",
    "audit",
    "delta_of",
    "encode",
    "epsilon_of",
    "load_domain",
    "must_be_parquet",
    "public_delta",
    "read_table",
    "release_from_engine",
    "release_privately",
    "rho_of",
    "without_person",
]
