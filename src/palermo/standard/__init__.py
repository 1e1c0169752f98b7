"""The data standard: units, fields, code lists and the legal core."""

from palermo.standard.countries import Country, fold, is_language, name_in, names_to_codes
from palermo.standard.country_names import CountryNames, country_names
from palermo.standard.legal_core import Element, missing_elements
from palermo.standard.profile import Code, CodeList, Field, Standard, load_standard
from palermo.standard.words import Words, load_words

__all__ = [
    "Code",
    "CodeList",
    "Country",
    "CountryNames",
    "Element",
    "Field",
    "Standard",
    "Words",
    "country_names",
    "fold",
    "is_language",
    "load_standard",
    "load_words",
    "missing_elements",
    "name_in",
    "names_to_codes",
]
