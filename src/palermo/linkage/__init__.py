"""Which records are the same person, without names. What is compiled is loaded by the module that needs it."""

from palermo.linkage.encode import encode, pseudonyms
from palermo.linkage.encodings import Encodings, read_encodings, source_of, together, write_encodings
from palermo.linkage.keys import Key, destroy, in_project, join, new_key, read_key, rotate, split, write_key
from palermo.linkage.people import COLUMNS, People, check_ids, people_from, read_columns, read_people
from palermo.linkage.schema import PROFILES, Schema, load_schema
from palermo.linkage.settings import MatchSettings

__all__ = [
    "COLUMNS",
    "PROFILES",
    "Encodings",
    "Key",
    "MatchSettings",
    "People",
    "Schema",
    "check_ids",
    "destroy",
    "encode",
    "in_project",
    "join",
    "load_schema",
    "new_key",
    "people_from",
    "pseudonyms",
    "read_columns",
    "read_encodings",
    "read_key",
    "read_people",
    "rotate",
    "source_of",
    "split",
    "together",
    "write_encodings",
    "write_key",
]
