"""At the agency: people in, encodings out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from palermo import linkage
from palermo.errors import many
from palermo.standard import load_standard
from palermo.tables import SOURCE_ROW, atomic_file, open_engine
from palermo.workflows.linking.apart import must_be_apart
from palermo.workflows.linking.notes import n_january_first, notes_on

__all__ = ["EncodeRequest", "Encoded", "encode"]


@dataclass(frozen=True, slots=True)
class EncodeRequest:
    """What is to be encoded, and how."""

    people: Path
    key: Path
    out: Path
    mapping: Path | None = None
    """Which heading is which: a table ``[columns]``, or the mapping by which the file becomes records."""
    source: str = ""
    schema: str = "field"
    pseudonymise: Path | None = None
    """Where the local file goes that leads from a pseudonym to the agency's own id."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What was encoded. It holds counts and no value."""

    source: str
    records: int
    schema: str
    key_id: str
    bare: int
    """Records with so little in them that hardly anything can be found by them."""
    january_first: int
    unreadable: dict[str, int]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return {
            "source": self.source,
            "records": self.records,
            "schema": self.schema,
            "key": self.key_id,
            "bare": self.bare,
            "january_first": self.january_first,
            "unreadable": self.unreadable,
            "notes": list(self.notes),
        }


def encode(request: EncodeRequest) -> Encoded:
    """Encode an agency's people.

    Raises
    ------
    PalermoError
        The people, the key, the mapping or the schema must be mended.
    """
    must_be_apart((request.out, request.pseudonymise), (request.people, request.key, request.mapping))
    schema = linkage.load_schema(request.schema)
    key = linkage.read_key(request.key)
    source = request.source or request.people.stem
    columns, left_out = _columns(request)
    if request.pseudonymise:
        columns = _hidden(columns, key, source, request.pseudonymise, request.people.name)
    people = linkage.people_from(columns, _other_codes(), where=request.people.name)
    encodings = linkage.encode(people, key, schema, source=source)
    linkage.write_encodings(encodings, request.out)
    return Encoded(
        source=source,
        records=len(people),
        schema=schema.name,
        key_id=key.id,
        bare=people.n_bare,
        january_first=n_january_first(people),
        unreadable={field: count for field, count in people.unreadable.items() if count},
        notes=(*left_out, *_notes(people, schema, request)),
    )


def _columns(request: EncodeRequest) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Read the people, from a table of people or from the file of records in which they are."""
    if request.mapping is None or not _reads_records(request.mapping):
        return linkage.read_columns(request.people, request.mapping), ()
    from palermo import intake
    from palermo.workflows.linking.repeated import told_apart
    from palermo.workflows.surroundings import standard_around

    standard = standard_around(request.people)
    with open_engine() as engine:
        mapping = intake.load_mapping(str(request.mapping), standard)
        rows = intake.read_identity(request.people, mapping, standard, engine)
        named = rows.filter(pl.col("record_id") != "").with_row_index(SOURCE_ROW)
        table = engine.from_frame(named)
        told = engine.collect(table.mutate(record_id=told_apart(table))).sort(SOURCE_ROW)
    bare, repeated = rows.height - named.height, named.height - named["record_id"].n_unique()
    notes = [f"{many(bare, 'row without a record_id is', 'rows without a record_id are')} left out."] if bare else []
    if repeated:
        have = many(repeated, "row has", "rows have")
        notes.append(f"{have} a record_id that is there already, told apart by #2, #3 and so on.")
    return told.with_columns(place=pl.lit("")).select(linkage.COLUMNS), tuple(notes)


def _reads_records(mapping: Path) -> bool:
    """Tell the mapping of a file of records, which has a shape, from one that only names columns of people."""
    try:
        return "shape" in tomllib.loads(mapping.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False  # whoever reads it next says what is wrong with it


def _hidden(columns: pl.DataFrame, key: linkage.Key, source: str, local: Path, where: str) -> pl.DataFrame:
    """Put pseudonyms in the place of ids, and keep the way back in a file that stays with the agency."""
    ids = columns["record_id"]
    linkage.check_ids(ids, where, hidden=True)
    hidden = linkage.pseudonyms(ids.to_list(), key, source=source)
    with atomic_file(local) as unfinished:
        unfinished.touch(mode=0o600)
        pl.DataFrame({"pseudonym": hidden, "record_id": ids}).write_csv(unfinished, line_terminator="\n")
    return columns.with_columns(record_id=pl.Series(hidden))


def _other_codes() -> dict[str, str]:
    """Give the code of three letters for each of two."""
    return {country.alpha_2: code for code, country in load_standard().countries.items() if country.alpha_2}


def _notes(people: linkage.People, schema: linkage.Schema, request: EncodeRequest) -> tuple[str, ...]:
    notes = []
    if request.key.resolve().parent == request.out.resolve().parent:
        notes.append("The key lies in the folder of the encodings. Move one of them: whoever has both can find names.")
    if linkage.in_project(request.key):
        notes.append("The key lies inside a project folder, which is copied and shared. Move it out.")
    return (*notes, *notes_on(people), _PROFILES[schema.profile])


_PROFILES = {
    "field": "Profile field: for a linkage unit that is trusted only. It sees which records share a date, a name or a"
    " citizenship, and how often each is there.",
    "record": "Profile record: one filter for all of a person. It shows less, and finds fewer: on invented people about"
    " .08 less F1 than the profile field.",
}
