"""The data standard: units, fields, code lists and the legal core."""

from palermo.standard.countries import Country, fold, is_language, name_in, names_to_codes
from palermo.standard.legal_core import Element, missing_elements
from palermo.standard.profile import Code, CodeList, Field, Standard, load_standard

__all__ = [
    "Code",
    "CodeList",
    "Country",
    "Element",
    "Field",
    "Standard",
    "fold",
    "is_language",
    "load_standard",
    "missing_elements",
    "name_in",
    "names_to_codes",
]
