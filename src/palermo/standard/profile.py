"""The record profile on the IC-TIP units: fields and code lists, as data with a small loader.

Official tables can replace ours without code: files of the same names in a folder of the user's
(``standard/`` in a project) win over the ones in the package, list by list and field by field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from palermo.errors import InputError, UsageError
from palermo.standard.countries import Country, name_in, read_countries
from palermo.standard.languages import language_name, read_languages
from palermo.standard.near import did_you_mean
from palermo.standard.record_types import Link, RecordType, read_links, read_record_types
from palermo.standard.rows import read_rows
from palermo.tables import EMPTY

__all__ = ["Code", "CodeList", "Field", "Standard", "load_standard"]

FieldType = Literal["code", "codes", "year", "date", "integer", "count", "decimal", "text"]
_TYPES = ("code", "codes", "year", "date", "integer", "count", "decimal", "text")
_PACKAGE = Path(str(resources.files("palermo.standard") / "data"))
_RESERVED = {"total": "Total", "empty": "Not recorded", "filled": "Recorded"}
_OWN_TABLES = {"", "country", "language"}
"""Lists that are made from a table of their own, and not from a file of codes."""
_MARGINS = {("dimension", "total")}
"""Where a code is meant to be the margin: GLOTIP says of a figure that it is broken down by nothing."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list."""

    code: str
    label: str
    definition: str = ""
    parent: str = ""
    """The code of the coarser list that this one belongs to, if there is one."""
    certainty: str = "project"
    source: str = "project"


@dataclass(frozen=True, slots=True)
class CodeList:
    """The values that a coded field may hold."""

    name: str
    codes: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the profile: what it holds, and of what it speaks."""

    field: str
    unit: str
    type: FieldType
    list: str
    of: str
    """The event at which an age, a date or a country is taken, since these always say of what."""
    label: str
    definition: str
    certainty: str
    source: str

    @property
    def is_coded(self) -> bool:
        """Whether the values come from a code list."""
        return self.type in ("code", "codes")


_COLUMNS = tuple(column.name for column in dataclass_fields(Field))


@dataclass(frozen=True, eq=False)
class Standard:
    """All fields and code lists, in one version."""

    name: str
    version: str
    units: tuple[str, ...]
    fields: Mapping[str, Field]
    lists: Mapping[str, CodeList]
    countries: Mapping[str, Country]
    languages: Mapping[str, tuple[str, ...]]
    """Two letters → the three letters that mean the same."""
    record_types: Mapping[str, RecordType]
    links: Mapping[str, Link]
    sources: Mapping[str, str]
    certainties: Mapping[str, str]
    replaced: tuple[str, ...] = ()
    """The files of the user's that stand in for ours."""

    def field(self, name: str) -> Field:
        """Find a field, or say which there are."""
        if name in self.fields:
            return self.fields[name]
        todo = did_you_mean(name, self.fields) + "See: palermo standard fields"
        raise UsageError(f"there is no field {name!r} in the standard.", todo=todo)

    def codes(self, list_name: str) -> CodeList:
        """Find a code list, or say which there are."""
        if list_name in self.lists:
            return self.lists[list_name]
        todo = f"{did_you_mean(list_name, self.lists)}The lists are: {', '.join(sorted(self.lists))}."
        raise UsageError(f"there is no code list {list_name!r}.", todo=todo)

    def allowed(self, field: str) -> CodeList:
        """The codes a field may hold, those for nothing among them."""
        own = self.codes(self.field(field).list)
        return CodeList(own.name, {**own.codes, **self.lists["nothing"].codes})

    def code(self, field: str, said: str) -> str:
        """Find the code of a field that somebody means by a code, a label or a country's ISO code.

        Raises
        ------
        UsageError
            Nothing in the code list is called so, or the field holds numbers and it is none.
        """
        known = self.field(field)
        if known.type in ("year", "integer") and said != EMPTY and not said.isdecimal():
            raise UsageError(f"{field} holds whole numbers, and {said!r} is none.", todo="Write it as 2016.")
        if not known.is_coded or said in _RESERVED:
            return said
        text = said.strip().casefold()
        for code in self.allowed(field):
            country = self.countries.get(code.code) if known.list == "country" else None
            names = {code.code, self.label(field, code.code), *((country.alpha_2, country.numeric) if country else ())}
            names |= set(self.languages.get(code.code, ())) if known.list == "language" else set()
            if text and text in {name.casefold() for name in names}:
                return code.code
        raise UsageError(
            f"code list {known.list} has no code {said!r}.", todo=f"List them with: palermo standard codes {known.list}"
        )

    def label(self, field: str, code: str) -> str:
        """Say a code in words; a code without words stays as it is."""
        if code in _RESERVED:
            return _RESERVED[code]
        known = self.fields.get(field)
        if known is None or not known.is_coded:
            return code
        if known.list == "country" and code in self.countries:
            return name_in("en", self.countries[code])
        if known.list == "language" and code in self.languages:
            return language_name("en", code)
        allowed = self.allowed(field)
        return allowed.codes[code].label if code in allowed else code

    def field_label(self, field: str) -> str:
        """Say a field in words."""
        return self.fields[field].label if field in self.fields else field.replace("_", " ").capitalize()


