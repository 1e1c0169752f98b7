"""Differential privacy: tables and records from which no person can be told to be there or not."""

from palermo.protection.private.budget import Budget, delta_of, public_delta, rho_of
from palermo.protection.private.domain import Domain, load_domain
from palermo.protection.private.encoding import read_table
from palermo.protection.private.noise import SAMPLERS
from palermo.protection.private.release import PrivateRelease, Request, release_privately
from palermo.protection.private.synthesis import MODES

__all__ = [
    "MODES",
    "SAMPLERS",
    "Budget",
    "Domain",
    "PrivateRelease",
    "Request",
    "delta_of",
    "load_domain",
    "public_delta",
    "read_table",
    "release_privately",
    "rho_of",
]
