"""Valmara, an invented island State: four agencies' files about people who never lived."""

from __future__ import annotations

from palermo.workflows.demonstration.country import make_country
from palermo.workflows.demonstration.encodings import MOST_LINKED, encode_country

__all__ = ["MOST_LINKED", "encode_country", "make_country"]
