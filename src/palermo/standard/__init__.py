"""The data standard: record types, fields, code lists, the legal core, crosswalks, forms and schemas."""

from palermo.standard.chains import Chain, Stranded, chain, stranded
from palermo.standard.countries import Country, fold, is_language, name_in, names_to_codes
from palermo.standard.country_names import CountryNames, country_names
from palermo.standard.crosswalk import Crossing, Crosswalk, Match, Passage, crosswalks, load_crosswalk
from palermo.standard.forms import FORMS, Form, Question, load_form, return_mapping, write_form
from palermo.standard.labels import Label, label_in
from palermo.standard.languages import language_name
from palermo.standard.legal_core import Element, missing_elements
from palermo.standard.near import did_you_mean
from palermo.standard.outside import OutsideCode, OutsideList, find_outside_list, outside_lists
from palermo.standard.profile import Code, CodeList, Field, Standard, load_standard
from palermo.standard.record_types import Link, RecordType
from palermo.standard.schemas import SCHEMAS, TableShape, generate, table_shapes, write_schemas
from palermo.standard.words import Words, load_words

__all__ = [
    "FORMS",
    "SCHEMAS",
    "Chain",
    "Code",
    "CodeList",
    "Country",
    "CountryNames",
    "Crossing",
    "Crosswalk",
    "Element",
    "Field",
    "Form",
    "Label",
    "Link",
    "Match",
    "OutsideCode",
    "OutsideList",
    "Passage",
    "Question",
    "RecordType",
    "Standard",
    "Stranded",
    "TableShape",
    "Words",
    "chain",
    "country_names",
    "crosswalks",
    "did_you_mean",
    "find_outside_list",
    "fold",
    "generate",
    "is_language",
    "label_in",
    "language_name",
    "load_crosswalk",
    "load_form",
    "load_standard",
    "load_words",
    "missing_elements",
    "name_in",
    "names_to_codes",
    "outside_lists",
    "return_mapping",
    "stranded",
    "table_shapes",
    "write_form",
    "write_schemas",
]
