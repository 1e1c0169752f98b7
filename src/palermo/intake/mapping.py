"""A mapping says, in a TOML file, which column fills which field and which value is which code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from fnmatch import fnmatchcase
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from palermo.errors import InputError
from palermo.intake.field_mapping import CELL, HEADING, FieldMapping
from palermo.intake.sayings import Sayings, is_mixed
from palermo.intake.spelling import normal
from palermo.standard import Standard, is_language
from palermo.tables import Form, Handwritten

__all__ = ["FieldMapping", "IdentityColumn", "Mapping", "load_mapping", "ready_mappings"]

_READY = Path(str(resources.files("palermo.intake") / "mappings"))
_SHAPES = ("records", "aggregates")
_REPEATS = ("reported", "expected")
_READ_AS = ("alpha-3", "alpha-2", "numeric", "names")
_FORMATS = ("ymd", "dmy", "mdy")
_IDENTITY = ("first_name", "surname", "birth_date", "document")


@dataclass(frozen=True, slots=True)
class IdentityColumn:
    """An identifying column, which never travels beyond the agency."""

    column: str
    format: str = "ymd"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file becomes a table in the standard."""

    name: str
    title: str
    shape: Literal["records", "aggregates"]
    unit: str
    fields: MappingABC[str, FieldMapping]
    publisher: str = ""
    citation: str = ""
    terms: str = ""
    coverage: str = ""
    repeats: Literal["reported", "expected"] = "reported"
    required: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    sheet: str = ""
    table: str = ""
    """Words in the row above the table that is meant, where a sheet holds several."""
    member: str = ""
    """Which of the files in a zipped one is meant."""
    rows: str = ""
    """The repeat of a form, each round of which is a row."""
    versions: tuple[str, ...] = ()
    """The versions of a form that the mapping was made for."""
    encoding: str = ""
    country: str = ""
    """Where the agency writes, which tells the likely encodings of a file that is not UTF-8."""
    fill_down: tuple[str, ...] = ()
    """Columns in which an empty cell means what stands above it."""
    wide: tuple[str, ...] = ()
    """Columns of which each cell becomes a row of its own; ``*`` and ``?`` stand for any letters."""
    above: MappingABC[str, str] = default(default_factory=dict)
    """Field → the pattern that finds its value in the rows above the headings."""
    mixed: tuple[str, ...] = ()
    """Columns of the file whose values speak of more than one field."""
    constants: MappingABC[str, str] = default(default_factory=dict)
    identity: MappingABC[str, IdentityColumn] = default(default_factory=dict)
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping knows, each once, in order."""
        found = [*self.required, *self.fill_down, *(column for column in self.wide if not _is_pattern(column))]
        for mapped in self.fields.values():
            found += [*mapped.columns, *mapped.flags, *((mapped.when[0],) if mapped.when else ())]
        found += [identity.column for identity in self.identity.values()]
        return tuple(column for column in dict.fromkeys([*found, *self.ignore]) if column not in (HEADING, CELL))

    def is_wide(self, column: str) -> bool:
        """Whether each cell of a column becomes a row of its own."""
        return any(fnmatchcase(normal(column), normal(pattern)) for pattern in self.wide)


def _is_pattern(column: str) -> bool:
    return any(sign in column for sign in "*?[")


def ready_mappings() -> dict[str, Path]:
    """The mappings that come with palermo, by name."""
    return {path.stem: path for path in sorted(_READY.glob("*.toml"))}


def load_mapping(name: str, standard: Standard, *, folder: Path | None = None) -> Mapping:
    """Read a mapping: a ready one by its name, one of a project's folder by its name, or a TOML file by its path.

    Raises
    ------
    InputError
        There is no such mapping, or it does not fit the standard.
    """
    file = Handwritten(_find(name, folder), InputError)
    return _Reading(file, standard).mapping(file.read())


def _find(name: str, folder: Path | None) -> Path:
    ready = ready_mappings()
    own = folder / f"{name}.toml" if folder else None
    if own and own.is_file():
        return own
    if name in ready:
        return ready[name]
    if Path(name).suffix == ".toml" and Path(name).is_file():
        return Path(name)
    known = sorted({*ready, *(path.stem for path in folder.glob("*.toml"))} if folder else ready)
    raise InputError(
        f"there is no mapping {name!r}.", todo=f"Give one of {', '.join(known)}, or the path of a TOML file."
    )


_MAPPING: dict[str, Form] = {
    "name": "text",
    "title": "text",
    "shape": "text",
    "unit": "text",
    "fields": "table",
    "publisher": "text",
    "citation": "text",
    "terms": "text",
    "coverage": "text",
    "repeats": "text",
    "required": "texts",
    "ignore": "texts",
    "missing": "texts",
    "sheet": "text",
    "table": "text",
    "member": "text",
    "rows": "text",
    "versions": "texts",
    "encoding": "text",
    "country": "text",
    "fill_down": "texts",
    "wide": "texts",
    "says": "table",
    "above": "table",
    "constants": "table",
    "identity": "table",
    "flags": "table",
}
_TEXTS = tuple(key for key, form in _MAPPING.items() if form == "text")
_FIELD: dict[str, Form] = {
    "column": "text or texts",
    "values": "table",
    "flags": "table",
    "split": "text",
    "read_as": "text",
    "languages": "texts",
    "format": "text",
    "decimal": "text",
    "when": "table",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the text of a mapping, and says where it is wrong."""

    file: Handwritten
    standard: Standard

    def mapping(self, given: dict[str, Any]) -> Mapping:
        self.file.check(given, "", _MAPPING, "name", "title", "shape", "unit", "fields")
        self._one_of("shape", given["shape"], _SHAPES)
        self._one_of("repeats", given.get("repeats", "reported"), _REPEATS)
        self._encoding(given.get("encoding", ""))
        if (country := given.get("country", "")) and country not in self.standard.countries:
            self.file.refuse(f"country: nobody knows the country {country!r}.", "Write its three letters, as in KEN.")
        flags = given.get("flags", {"yes": ["1"], "no": ["0"]})
        self.file.check(flags, "[flags]", {"yes": "texts", "no": "texts"})
        constants = {name: self._constant(name, value) for name, value in given.get("constants", {}).items()}
        said = Sayings(self.file, constants, self._said).fields(given.get("says", {}))
        fields = {name: self._field(name, text) for name, text in given["fields"].items()}
        if twice := sorted(fields.keys() & said.keys()):
            self.file.refuse(f"[says]: {twice[0]} is filled there and under [fields].", "Leave out one of them.")
        return Mapping(
            **{key: given[key] for key in _TEXTS if key in given},
            required=tuple(given.get("required", ())),
            ignore=tuple(given.get("ignore", ())),
            versions=tuple(given.get("versions", ())),
            fill_down=tuple(given.get("fill_down", ())),
            wide=tuple(given.get("wide", ())),
            fields=fields | said,
            above={name: self._pattern(name, text) for name, text in given.get("above", {}).items()},
            mixed=tuple(column for column, values in given.get("says", {}).items() if is_mixed(column, values)),
            missing=_normal(given.get("missing", ())),
            yes=_normal(flags.get("yes", ())),
            no=_normal(flags.get("no", ())),
            constants={name: code for name, code in constants.items() if name not in said},
            identity={name: self._identity(name, text) for name, text in given.get("identity", {}).items()},
        )

    def _field(self, name: str, text: Any) -> FieldMapping:
        place = f"[fields.{name}]"
        if name not in self.standard.fields:
            self.file.refuse(f"{place}: the standard has no such field.", "See: palermo standard fields")
        self.file.check({name: text}, "[fields]", {name: "text or table"})
        given: dict[str, Any] = {"column": text} if isinstance(text, str) else text
        self.file.check(given, place, _FIELD)
        columns = given.get("column", [])
        flags = self._flags(name, given.get("flags", {}))
        if not columns and not flags:
            self.file.refuse(f"{place} names no column.", "Add a line: column = the heading over it.")
        mapped = FieldMapping(
            name,
            columns=(columns,) if isinstance(columns, str) else tuple(columns),
            values=self._values(name, given.get("values", {})),
            flags=flags,
            when=self._when(place, given["when"]) if "when" in given else None,
            languages=tuple(given.get("languages", ("en",))),
            **{key: given[key] for key in ("split", "read_as", "format", "decimal") if key in given},
        )
        if (flags or mapped.split) and self.standard.field(name).type != "codes":
            several = ", ".join(field.field for field in self.standard.fields.values() if field.type == "codes")
            self.file.refuse(f"{place} has flags or split, and holds one code only.", f"Several can be in: {several}.")
        self._one_of(f"{place} read_as", mapped.read_as, _READ_AS)
        self._one_of(f"{place} format", mapped.format, _FORMATS)
        self._one_of(f"{place} decimal", mapped.decimal, (".", ","))
        for language in given.get("languages", ()):
            if not is_language(language):
                todo = "Give codes such as en, es or pt-BR."
                self.file.refuse(f"{place} languages: nobody knows the language {language!r}.", todo)
        return mapped

    def _values(self, name: str, values: MappingABC[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for value, code in values.items():
            key = normal(value)
            if found.get(key, code) != code:
                what = f"[fields.{name}.values]: {value!r} stands there twice, with different codes."
                self.file.refuse(what, "Capitals and double spaces make no difference; leave out one of the lines.")
            found[key] = self._code(name, code)
        return found

    def _flags(self, name: str, flags: MappingABC[str, Any]) -> dict[str, tuple[str, ...]]:
        self.file.check(flags, f"[fields.{name}.flags]", dict.fromkeys(flags, "text or texts"))
        return {
            column: tuple(self._code(name, code) for code in ([codes] if isinstance(codes, str) else codes))
            for column, codes in flags.items()
        }

    def _when(self, place: str, text: MappingABC[str, str]) -> tuple[str, str]:
        self.file.check(text, f"{place} when", {"column": "text", "is": "text"}, "column", "is")
        return text["column"], normal(text["is"])

    def _code(self, name: str, code: Any) -> str:
        if not isinstance(code, str):
            self.file.refuse(f"[fields.{name}]: {code!r} is no code.", "Put one there, between quotation marks.")
        field = self.standard.field(name)
        if field.is_coded and code != "total" and code not in self.standard.allowed(name):
            self.file.refuse(
                f"[fields.{name}]: code list {field.list} has no code {code!r}.",
                f"List the codes with: palermo standard codes {field.list}",
            )
        return code

    def _said(self, name: str, value: Any) -> str:
        return self._constant(name, value, place="[says]")

    def _pattern(self, name: str, text: Any) -> str:
        self.file.check({name: text}, "[above]", {name: "text"})
        self._known("[above]", name)
        try:
            groups = re.compile(text).groups
        except re.error as error:
            self.file.refuse(f"[above] {name} is no pattern: {error}.", "Write it as in: by State, ([0-9]{4})")
        if groups != 1:
            self.file.refuse(f"[above] {name} has {groups} groups.", "Put one pair of brackets around the value.")
        return str(text)

    def _known(self, place: str, name: str) -> None:
        if name not in self.standard.fields:
            self.file.refuse(f"{place}: the standard has no field {name!r}.", "See: palermo standard fields")

    def _constant(self, name: str, value: Any, *, place: str = "[constants]") -> str:
        self._known(place, name)
        said = str(value)
        kind = self.standard.field(name).type
        if kind in ("year", "integer", "count") and not said.isdecimal():
            self.file.refuse(f"{place} {name}: {said!r} is no whole number.", "Write it as 2016.")
        if kind == "date" and not _is_day(said):
            self.file.refuse(f"{place} {name}: {said!r} is no day.", "Write it as 2016-01-31.")
        return self._code(name, said)

    def _identity(self, name: str, text: Any) -> IdentityColumn:
        self._one_of("[identity]", name, _IDENTITY)
        self.file.check({name: text}, "[identity]", {name: "text or table"})
        if isinstance(text, str):
            return IdentityColumn(text)
        self.file.check(text, f"[identity.{name}]", {"column": "text", "format": "text"}, "column")
        self._one_of(f"[identity.{name}] format", text.get("format", "ymd"), _FORMATS)
        return IdentityColumn(**text)

    def _encoding(self, name: str) -> None:
        try:
            "".encode(name or "utf-8")
        except LookupError:
            self.file.refuse(f"encoding: nobody knows {name!r}.", "Write it as utf-8, utf-16 or cp1252.")

    def _one_of(self, where: str, value: str, known: tuple[str, ...]) -> None:
        if value not in known:
            self.file.refuse(f"{where}: {value!r} is none of {', '.join(known)}.", "Take one of them.")


def _normal(values: Iterable[str]) -> frozenset[str]:
    return frozenset(normal(value) for value in values)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
