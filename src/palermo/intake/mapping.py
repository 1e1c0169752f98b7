"""A mapping says, in a TOML file, which column fills which field and which value is which code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from dataclasses import field as default
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NoReturn, cast

from palermo.errors import InputError
from palermo.standard import Standard

__all__ = ["FieldMapping", "IdentityColumn", "Mapping", "load_mapping", "normal", "ready_mappings"]

_READY = Path(str(resources.files("palermo.intake") / "mappings"))
_SHAPES = ("records", "aggregates")
_READ_AS = ("alpha-3", "alpha-2", "numeric", "names")
_FORMATS = ("ymd", "dmy", "mdy")
_IDENTITY = ("first_name", "surname", "birth_date", "document")


@dataclass(frozen=True, slots=True)
class IdentityColumn:
    """An identifying column, which never travels beyond the agency."""

    column: str
    format: str = "ymd"


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """How one field of the standard is filled."""

    field: str
    columns: tuple[str, ...] = ()
    """The first of these whose cell is filled counts."""
    values: MappingABC[str, str] = default(default_factory=dict)
    """Value → code, the value as `normal` brings it."""
    flags: MappingABC[str, tuple[str, ...]] = default(default_factory=dict)
    """Column → the codes that a yes in it stands for."""
    split: str = ""
    read_as: str = "alpha-3"
    languages: tuple[str, ...] = ("en",)
    format: str = "ymd"
    when: tuple[str, str] | None = None
    """A column and the value it must have for the cell to be read."""


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
    encoding: str = ""
    constants: MappingABC[str, str] = default(default_factory=dict)
    identity: MappingABC[str, IdentityColumn] = default(default_factory=dict)
    yes: frozenset[str] = frozenset({"1"})
    no: frozenset[str] = frozenset({"0"})

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping knows, each once, in order."""
        found = [*self.required]
        for mapped in self.fields.values():
            found += [*mapped.columns, *mapped.flags, *((mapped.when[0],) if mapped.when else ())]
        found += [identity.column for identity in self.identity.values()]
        return tuple(dict.fromkeys([*found, *self.ignore]))


def normal(text: str) -> str:
    """Bring a value to the form in which values are compared: no case, no outer or double spaces."""
    return " ".join(text.split()).casefold()


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
    path = _find(name, folder)
    try:
        text = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is not TOML: {error}", where=path.name) from error
    return _Reading(path.name, standard).mapping(text)


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the text of a mapping, and says where it is wrong."""

    file: str
    standard: Standard

    def mapping(self, text: dict[str, Any]) -> Mapping:
        given = dict(text)
        flags = given.pop("flags", {})
        fields = {name: self._field(name, value) for name, value in given.pop("fields", {}).items()}
        identity = {name: self._identity(name, value) for name, value in given.pop("identity", {}).items()}
        constants = {name: self._constant(name, value) for name, value in given.pop("constants", {}).items()}
        for name in ("required", "ignore"):
            given[name] = tuple(given.get(name, ()))
        given["missing"] = frozenset(normal(value) for value in given.get("missing", ()))
        if flags:
            given |= {word: frozenset(normal(value) for value in flags.get(word, ())) for word in ("yes", "no")}
        try:
            mapping = Mapping(**given, fields=fields, identity=identity, constants=constants)
        except TypeError as error:
            self._refuse(f"its top-level keys are not those of a mapping ({error}).")
        if mapping.shape not in _SHAPES:
            self._refuse(f"shape {mapping.shape!r} is none of {', '.join(_SHAPES)}.")
        return mapping

    def _field(self, name: str, text: Any) -> FieldMapping:
        if name not in self.standard.fields:
            self._refuse(f"[fields.{name}]: the standard has no such field.", "See: palermo standard fields")
        given: dict[str, Any] = {"column": text} if isinstance(text, str) else dict(text)
        columns = given.pop("column", ())
        given["columns"] = (columns,) if isinstance(columns, str) else tuple(columns)
        given["values"] = self._values(name, given.get("values", {}))
        flags = given.get("flags", {})
        given["flags"] = {column: self._flag(name, codes) for column, codes in flags.items()}
        if "languages" in given:
            given["languages"] = tuple(given["languages"])
        if "when" in given:
            given["when"] = (given["when"]["column"], normal(given["when"]["is"]))
        try:
            mapped = FieldMapping(name, **given)
        except TypeError as error:
            self._refuse(f"[fields.{name}] has a key that no field mapping knows ({error}).")
        if not mapped.columns and not mapped.flags:
            self._refuse(f"[fields.{name}] names no column.")
        self._one_of(f"[fields.{name}] read_as", mapped.read_as, _READ_AS)
        self._one_of(f"[fields.{name}] format", mapped.format, _FORMATS)
        return mapped

    def _values(self, name: str, values: MappingABC[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for value, code in values.items():
            key = normal(value)
            if found.get(key, code) != code:
                self._refuse(f"[fields.{name}.values]: {value!r} stands there twice, with different codes.")
            found[key] = self._code(name, code)
        return found

    def _flag(self, name: str, codes: Any) -> tuple[str, ...]:
        return tuple(self._code(name, code) for code in ([codes] if isinstance(codes, str) else codes))

    def _code(self, name: str, code: Any) -> str:
        field = self.standard.field(name)
        if field.is_coded and code != "total" and code not in self.standard.allowed(name):
            self._refuse(
                f"[fields.{name}]: code list {field.list} has no code {code!r}.",
                f"List the codes with: palermo standard codes {field.list}",
            )
        return cast(str, code)

    def _constant(self, name: str, value: Any) -> str:
        if name not in self.standard.fields:
            self._refuse(f"[constants]: the standard has no field {name!r}.", "See: palermo standard fields")
        return self._code(name, str(value))

    def _identity(self, name: str, value: Any) -> IdentityColumn:
        self._one_of("[identity]", name, _IDENTITY)
        column = IdentityColumn(value) if isinstance(value, str) else IdentityColumn(**value)
        self._one_of(f"[identity] {name} format", column.format, _FORMATS)
        return column

    def _one_of(self, where: str, value: str, known: tuple[str, ...]) -> None:
        if value not in known:
            self._refuse(f"{where}: {value!r} is none of {', '.join(known)}.")

    def _refuse(self, what: str, todo: str = "") -> NoReturn:
        raise InputError(what, where=self.file, todo=todo)
