"""Valmara, an invented island State: four agencies' files about people who never lived."""

from __future__ import annotations

from palermo.workflows.demonstration.country import make_country

__all__ = ["make_country"]