def load_standard(replacements: Path | None = None) -> Standard:
    """Read the standard, with the user's own tables where there are any.

    Parameters
    ----------
    replacements
        A folder with ``fields.csv``, ``countries.csv`` or ``codes/<list>.csv``. A code list replaces ours as a whole;
        fields and countries are added to ours, or replace those of the same name.

    Raises
    ------
    InputError
        A table cannot be read, nobody would read it, it names a list that isn't there, or a code that is kept.
    """
    if replacements is None or not replacements.is_dir():
        return _load(None)
    return _load(replacements)


@cache
def _load(folder: Path | None) -> Standard:
    profile = tomllib.loads((_PACKAGE / "profile.toml").read_text("utf-8"))
    rows = read_rows(_PACKAGE / "fields.csv", _COLUMNS)
    lists = {path.stem: _code_list(path) for path in sorted((_PACKAGE / "codes").glob("*.csv"))}
    countries = read_countries(_PACKAGE / "countries.csv")
    own = _tables_in(folder) if folder else {}
    if "fields.csv" in own:
        rows |= read_rows(own["fields.csv"], _COLUMNS)
    if "countries.csv" in own:
        countries |= read_countries(own["countries.csv"])
    own_lists = _own_lists(own, {*lists, *(row["list"] for row in rows.values())} - _OWN_TABLES)
    lists |= {path.stem: _code_list(path) for path in own_lists}
    codes = {
        code: Code(code, country.label, "", country.subregion, "read", "m49") for code, country in countries.items()
    }
    lists["country"] = CodeList("country", codes)
    languages = read_languages(_PACKAGE / "languages.csv")
    spoken = {code: Code(code, code, "", "", "read", "iso-639") for code in languages}
    lists["language"] = CodeList("language", spoken)
    return Standard(
        name=profile["name"],
        version=profile["version"],
        units=tuple(profile["units"]),
        fields={name: _field(row, lists) for name, row in rows.items()},
        lists=lists,
        countries=countries,
        languages=languages,
        record_types=read_record_types(_PACKAGE / "record_types.csv"),
        links=read_links(_PACKAGE / "links.csv"),
        sources=profile["sources"],
        certainties=profile["certainty"],
        replaced=tuple(own),
    )


def _tables_in(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.[cC][sS][vV]"))}


def _own_lists(own: Mapping[str, Path], known: Collection[str]) -> list[Path]:
    """Choose the user's code lists, and refuse a table that nobody would read: ours would stay in its place unseen."""
    lists = {f"codes/{name}.csv" for name in known}
    if unread := sorted(own.keys() - lists - {"fields.csv", "countries.csv"}):
        raise InputError(
            "nobody reads this table of the standard.",
            where=unread[0],
            todo=f"Name it fields.csv, countries.csv, or codes/<list>.csv with one of: {', '.join(sorted(known))}.",
        )
    return [own[name] for name in sorted(own.keys() & lists)]


def _field(row: Mapping[str, str], lists: Mapping[str, CodeList]) -> Field:
    where = f"standard, field {row['field']!r}"
    field = Field(**cast(dict[str, Any], {column: row[column] for column in _COLUMNS}))
    if field.type not in _TYPES:
        todo = "Mend the column type in fields.csv."
        raise InputError(f"type {field.type!r} is none of {', '.join(_TYPES)}.", where=where, todo=todo)
    if field.is_coded and field.list not in lists:
        raise InputError(f"there is no code list {field.list!r}.", where=where, todo="Add codes/<list>.csv beside it.")
    return field


def _code_list(path: Path) -> CodeList:
    codes: dict[str, Code] = {}
    for code, row in read_rows(path, ("code", "label")).items():
        if code in _RESERVED and (path.stem, code) not in _MARGINS:
            what = f"code {code!r} is kept for what palermo itself says: {_RESERVED[code]}."
            raise InputError(what, where=path.name, todo="Give it another code, or leave it out.")
        known = {key: row[key] for key in ("definition", "parent", "certainty", "source") if row.get(key)}
        codes[code] = Code(code, row["label"] or code, **known)
    return CodeList(path.stem, codes)
