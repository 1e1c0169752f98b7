"""The provisions that commitments are made under, each with how certain its wording is."""

from palermo.commitments.provisions.provision import PILLARS, Provision, load_provisions

__all__ = ["PILLARS", "Provision", "load_provisions"]
